import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { firstLine } from '../base/errors.ts';
import { openFile, type PinnedFile, readAll } from '../base/files.ts';
import type { Report } from '../report/record/report.ts';
import { type Scan, scanName, scanText } from '../report/record/scan.ts';
import { isModelFile } from '../report/write-models.ts';
import { commentName, reportFiles } from '../report/write-report.ts';
import { commentOf } from './comment.ts';
import type { ActionInputs } from './inputs.ts';
import type { Runner } from './runner.ts';

/** An artifact of this run. */
export interface Uploaded {
  name: string;
  id: number;
  url: string;
  /** SHA-256 of the zip, in hex; empty where the service gave none. */
  digest: string;
}

export interface Artifacts {
  models: Uploaded | null;
  report: Uploaded | null;
  scan: Uploaded | null;
  /** What could not be uploaded, and why: never a reason to change the verdict. */
  problems: string[];
}

/** Where a run's files lie and how its artifacts are called. */
export interface Shipment {
  /** The output folder, absolute. */
  out: string;
  name: string;
  runUrl: string;
  /** Lines of Markdown for comment.md where nothing was written, as the comment has them. */
  notes: readonly string[];
  /** A scan of the same models, and the folder that it wrote to, absolute. */
  scan?: { found: Scan; out: string } | null;
}

const atOnce = 8;

/** The work on each artifact, some at a time. Where one fails the others have ended, too, before its error is thrown. */
export async function eachOf<A, T>(artifacts: readonly A[], work: (artifact: A) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  for (let i = 0; i < artifacts.length; i += atOnce) {
    const some = artifacts.slice(i, i + atOnce).map(work);
    await Promise.allSettled(some);
    done.push(...(await Promise.all(some)));
  }
  return done;
}

/** Every report's artifact ends so: `merge` finds them by it. */
export const reportSuffix = '-report';

/** The end of the artifact with what a scan wrote. */
const scanSuffix = '-scan';

/** The end of a merge's own artifact: it is no job's report. */
export const mergedSuffix = '-merged';

/** What the name of an artifact begins with where none is given. */
export const artifactPrefix = 'goodnet-';

/** The name given, or one that no other job, step or attempt of the run has. */
export function artifactName(given: string | undefined, env: Runner['env']): string {
  if (given !== undefined) return given;
  const job = (env['GITHUB_JOB'] ?? 'job').replaceAll(/[^\w.-]/g, '_').slice(0, 80);
  const identity = [jobRun(env['ACTIONS_RUNTIME_TOKEN'] ?? ''), env['GITHUB_ACTION'], env['GITHUB_RUN_ATTEMPT']].join(
    '\n',
  );
  return `${artifactPrefix}${job}-${createHash('sha256').update(identity).digest('hex').slice(0, 8)}`;
}

/** The job's own number, out of the claims of its token: jobs of one matrix share every other name. Random where there is no token. */
function jobRun(token: string): string {
  try {
    const { scp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { scp: string };
    return /Actions\.Results:[^\s:]+:([^\s:]+)/.exec(scp)![1]!;
  } catch {
    return randomUUID();
  }
}

/** Uploads the models that `inputs.upload` names, the report and the scan, each as one artifact. What fails is told and left: the files stay on disk. */
export async function uploadArtifacts(
  report: Report,
  shipment: Shipment,
  inputs: ActionInputs,
  runner: Runner,
  kinds = ['models', 'report', 'scan'],
): Promise<Artifacts> {
  const result: Artifacts = { models: null, report: null, scan: null, problems: [] };
  if (inputs.upload === 'none') return result;
  if (!runner.env['ACTIONS_RUNTIME_TOKEN'] || !runner.env['ACTIONS_RESULTS_URL']) {
    result.problems.push(
      `There is no artifact service here (self-hosted GitHub, or a step without its token). The files stay in ${shipment.out}.`,
    );
    return result;
  }
  const upload = async (
    name: string,
    kind: 'models' | 'report' | 'scan',
    fill: (folder: string) => string[],
    compressionLevel: number,
  ): Promise<void> => {
    if (!kinds.includes(kind)) return;
    const folder = freshFolder(runner.env);
    try {
      const files = fill(folder);
      if (files.length === 0) return;
      const retention = inputs['retention-days'] === undefined ? {} : { retentionDays: inputs['retention-days'] };
      const { id, digest } = await runner.artifacts.uploadArtifact(name, files, folder, {
        compressionLevel,
        ...retention,
      });
      result[kind] = { name, id: id!, url: `${shipment.runUrl}/artifacts/${id}`, digest: digest ?? '' };
    } catch (error) {
      result.problems.push(problem(name, error, kind === 'scan' ? shipment.scan!.out : shipment.out));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  await upload(
    shipment.name,
    'models',
    (folder) => copyModels(report, shipment.out, folder, inputs.upload),
    inputs['compression-level'],
  );
  await upload(
    `${shipment.name}${reportSuffix}`,
    'report',
    (folder) => Array.from(reportContents(report, shipment), ([file, content]) => place(folder, file, content)),
    textCompression,
  );
  await upload(
    `${shipment.name}${scanSuffix}`,
    'scan',
    (folder) => Array.from(scanContents(shipment), ([file, content]) => place(folder, file, content)),
    textCompression,
  );
  return result;
}

const textCompression = 6;

/** Every file of the run but the repaired models, as it lies in the output folder: with these it is whole again. Where all models were refused nothing lies there. */
function* reportContents(
  report: Report,
  { out, notes, scan = null }: Shipment,
): Generator<[file: string, content: Uint8Array | string]> {
  if (report.models.length === 0) {
    yield* reportFiles(report);
    yield [commentName, commentOf(report, notes, scan?.found ?? null)];
    if (scan !== null) yield [scanName, scanText(scan.found)];
  } else
    for (const file of report.files.filter((each) => !isModelFile(each)))
      yield [file, contentOf(path.join(out, file), { file })];
}

/** Every file of the scan, as it lies in its folder; where no model was scanned nothing lies there. */
function* scanContents({ scan = null }: Shipment): Generator<[file: string, content: Uint8Array]> {
  if (scan === null || scan.found.models.length === 0) return;
  for (const file of scan.found.files) yield [file, contentOf(path.join(scan.out, file), { file })];
}

/** A new folder that nobody else writes to, by its real path: the artifact client compares paths by their first letters. */
export function freshFolder(env: Runner['env']): string {
  const parent = env['RUNNER_TEMP'] ?? tmpdir();
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(path.join(realpathSync(parent), 'goodnet-'));
}

/** Copies repaired models by their SHA-256: what is uploaded is what was scored. */
function copyModels(report: Report, out: string, folder: string, which: 'all' | 'recommended' | 'none'): string[] {
  const chosen = report.models.flatMap(({ candidates, gate }) =>
    candidates.filter((_, i) => which === 'all' || (gate.verdict === 'passed' && gate.recommended === i)),
  );
  return chosen.flatMap(({ file, sha256 }) => {
    if (file === null || sha256 === null) return [];
    return [place(folder, file, contentOf(path.join(out, file), { file, sha256 }))];
  });
}

function contentOf(file: string, pin: PinnedFile): Uint8Array {
  const opened = openFile(file, pin);
  try {
    return readAll(opened);
  } finally {
    opened.close();
  }
}

function place(folder: string, file: string, content: Uint8Array | string): string {
  const target = path.join(folder, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content, { flag: 'wx' });
  return target;
}

function problem(name: string, error: unknown, out: string): string {
  const reason = firstLine(error);
  const fix = /\b409\b|already exists|conflict/i.test(reason) ? ' Give each job an `artifact-name` of its own.' : '';
  return `The artifact ${name} could not be uploaded: ${reason}.${fix} The files stay in ${out}.`;
}
