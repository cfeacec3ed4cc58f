import { failure } from '../../base/errors.ts';
import { limits } from '../../base/limits.ts';
import type { FileBytes, ModelBytes, ModelFile } from '../format.ts';
import { Accounts } from './accounts.ts';
import { withActivationLayers } from './activation-layers.ts';
import { type Archive, endsAsZip, isZip, openZip } from '../../formats/archive.ts';
import { checkCarried } from './carried.ts';
import { flatten } from './flatten.ts';
import { countedWeights, earlyName } from './counted-weights.ts';
import { checkDeclaredShapes } from './declared-shapes.ts';
import { inMemory } from '../../formats/byte-source.ts';
import { type Hdf5File, openHdf5 } from '../../formats/hdf5.ts';
import { object } from './inbound-nodes.ts';
import { sameNet, type StoredNet } from './lost-input.ts';
import { parseJson } from '../../formats/json.ts';
import { legacyWeights } from './legacy-weights.ts';
import { buildModel, type Topology } from '../build-model.ts';
import { readNet } from './topology.ts';

/** Where a `.keras` archive keeps the net and its weights. */
const configEntry = 'config.json';
export const weightsEntry = 'model.weights.h5';
const metadataEntry = 'metadata.json';
export const kerasEntries: readonly string[] = [metadataEntry, configEntry, weightsEntry];

/**
 * Reads a Keras model: `.h5` or `.keras`. A weights-only file (`.h5`, `.weights.h5`) takes its wiring from
 * `architecture`, a full model or the JSON of `model.to_json()`. Layers and options outside the allow-list are refused
 * by name. Opens no file.
 * Throws GoodnetError only.
 */
export async function readKeras({
  architecture,
  memoryBytes,
  known = new Map(),
  ...file
}: ModelBytes): Promise<ModelFile> {
  const { name, bytes } = file;
  const archive = isZip(bytes) ? openKeras(name, bytes) : null;
  // Keras would read the archive, older Keras the HDF5 file in front of it.
  if (archive === null && name.endsWith('.keras') && endsAsZip(bytes))
    throw failure('zip-damaged', name, { cause: 'something stands in front of it' });
  const hdf5 = await openHdf5(inMemory(name, archive === null ? bytes : archive.bytes(weightsEntry)));
  try {
    const accounts = new Accounts(hdf5.contents(), name);
    const layout = layoutOf(accounts, archive !== null, name);
    const own = archive === null ? netInHdf5(hdf5, name) : netInArchive(archive, name);
    const other = architecture === null ? null : await readArchitecture(architecture);
    const stored = own !== null && other !== null ? sameNet(own, other) : (own ?? other);
    if (stored === null) throw failure('model-weights-only', name);
    const { source } = stored;
    const net = readNet(stored.config, source, stored.version);
    const flat = flatten(net, source);
    checkCarried(stored.config, 'config', source);
    const { topology, places } = withActivationLayers(flat, source);
    const training = hdf5.attribute('', 'training_config');
    if (typeof training === 'string') {
      checkLength(training.length, name);
      checkCarried(training, 'training_config', name);
    }
    if (layout.kind === 'legacy') checkWriter(hdf5, layout.root, topology, stored.config, name);
    const saved = { hdf5, file: name, accounts, places, dialect: topology.dialect, known };
    const weights = layout.kind === 'legacy' ? legacyWeights(saved, layout.root) : countedWeights(saved);
    const model = buildModel(topology, weights, name, file.sha256, memoryBytes);
    checkDeclaredShapes(topology, model);
    accounts.close();
    return { model, bytes, config: stored.config };
  } catch (error) {
    // V8's word for a stack or an array that is too large.
    if (error instanceof RangeError) throw failure('model-config', name, { cause: 'it is nested too deep' });
    throw error;
  } finally {
    hdf5.close();
  }
}

async function readArchitecture({ bytes, name }: FileBytes): Promise<StoredNet> {
  if (bytes[0] === '{'.charCodeAt(0)) {
    checkLength(bytes.length, name);
    const config = text(bytes, name);
    const version = object(parseJson(config, (cause) => failure('model-config', name, { cause })))['keras_version'];
    return { config, version: typeof version === 'string' ? version : null, source: name };
  }
  if (isZip(bytes)) return netInArchive(openKeras(name, bytes), name);
  const hdf5 = await openHdf5(inMemory(name, bytes));
  try {
    const net = netInHdf5(hdf5, name);
    if (net === null) throw failure('model-architecture', name, { cause: 'it holds weights only' });
    return net;
  } finally {
    hdf5.close();
  }
}

/** The net of a `.h5` file; null where it holds weights only. */
function netInHdf5(hdf5: Hdf5File, name: string): StoredNet | null {
  const [config, version] = ['model_config', 'keras_version'].map((attribute) => oneText(hdf5, '', attribute, name));
  if (config == null) return null;
  checkLength(config.length, name);
  return { config, version: version ?? null, source: name };
}

function oneText(hdf5: Hdf5File, path: string, attribute: string, file: string): string | null {
  const value = hdf5.attribute(path, attribute);
  if (Array.isArray(value))
    throw failure('hdf5-attribute', file, { at: path, name: attribute, cause: 'is a list, not one text' });
  return value;
}

type Layout = { kind: 'legacy'; root: string } | { kind: 'counted' };

/**
 * How a file keeps its weights: by layer below `model_weights` or its root (`.h5`), or by class counter (`.keras`,
 * `.weights.h5`). Keras goes by the name of the file, so one that could be read in two ways is refused. Throws
 * `model-not-keras` or `model-leftover`.
 */
function layoutOf(accounts: Accounts, isArchive: boolean, file: string): Layout {
  const listed = (path: string): boolean => accounts.attributes(path).some((name) => name.startsWith('layer_names'));
  const found: [string, Layout][] = [
    ['weights in model_weights', { kind: 'legacy', root: 'model_weights' }],
    ['weights at its root', { kind: 'legacy', root: '' }],
    ['weights in layers', { kind: 'counted' }],
    [`weights in ${earlyName}`, { kind: 'counted' }],
  ];
  const there = [accounts.has('model_weights'), listed(''), accounts.has('layers'), accounts.has(earlyName)];
  const layouts = found.filter((_, i) => there[i]);
  if (layouts.length === 0) throw failure('model-not-keras', file);
  if (layouts.length > 1)
    throw failure('model-leftover', file, {
      what: `${layouts[0]![0]} and ${layouts[1]![0]}`,
      cause: 'of which Keras reads one',
    });
  const [[what, layout]] = layouts as [[string, Layout]];
  const expected = isArchive ? 'counted' : accounts.attributes('').includes('model_config') ? 'model_weights' : null;
  const is = layout.kind === 'counted' ? 'counted' : layout.root;
  if (expected !== null && is !== expected)
    throw failure('model-leftover', file, {
      what,
      cause: `where Keras looks for ${expected === 'counted' ? 'layers' : expected}`,
    });
  if (!isArchive) accounts.take('', ['model_config', 'training_config', 'keras_version', 'backend']);
  if (expected === 'model_weights') accounts.takeAll('optimizer_weights');
  return layout;
}

/**
 * What tf-keras turns by who wrote a file: kernels of a transposed convolution of Keras 1, and once all of Theano's.
 */
function checkWriter(hdf5: Hdf5File, root: string, topology: Topology, config: string, file: string): void {
  const [version, backend] = ['keras_version', 'backend'].map((name) => oneText(hdf5, root, name, file));
  const transposed = topology.layers.find(({ className }) => className === 'Conv2DTranspose');
  if (version?.startsWith('1.')) throw failure('model-keras1', file, { sign: `its weights are of Keras ${version}` });
  if (version != null && !/^[23]\./.test(version))
    throw failure('model-config', file, { cause: `its weights are of Keras ${version}; 2.x and 3.x are read` });
  if (version == null && transposed !== undefined)
    throw failure('layer-weights', file, {
      layer: transposed.name,
      cause: 'the file does not say which Keras wrote it, and Keras 1 kept its kernel turned',
    });
  const convolution = topology.layers.find(({ className }) => /Conv2D/.test(className));
  const said = [backend, oneText(hdf5, '', 'backend', file), object(JSON.parse(config))['backend']];
  if (said.includes('theano') && convolution !== undefined)
    throw failure('model-theano', file, { layer: convolution.name });
  if (backend != null && !backends.has(backend))
    throw failure('model-config', file, {
      cause: `its weights were saved by the backend ${backend}, which may keep kernels turned`,
    });
}

/** Backends that keep kernels as TensorFlow does; Theano's are only those of convolutions otherwise. */
const backends = new Set(['tensorflow', 'jax', 'torch', 'numpy', 'openvino', 'cntk', 'theano']);

function openKeras(name: string, bytes: Uint8Array) {
  const archive = openZip(name, bytes);
  if ([...archive.sizes.keys()].some((entry) => entry.endsWith('/data.pkl')))
    throw failure('other-format', name, torch);
  if (!name.endsWith('.keras')) throw failure('model-not-keras', name);
  if (![configEntry, weightsEntry].every((entry) => archive.sizes.has(entry))) throw failure('model-not-keras', name);
  const strange = [...archive.sizes.keys()].find((entry) => !kerasEntries.includes(entry));
  if (strange !== undefined)
    throw failure('model-leftover', name, { what: `an entry ${strange}`, cause: 'which is no part of its net' });
  return archive;
}

const torch = {
  kind: 'a checkpoint of PyTorch',
  fix: 'export the net as ONNX (`torch.onnx.export(net.eval(), images, "net.onnx")`, see docs/my-model.md), and name that file',
};

function netInArchive(archive: Archive, name: string): StoredNet {
  checkLength(archive.sizes.get(configEntry)!, name);
  checkLength(archive.sizes.get(metadataEntry) ?? 0, name, limits.metadataBytes);
  const refuse = (cause: string) => failure('model-config', name, { cause: `its ${metadataEntry}: ${cause}` });
  const version = archive.sizes.has(metadataEntry)
    ? object(parseJson(text(archive.bytes(metadataEntry), name), refuse))['keras_version']
    : null;
  const config = text(archive.bytes(configEntry), name);
  return { config, version: typeof version === 'string' ? version : null, source: name };
}

/** Checks the length of a net's JSON, or of what goes with it. */
function checkLength(length: number, name: string, most = limits.netBytes): void {
  if (length > most)
    throw failure('model-config', name, { cause: `it is ${length} bytes long, at most ${most} are read` });
}

/** Python goes by the first bytes of a JSON text, which may be in UTF-16 or 32; Keras writes UTF-8 without a mark. */
function text(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw failure('model-config', name, { cause: 'it is no text in UTF-8' });
  }
}
