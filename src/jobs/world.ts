// The room jobs: a file or folder a job: what a command or the Action has done.
// It may import report and what lies below.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type AwsKeys, awsKeysIn } from '../engine/remote/aws-keys.ts';

/** The process around a job. */
export interface World {
  /** Folder that relative paths start from. */
  cwd: string;
  /** Folder of goodnet's own bundles and .wasm files, with a slash at its end. */
  assets: string;
  /** Of goodnet. */
  version: string;
  now: () => Date;
  /** What evaluators on other machines are shown, and those who ask this one must show. */
  token?: string | undefined;
  /** What requests to evaluators that are functions of AWS are signed with, where there is no token. */
  aws?: AwsKeys | undefined;
  /** What an evaluator on this machine computes with, where that is not the best it can. */
  kernels?: string | undefined;
  /** How evaluators are asked, where not as usual. */
  fetch?: typeof fetch;
  /** Ends the job at once, with nothing written; the signal's reason is thrown. */
  signal?: AbortSignal;
}

/** Folder of the installed package, with a slash at its end. */
export const packageFolder = fileURLToPath(new URL('..', import.meta.url));

/** The world of this process: its working folder and clock, and what stands beside the bundle. */
export function processWorld(): World {
  const { version } = JSON.parse(readFileSync(`${packageFolder}package.json`, 'utf8')) as { version: string };
  const token = process.env['GOODNET_TOKEN']?.trim();
  return {
    cwd: process.cwd(),
    assets: `${packageFolder}dist/`,
    version,
    now: () => new Date(),
    token: token || undefined,
    aws: awsKeysIn(process.env),
    kernels: process.env['GOODNET_KERNELS'],
  };
}
