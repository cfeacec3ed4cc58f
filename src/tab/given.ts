import type { Files, Order } from './orders.ts';

/** What a file or folder can be to a run. */
export const roles = {
  model: 'Model',
  clean: 'Clean images',
  'test-clean': 'Clean images, test',
  poisoned: 'Poisoned images',
  'test-poisoned': 'Poisoned images, test',
  architecture: 'Architecture of the model',
  none: 'Not used',
} as const;
export type Role = keyof typeof roles;

/** A file, or a folder of images, that the user gave. */
export interface GivenFile {
  /** No other has it. */
  name: string;
  files: Files;
  isFolder: boolean;
  role: Role;
}

export const bytesIn = ({ files }: GivenFile): number => files.reduce((sum, [, { size }]) => sum + size, 0);

/** What a file is, by its name. Whoever gave it may say otherwise. */
export function guess(name: string, isFolder: boolean): Role {
  const [stem, ending] = /^(.*?)(\.[^./]*)?$/.exec(name.toLowerCase())!.slice(1) as [string, string | undefined];
  if (ending === '.onnx' || ending === '.keras') return 'model';
  if (ending === '.json') return 'architecture';
  if (!isFolder && !['.h5', '.hdf5', '.npz'].includes(ending ?? '')) return 'none';
  const words = stem.split(/[^a-z]+/);
  if (!isFolder && ['net', 'model', 'weights'].some((word) => words.at(-1)!.endsWith(word))) return 'model';
  const test = words.includes('test') ? 'test-' : '';
  if (words.some((word) => poisoned.test(word))) return `${test}poisoned`;
  if (isFolder || ending === '.npz' || words.some((word) => clean.test(word))) return `${test}clean`;
  return 'model';
}

const poisoned = /^(bd|poison.*|backdoor.*|trigger.*|attack.*|triggered)$/,
  clean = /^(clean.*|data.*|images?|valid.*|val|test|train.*)$/;

/** Words in the names of poisoned images that do not tell attacks apart. */
const common = /^(|bd|data|poison.*|backdoor.*|trigger.*|attack.*|images?|valid.*|val|test|set|[\d]+)$/;

/** The attack that a file of poisoned images is of. */
export function attackOf(name: string): string {
  const stem = name.toLowerCase().replace(/\.[^./]*$/, '');
  const own = stem.split(/[^a-z0-9]+/).filter((word) => !common.test(word));
  return own.join('-').replace(/^[^a-z]+/, '') || 'poisoned';
}

/** What is ordered of these; null where no model is among them. Throws Error where there are several. */
export function ordered(given: readonly GivenFile[]): Pick<Order, 'files' | 'model' | 'data' | 'settings'> | null {
  const of = (role: Role): string[] => given.filter((each) => each.role === role).map(({ name }) => name);
  const [model, second] = of('model');
  if (model === undefined) return null;
  if (second !== undefined) throw new Error(`${second}: a second model; say what it is, or leave it out`);
  const [architecture] = of('architecture');
  return {
    model,
    files: given.filter(({ role }) => role !== 'none').flatMap(({ files }) => files),
    data: {
      clean: of('clean'),
      'test-clean': of('test-clean'),
      poisoned: named(of('poisoned')),
      'test-poisoned': named(of('test-poisoned')),
    },
    settings: architecture === undefined ? {} : { architecture },
  };
}

/** Files of poisoned images with the names of their attacks, no two of which are the same. */
function named(files: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return files.map((file) => {
    const attack = attackOf(file);
    const before = counts.get(attack) ?? 0;
    counts.set(attack, before + 1);
    return `${attack}${before === 0 ? '' : `-${before + 1}`}=${file}`;
  });
}

/** Those given before and now; what has the name of another gets one of its own. */
export function joined(before: readonly GivenFile[], now: readonly GivenFile[]): GivenFile[] {
  const all = [...before];
  for (const each of now) {
    const taken = (name: string): boolean => all.some((other) => other.name === name);
    let name = each.name;
    for (let i = 2; taken(name); i++) name = `${i}/${each.name}`;
    const files = each.files.map(([path, blob]) => [`${name}${path.slice(each.name.length)}`, blob] as const);
    all.push({ ...each, name, files });
  }
  return all;
}
