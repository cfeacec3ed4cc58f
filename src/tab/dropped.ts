import { type GivenFile, guess } from './given.ts';

/** What was chosen in a dialog: files by themselves, or a folder of images, whose files tell their paths in it. */
export function chosen(files: Iterable<File>): GivenFile[] {
  const byName = new Map<string, [string, Blob][]>();
  for (const file of files) {
    const path = file.webkitRelativePath || file.name;
    const [name] = path.split('/') as [string];
    if (!byName.has(name)) byName.set(name, []);
    byName.get(name)!.push([path, file]);
  }
  return [...byName].map(([name, found]) =>
    givenOf(
      name,
      found,
      found.some(([path]) => path !== name),
    ),
  );
}

/** What was dropped: files, and folders with all that lies below them. */
export async function dropped({ items }: DataTransfer): Promise<GivenFile[]> {
  // Before anything is waited for: then they are gone.
  const found = [...items].flatMap((item) => item.webkitGetAsEntry() ?? item.getAsFile() ?? []);
  const given: GivenFile[] = [];
  for (const each of found) {
    if (each instanceof File) given.push(...chosen([each]));
    else given.push(givenOf(each.name, await filesBelow(each, each.name), each.isDirectory));
  }
  return given;
}

const givenOf = (name: string, files: [string, Blob][], isFolder: boolean): GivenFile => ({
  name,
  files,
  isFolder,
  role: guess(name, isFolder),
});

async function filesBelow(entry: FileSystemEntry, path: string): Promise<[string, Blob][]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [[path, file]];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: [string, Blob][] = [];
  for (;;) {
    // it answers some of them at a time
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return found;
    for (const each of some) found.push(...(await filesBelow(each, `${path}/${each.name}`)));
  }
}
