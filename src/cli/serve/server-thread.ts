import { workerData } from 'node:worker_threads';
import { answerCalls } from '../../base/answer-calls.ts';
import { startEngine } from '../../engine/start-engine.ts';
import { readingApart } from '../../models/read-apart.ts';
import { chooseKernels } from '../../serve/choose-kernels.ts';
import { type DeskLimits, LocalDesk } from '../../serve/desk.ts';

/** What a thread of a server is started with. */
export interface ServerThreadSetup {
  assets: string;
  kernels?: string | undefined;
  limits: DeskLimits;
}

/** A thread of a server, with its own engine, nets and features. */
const { assets, kernels, limits } = workerData as ServerThreadSetup;
chooseKernels(kernels);
const desk = new LocalDesk(limits, readingApart({ assets }));
const started = startEngine('wasm', { assets });
started.catch(() => undefined); // who calls is told

answerCalls(
  {
    start: () => started,
    hold: (hash: string, body: Uint8Array<ArrayBuffer>) => started.then(() => desk.hold(hash, body)),
    sums: (body: Uint8Array<ArrayBuffer>) => started.then(() => desk.sums(body)),
    tallies: (body: Uint8Array<ArrayBuffer>) => started.then(() => desk.tallies(body)),
    defend: (body: Uint8Array<ArrayBuffer>, type: string) => started.then(() => desk.defend(body, type)),
  },
  (value) => (value instanceof Uint8Array ? [value.buffer as ArrayBuffer] : []),
);
