import { failure } from '../errors.ts';
import { limits } from '../limits.ts';
import { type Archive, endsAsZip, isZip, openZip } from './archive.ts';
import { checkCarried } from './carried.ts';
import { flatten } from './flatten.ts';
import { openHdf5 } from './hdf5.ts';
import { buildModel, type Model } from './model.ts';
import { weightsIn } from './saved-weights.ts';
import { readNet } from './topology.ts';

/** A model and the bytes it was read from: what is scored is what was hashed and what is written out again. */
export interface ModelFile {
  model: Model;
  bytes: Uint8Array;
  /** The JSON that describes the net: the file's own, or the architecture's for a weights-only file. */
  config: string;
}

/** Where a `.keras` archive keeps the net and its weights. */
const configEntry = 'config.json';
export const weightsEntry = 'model.weights.h5';
export const kerasEntries: readonly string[] = ['metadata.json', configEntry, weightsEntry];

/** The bytes of a file, and how messages call it. */
export interface FileBytes {
  name: string;
  bytes: Uint8Array;
}

/** A model to read: its file with the SHA-256 of that, another file for its architecture, and the bytes of memory it may ask for. */
export interface ModelBytes extends FileBytes {
  sha256: string;
  architecture: FileBytes | null;
  memoryBytes: number;
}

/**
 * Reads a Keras model: `.h5` or `.keras`. A weights-only file (`.h5`, `.weights.h5`) takes its wiring from `architecture`, a full model
 * or the JSON of `model.to_json()`. Layers and options outside the allow-list are refused by name. Opens no file. Throws GoodnetError only.
 */
export async function readModel({ architecture, memoryBytes, ...file }: ModelBytes): Promise<ModelFile> {
  const { bytes } = file;
  const archive = isZip(bytes) ? openKeras(file.name, bytes) : null;
  // Keras would read the archive, older Keras the HDF5 file in front of it.
  if (archive === null && file.name.endsWith('.keras') && endsAsZip(bytes)) throw failure('zip-damaged', file.name, { cause: 'something stands in front of it' });
  const hdf5 = await openHdf5(inMemory(file.name, archive === null ? bytes : archive.bytes(weightsEntry)));
  try {
    const own = archive === null ? hdf5.attribute('', 'model_config') : netIn(archive, file.name);
    const config = typeof own === 'string' ? own : architecture && (await readArchitecture(architecture));
    const weights = weightsIn(hdf5);
    if (weights === null) throw failure('model-not-keras', file.name);
    if (config === null) throw failure('model-weights-only', file.name);
    const source = typeof own === 'string' ? file.name : architecture!.name;
    checkLength(config.length, source);
    const { topology, places } = flatten(readNet(config, source), source);
    checkCarried(config, 'config', source);
    const training = hdf5.attribute('', 'training_config');
    if (typeof training === 'string') checkCarried(training, 'training_config', file.name);
    hdf5.checkAll();
    const model = buildModel(topology, weights({ hdf5, file: file.name, places }), file.name, file.sha256, memoryBytes);
    return { model, bytes, config };
  } catch (error) {
    // V8's word for a stack or an array that is too large.
    if (error instanceof RangeError) throw failure('model-config', file.name, { cause: 'it is nested too deep' });
    throw error;
  } finally {
    hdf5.close();
  }
}

async function readArchitecture({ bytes, ...file }: FileBytes): Promise<string> {
  if (bytes[0] === '{'.charCodeAt(0)) {
    checkLength(bytes.length, file.name);
    return text(bytes);
  }
  if (isZip(bytes)) return netIn(openKeras(file.name, bytes), file.name);
  const hdf5 = await openHdf5(inMemory(file.name, bytes));
  try {
    const config = hdf5.attribute('', 'model_config');
    if (typeof config !== 'string') throw failure('model-architecture', file.name, { cause: 'it holds weights only' });
    return config;
  } finally {
    hdf5.close();
  }
}

function openKeras(name: string, bytes: Uint8Array) {
  if (!name.endsWith('.keras')) throw failure('model-not-keras', name);
  const archive = openZip(name, bytes);
  if (![configEntry, weightsEntry].every((entry) => archive.sizes.has(entry))) throw failure('model-not-keras', name);
  return archive;
}

function netIn(archive: Archive, name: string): string {
  checkLength(archive.sizes.get(configEntry)!, name);
  return text(archive.bytes(configEntry));
}

/** Checks the length of a net's JSON. */
function checkLength(length: number, name: string): void {
  if (length > limits.netBytes) throw failure('model-config', name, { cause: `it is ${length} bytes long, at most ${limits.netBytes} are read` });
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

export function inMemory(name: string, bytes: Uint8Array) {
  return {
    name,
    size: bytes.length,
    read: (target: Uint8Array, offset: number) => {
      const part = bytes.subarray(offset, offset + target.length);
      target.set(part);
      return part.length;
    },
  };
}
