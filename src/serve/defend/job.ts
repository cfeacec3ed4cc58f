import { datasetIn } from '../../data/in-memory.ts';
import type { DataFormat, Dataset } from '../../data/dataset.ts';
import type { SplitData } from '../../data/splits.ts';
import { isHdf5 } from '../../formats/hdf5.ts';
import { Here } from '../../engine/here.ts';
import { engineHere } from '../../engine/kernels/product-code.ts';
import { judged } from '../../jobs/defend/judged.ts';
import { subjectOf } from '../../jobs/defend/subject.ts';
import { OpenedData } from '../../jobs/opened-data.ts';
import { folderName } from '../../models/folder-name.ts';
import type { Model } from '../../models/net.ts';
import type { Reading } from '../../models/reading.ts';
import { assemble, reported } from '../../report/record/assemble.ts';
import type { Report } from '../../report/record/report.ts';
import type { Config } from '../../settings/config.ts';
import { dataFormat } from '../../settings/data-format.ts';
import { resolveConfig } from '../../settings/resolve-config.ts';
import { type ImageFile, pinned, type SplitFiles, splitsOf, type StampSetting } from '../../settings/split-files.ts';
import { type SentFile, SentFiles } from './files.ts';
import { checkFit } from './fit.ts';
import type { Form } from './form.ts';
import { checkJob, checkTaken } from './taken.ts';

/** What a job is done by. */
export interface JobPlace {
  /** Of goodnet. */
  version: string;
  /** Bytes of memory that it may take. */
  memoryBytes: number;
  reading: Reading;
}

/** The whole job on one net, on this thread: what `goodnet defend` reports, but that it writes no files. Throws GoodnetError. */
export async function defended({ settings, files }: Form, place: JobPlace): Promise<Report> {
  const startedAt = new Date();
  checkTaken(settings);
  const { config, sources } = resolveConfig({}, settings, 'config');
  checkJob(config);
  const sent = await SentFiles.of(files, config);
  const { model, inputs } = await modelIn(config, sent, place);
  const splits = new Map<SplitFiles, SplitData>();
  const left = { bytes: place.memoryBytes };
  const opened = (images: ImageFile | StampSetting) => datasetOf(images, sent, model, config, place.reading, left);
  for (const files of splitsOf(config)) splits.set(files, await splitOf(files, dataFormat(config), opened));
  const readsHdf5 = model.dialect !== 'onnx' || [...files.values()].some(isHdf5);
  checkFit({ model, splits: [...splits.values()], readsHdf5 }, config, place.memoryBytes);
  const data = new OpenedData([...splits.keys()], (split) => Promise.resolve(splits.get(split)!), new Here());
  try {
    const subject = subjectOf(model, config, data, alone);
    const found = await judged(subject, { name: model.file, inputs, data, baseline: null });
    const outcome = { path: model.file, folder: folderName(model.file), model, ...found, files: [] };
    const run = runRecord(place.version, startedAt);
    return assemble([reported(outcome, sources)], [], { errors: [], config, sources, run, baselineFile: null });
  } finally {
    await data.close();
  }
}

/** Nobody is told how it goes on, and nothing is kept. */
const nothing = { take: () => null, put: () => undefined };
const alone: Parameters<typeof subjectOf>[3] = {
  progress: () => () => undefined,
  kept: { triggers: () => nothing, trainings: nothing },
  scanned: () => Promise.resolve(null),
  started: () => undefined,
};

/** The net, and the files that it was read from. */
async function modelIn(config: Config, sent: SentFiles, { memoryBytes, reading }: JobPlace) {
  const file = sent.get({ file: config.models[0]! });
  const architecture = config.architecture === undefined ? null : sent.get(pinned(config.architecture));
  const { model } = await reading.model({ ...file, architecture, memoryBytes });
  const inputs = [file, ...(architecture === null ? [] : [architecture])].map(inputOf);
  return { model, inputs };
}

const inputOf = ({ name: file, bytes, sha256 }: SentFile) => ({ file, bytes: bytes.length, sha256, samples: null });

/** A file of images, which may take what those before it have `left` of the memory. */
async function datasetOf(
  images: ImageFile | StampSetting,
  sent: SentFiles,
  model: Model,
  config: Config,
  reading: Reading,
  left: { bytes: number },
): Promise<Dataset> {
  if ('trigger' in images) throw new Error('checkJob lets no trigger through');
  const bounds = { fileBytes: left.bytes, memoryBytes: left.bytes };
  const dataset = await datasetIn(sent.get(images), images, { ...dataFormat(config), bounds }, model, reading);
  const { data } = dataset.stored;
  left.bytes -= data.shape[0]! * data.rowBytes;
  return dataset;
}

async function splitOf(
  files: SplitFiles,
  format: DataFormat,
  opened: (images: ImageFile | StampSetting) => Promise<Dataset>,
): Promise<SplitData> {
  const clean = await opened(files.clean);
  const attacks = new Map<string, Dataset>();
  for (const [name, images] of files.attacks) attacks.set(name, await opened(images));
  return { files, format, clean, attacks };
}

/** What the report tells of this job. Outside of Node it names what the runtime calls itself. */
function runRecord(version: string, startedAt: Date): Report['run'] {
  const { process, navigator } = globalThis as { process?: { version?: string }; navigator?: { userAgent?: string } };
  return {
    tool: 'goodnet',
    version,
    engine: engineHere('wasm'),
    workers: 1,
    node: process?.version ?? navigator?.userAgent ?? 'unknown',
    startedAt: startedAt.toISOString(),
    seconds: (Date.now() - startedAt.getTime()) / 1000,
  };
}
