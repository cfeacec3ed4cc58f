import { datasetIn } from '../../data/in-memory.ts';
import type { DataFormat } from '../../data/dataset.ts';
import type { SplitData } from '../../data/splits.ts';
import { Here } from '../../engine/here.ts';
import { engineHere } from '../../engine/kernels/product-code.ts';
import { judged } from '../../jobs/defend/judged.ts';
import { subjectOf } from '../../jobs/defend/subject.ts';
import { OpenedData } from '../../jobs/opened-data.ts';
import { folderName } from '../../models/folder-name.ts';
import type { Model } from '../../models/net.ts';
import { portableFormats } from '../../models/portable-formats.ts';
import { assemble, reported } from '../../report/record/assemble.ts';
import type { Report } from '../../report/record/report.ts';
import { dataFormat } from '../../settings/data-format.ts';
import { resolveConfig } from '../../settings/resolve-config.ts';
import { type ImageFile, type SplitFiles, splitsOf, type StampSetting } from '../../settings/split-files.ts';
import { type SentFile, SentFiles } from './files.ts';
import { checkFit } from './fit.ts';
import type { Form } from './form.ts';
import { checkJob, checkTaken, otherFormat } from './taken.ts';

/** What a job is done by. */
export interface JobPlace {
  /** Of goodnet. */
  version: string;
  /** Bytes of memory that it may take. */
  memoryBytes: number;
}

/** The whole job on one net, on this thread: what `goodnet defend` reports, but that it writes no files. Throws GoodnetError. */
export async function defended({ settings, files }: Form, { version, memoryBytes }: JobPlace): Promise<Report> {
  const startedAt = new Date();
  checkTaken(settings);
  const { config, sources } = resolveConfig({}, settings, 'config');
  checkJob(config);
  const sent = await SentFiles.of(files, config);
  const file = sent.get({ file: config.models[0]! });
  const model = await modelIn(file, memoryBytes);
  const format = { ...dataFormat(config), bounds: { fileBytes: memoryBytes, memoryBytes } };
  const splits = new Map(splitsOf(config).map((split) => [split, splitIn(split, sent, format, model)]));
  checkFit(model, config, [...splits.values()], memoryBytes);
  const data = new OpenedData([...splits.keys()], (split) => Promise.resolve(splits.get(split)!), new Here());
  try {
    const inputs = [{ file: file.name, bytes: file.bytes.length, sha256: file.sha256, samples: null }];
    const subject = subjectOf(model, config, data, alone);
    const found = await judged(subject, { name: file.name, inputs, data, baseline: null });
    const outcome = { path: file.name, folder: folderName(file.name), model, ...found, files: [] };
    const run = runRecord(version, startedAt);
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

async function modelIn(file: SentFile, memoryBytes: number): Promise<Model> {
  const format = portableFormats.find(({ endings }) => endings.some((ending) => file.name.endsWith(ending)));
  if (format === undefined) throw otherFormat(file.name);
  return (await format.read({ ...file, architecture: null, memoryBytes })).model;
}

function splitIn(files: SplitFiles, sent: SentFiles, format: DataFormat, model: Model): SplitData {
  const opened = (images: ImageFile | StampSetting) => {
    if ('trigger' in images) throw new Error('checkJob lets no trigger through');
    return datasetIn(sent.get(images), images, format, model);
  };
  const attacks = files.attacks.map(([name, images]) => [name, opened(images)] as const);
  return { files, format, clean: opened(files.clean), attacks: new Map(attacks) };
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
