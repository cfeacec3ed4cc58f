import { appendFileSync } from 'node:fs';
import { type ArtifactClient, DefaultArtifactClient } from '@actions/artifact';
import * as core from '@actions/core';
import { getOctokit } from '@actions/github';
import { failure } from '../base/errors.ts';
import { plainText } from '../report/escape.ts';
import { masking } from './secrets.ts';

/** What the action needs of the machine that runs its job. */
export interface Runner {
  /** Inputs, and what GitHub says about the job. */
  env: Readonly<Record<string, string | undefined>>;
  log: (line: string) => void;
  annotate: (level: 'error' | 'warning', message: string, at?: { title?: string; file?: string }) => void;
  /** Throws `step-file`. */
  output: (name: string, value: string) => void;
  /** Throws `step-file`. */
  summary: (markdown: string) => void;
  artifacts: ArtifactClient;
  api: (token: string, baseUrl: string) => Api;
}

export type Api = ReturnType<typeof getOctokit>;

/** GitHub cuts an annotation's message at 4,096 characters. */
const longestMessage = 3500;
const requestTimeoutMs = 30_000;

/** The runner around this process. Whatever is printed goes through the sanitiser; nothing that leaves here holds a token. */
export function actionsRunner(env: Runner['env']): Runner {
  const masked = masking(env);
  const clean = (text: string): string => plainText(masked(text));
  return {
    env,
    log: (line) => core.info(clean(line)),
    annotate: (level, message, at = {}) =>
      core[level](clean(message).slice(0, longestMessage), {
        ...(at.title === undefined ? {} : { title: clean(at.title) }),
        ...(at.file === undefined ? {} : { file: clean(at.file) }),
      }),
    output: (name, value) => written('GITHUB_OUTPUT', () => core.setOutput(name, masked(value))),
    summary: (markdown) =>
      written('GITHUB_STEP_SUMMARY', () => {
        if (env['GITHUB_STEP_SUMMARY'] !== undefined)
          appendFileSync(env['GITHUB_STEP_SUMMARY'], `${masked(markdown)}\n`);
      }),
    artifacts: new DefaultArtifactClient(),
    api: (secret, baseUrl) => {
      const api = getOctokit(secret, { baseUrl });
      api.hook.before('request', (options) => {
        options.request.signal = AbortSignal.timeout(requestTimeoutMs);
      });
      return api;
    },
  };
}

/** Writes a file of the step that the variable names. Throws `step-file`. */
function written(variable: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw failure('step-file', variable, { cause: (error as NodeJS.ErrnoException).code ?? 'it is not there' });
  }
}
