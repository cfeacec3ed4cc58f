import type { Dataset, Entity, File, Group } from 'h5wasm';
import { failure } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import type { MemoryFiles } from './memory-files.ts';

const kindOf = (entity: Entity | null): string => String((entity as { type?: unknown } | null)?.type);
export const isGroup = (entity: Entity | null): entity is Group =>
  kindOf(entity) === 'Group' || kindOf(entity) === 'File';
export const isDataset = (entity: Entity | null): entity is Dataset => kindOf(entity) === 'Dataset';

/** Where in the file the header of an object stands. */
export function addressOf({ Module }: MemoryFiles['library'], { file_id, path }: Group | Dataset): number {
  const reference = (
    Module as unknown as { create_object_reference(file: bigint, path: string): Uint8Array }
  ).create_object_reference(file_id, path);
  return Number(new DataView(Uint8Array.from(reference).buffer).getBigUint64(0, true));
}

/** One object of a file, by one of its names. */
export interface Item {
  path: string;
  entity: Group | Dataset;
}

/** What stands where in a file. Walks hard links only: soft, external and user-defined links are refused. */
export class Tree {
  private readonly known = new Map<string, ReadonlySet<string>>();

  constructor(
    private readonly file: File,
    private readonly name: string,
    readonly library: MemoryFiles['library'],
  ) {}

  at(path: string): Entity | null {
    let group: Group = this.file;
    let at = '';
    const parts = path.split('/').filter(Boolean);
    for (const [depth, part] of parts.entries()) {
      if (!this.names(at, group).has(part)) return null;
      at = depth === 0 ? part : `${at}/${part}`;
      const entity = this.child(group, part, at);
      if (depth === parts.length - 1) return entity;
      if (!isGroup(entity)) return null;
      group = entity;
    }
    return group;
  }

  /** Every group and dataset; the root first. Each has one place: circles of hard links have no end, and what changes at one name would at another. */
  items(): Item[] {
    const found: Item[] = [{ path: '', entity: this.file }];
    const open: [path: string, depth: number, group: Group][] = [['', 0, this.file]];
    const walked = new Set([addressOf(this.library, this.file)]);
    while (open.length > 0) {
      const [path, depth, group] = open.pop()!;
      if (depth > limits.groupDepth)
        throw failure('hdf5-objects', this.name, { cause: `groups inside groups over ${limits.groupDepth} deep` });
      for (const name of this.names(path, group)) {
        if (found.length > limits.fileObjects)
          throw failure('hdf5-objects', this.name, { cause: `over ${limits.fileObjects} objects` });
        const at = path === '' ? name : `${path}/${name}`;
        const entity = this.child(group, name, at);
        const address = addressOf(this.library, entity);
        if (walked.has(address))
          throw failure('hdf5-objects', this.name, {
            cause: `a ${isGroup(entity) ? 'group' : 'dataset'} that stands in several places, also at ${at}`,
          });
        walked.add(address);
        if (isGroup(entity)) open.push([at, depth + 1, entity]);
        found.push({ path: at, entity });
      }
    }
    return found;
  }

  private child(group: Group, name: string, at: string): Group | Dataset {
    if (this.isLink(at)) throw failure('hdf5-link', this.name, { at });
    const entity = group.get(name);
    if (isGroup(entity) || isDataset(entity)) return entity;
    throw failure('hdf5-link', this.name, { at });
  }

  /** Whether a soft or external link stands there. Asked before the object is: that would follow it. */
  private isLink(at: string): boolean {
    return (
      this.file.get_link(at) !== null ||
      (this.file.get_external_link(at) as { filename?: string }).filename !== undefined
    );
  }

  /** The names in a group, each of which stands there once and is no way to another group. */
  names(path: string, group: Group): ReadonlySet<string> {
    const key = path.split('/').filter(Boolean).join('/');
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const listed = group.keys();
    const where = key || 'its root';
    const refuse = (cause: string) => failure('hdf5-objects', this.name, { cause });
    if (listed.length > limits.groupMembers)
      throw refuse(`${listed.length} objects in ${where}, at most ${limits.groupMembers} are read`);
    const names = new Set(listed);
    if (names.size < listed.length) throw refuse(`two objects of one name in ${where}`);
    const odd = listed.find((name) => name === '.' || name === '..' || name.includes(unreadable));
    if (odd !== undefined) throw refuse(`an object named ${JSON.stringify(odd)} in ${where}`);
    this.known.set(key, names);
    return names;
  }
}

/** What stands for bytes that are no UTF-8. */
const unreadable = '\ufffd';
