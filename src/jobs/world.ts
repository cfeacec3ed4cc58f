// The room jobs: a file or folder a job: what a command or the Action has done.
// It may import report and what lies below.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Profile } from './profile.ts';
import type { Baseline } from '../report/record/baseline.ts';
import type { Report } from '../report/record/report.ts';

/** What a run needs of the world around it. */
export interface World {
  /** Folder that relative paths start from. */
  cwd: string;
  /** Folder of the engine's .wasm file, with a slash at its end. */
  engineFolder: string;
  /** The file that worker threads run. */
  threadFile: string;
  /** Folder of the JPEG decoder's .wasm file, with a slash at its end. */
  decoderFolder: string;
  /** The bundle that reads files in a thread of its own. */
  readerFile: string;
  /** Folder of report.html's script, with a slash at its end. */
  pageFolder: string;
  version: string;
  /** Bytes of features that all threads together keep in memory between ranking and sweep (128 MB unless given); more go to a temporary file. */
  featureBytes?: number;
  /** Told of each finished batch of images. */
  progress: (event: ProgressEvent) => void;
  now: () => Date;
  /** Ends the job at once, with nothing written; the signal's reason is thrown. */
  signal?: AbortSignal;
  /** The report that `baseline` names, where this door has read it already. */
  baseline?: Baseline;
  /** What a door tells people of the report: comment.md, one of the run's files. */
  comment?: (report: Report) => string;
  /** The plan of jobs that this run is one of. */
  plan?: string;
  /** Asked before a model is opened. Throws GoodnetError for one that this door does not let in. */
  admit?: (model: string) => void;
  /** Take up the models that a stopped run in the same output folder finished, and keep those of this run if it is stopped. */
  resume?: boolean;
  /** Told of models that were taken up or kept. */
  resumed?: (event: ResumeEvent) => void;
  /** Told of the models' folders of an earlier run that went when this one's files came. */
  replaced?: (folders: readonly string[]) => void;
  /** Told at the end of a run where its time went. */
  profile?: (profile: Profile) => void;
}

/** How far a stage has come with a model: `done` of `total` images. */
export interface ProgressEvent {
  model: string;
  /** `ranking`, `sweep`, `validation`, `test`, or what a defense calls its own. */
  stage: string;
  done: number;
  total: number;
}

/** How many of a run's models a stopped run had finished, or this one had when it was stopped. */
export interface ResumeEvent {
  kind: 'taken' | 'kept';
  models: number;
  of: number;
}

/** Folder of the installed package, with a slash at its end. */
export const packageFolder = fileURLToPath(new URL('..', import.meta.url));

/** The world of this process: its working folder and clock, the engine beside the bundle, and no progress shown. */
export function processWorld(): World {
  const { version } = JSON.parse(readFileSync(`${packageFolder}package.json`, 'utf8')) as { version: string };
  return {
    cwd: process.cwd(),
    engineFolder: `${packageFolder}dist/`,
    threadFile: `${packageFolder}dist/thread.js`,
    readerFile: `${packageFolder}dist/reader.js`,
    decoderFolder: `${packageFolder}dist/`,
    pageFolder: `${packageFolder}dist/`,
    version,
    progress: () => undefined,
    now: () => new Date(),
  };
}
