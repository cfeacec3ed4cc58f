// The room tab: goodnet in a tab of a browser: the page, and the worker in which the jobs run as they are. No file leaves it.
// It may import jobs and what lies below.
import type { ProgressEvent } from '../jobs/listener.ts';
import type { Config, Given } from '../settings/config.ts';
import type { DataFiles } from '../settings/data-files.ts';
import type { RunVerdict, SplitName } from '../verdict/gate.ts';

/** Files by their paths, as the settings name them. A folder of images is all that lies below it. */
export type Files = readonly (readonly [path: string, content: Blob])[];

/** What the page asks of its worker. */
export interface Order {
  job: 'inspect' | 'defend';
  files: Files;
  /** Which of them are what. */
  model: string;
  data: DataFiles;
  /** All else that is set. */
  settings: Given;
  /** Where the worker finds what it is built with, with a slash at its end. */
  parts: string;
}

/** What the worker tells: how far it has come, and in the end one of the others. */
export type Told =
  | ({ told: 'progress' } & Pick<ProgressEvent, 'done' | 'total'> & { doing: string })
  | { told: 'inspected'; seen: Seen }
  | { told: 'defended'; outcome: Outcome }
  | { told: 'refused'; line: string }
  | { told: 'bug'; trace: string };

/** A model as its user sees it before a run. */
export interface Seen {
  /** What it is, in a few words, line by line. */
  about: [what: string, words: string][];
  layers: { head: string[]; rows: string[][]; right: boolean[] };
  /** How its pixels may be prepared, the best first; none where no clean images were given. */
  ways: Way[];
  /** What is to be known of these; empty where the best is right. */
  doubt: string;
}

/** A preparation of pixels, and what comes of it. */
export interface Way {
  words: string;
  accuracyPercent: number;
  settings: Partial<Pick<Config, 'layout' | 'class-folders' | 'scale' | 'mean'>>;
  /** Limits for who names none. */
  limits: Partial<Pick<Config, 'min-accuracy' | 'max-asr'>>;
}

/** What came of a run. */
export interface Outcome {
  verdict: RunVerdict;
  /** The verdict on the model. */
  sentence: string;
  /** The split that figures are of. */
  judgedOn: SplitName;
  /** report.html. */
  report: Blob;
  repaired: Repaired[];
  /** All files of the run by their paths below its folder, and all of them as one zip. */
  files: Files;
  zip: Blob;
}

/** A repaired model to take away. */
export interface Repaired {
  path: string;
  content: Blob;
  candidate: string;
  accuracy: string;
  asr: string;
  isRecommended: boolean;
}
