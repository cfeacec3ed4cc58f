import { Type } from '@sinclair/typebox';
import type { Config } from '../config.ts';
import { listCandidates } from '../defense/candidates.ts';
import { checkpoints } from '../defense/checkpoints.ts';
import { ascending } from '../defense/rank.ts';
import type { Source } from '../resolve-config.ts';
import { checker } from '../schema.ts';
import { type Finished, withRates, withSources } from './assemble.ts';
import { type Baseline, dataIdentity } from './baseline.ts';
import type { Gallery } from './html/gallery.ts';
import { recount } from './recount.ts';
import { inputSchema, type ModelReport, modelSchema } from './report.ts';

/** What figures are judged by. */
export interface Judging {
  config: Config;
  sources: Record<string, Source>;
  baseline: Baseline | null;
}

const number = Type.Integer({ minimum: 0 });
const picture = Type.Object({ image: number, label: number, trueLabel: Type.Union([number, Type.Null()]), original: number, pruned: number, png: Type.String({ pattern: '^[A-Za-z0-9+/]+={0,2}$' }) });
const gallerySchema = Type.Object({
  split: Type.Union([Type.Literal('validation'), Type.Literal('test')]), channelsPruned: number, attacksLeftOut: number,
  sets: Type.Array(Type.Object({ attack: Type.Union([Type.String(), Type.Null()]), images: number, looked: number, differing: number, pictures: Type.Array(picture) })),
});

/** A finished model with the few images that its page shows. */
export interface Kept extends Finished {
  pictures: Gallery;
}

const check = checker(Type.Object({ circumstances: Type.String(), model: modelSchema, inputs: Type.Array(inputSchema), pictures: gallerySchema }));

/** The text that a run keeps of a finished model for one that resumes it. `circumstances` stands for all that the result depends on besides the files. */
export const keptText = (finished: Kept, circumstances: string): string => JSON.stringify({ circumstances, ...finished });

/** A model that this run would come to, too: its path, folder, circumstances, and the SHA-256 of each of its inputs by path. */
export interface Wanted {
  path: string;
  folder: string;
  circumstances: string;
  hashes: ReadonlyMap<string, string>;
}

/** The finished model in a text of `keptText`, if it is the one that is wanted and every figure and verdict is as its counts have it. Else null. */
export function parseKept(text: string, { path, folder, circumstances, hashes }: Wanted, judging: Judging): Kept | null {
  const value = parse(text);
  if (value === null || value.circumstances !== circumstances) return null;
  const { model, inputs, pictures } = value;
  const found = new Map(inputs.map((input) => [input.path, input.sha256]));
  const same = found.size === hashes.size && [...hashes].every(([file, sha256]) => found.get(file) === sha256);
  if (!same || model.path !== path || model.name !== folder || model.sha256 !== hashes.get(path)) return null;
  try {
    return JSON.stringify(counted(model, inputs, judging)) === JSON.stringify(model) ? { model, inputs, pictures } : null;
  } catch {
    return null; // counts that no run could have found
  }
}

/** The model made again from its channels' order and its counts, as far as they say it. */
function counted(model: ModelReport, inputs: Finished['inputs'], { config, sources, baseline }: Judging): ModelReport {
  const sizes = { clean: model.sweep.clean, poisoned: model.sweep.poisoned };
  const order = config.order ?? [...ascending(Float64Array.from(model.ranking.meanActivation))];
  if (model.sweep.steps.length !== order.length + 1) throw new Error('The sweep has another number of steps');
  const steps = model.sweep.steps.map(({ correct, hits, robust, goodnet }, k) => ({
    step: k, channel: k === 0 ? null : order[k - 1]!, pruned: { correct, hits, robust },
    goodnet: { correct: goodnet.correct, hits: goodnet.hits, robust: goodnet.robust, rejectedClean: goodnet.rejectedClean, rejectedPoisoned: goodnet.rejectedPoisoned },
  }));
  const picks = checkpoints(steps, sizes.clean, config.checkpoints);
  const listed = listCandidates(picks, { steps, sizes }, null);
  const candidates = model.candidates.map((candidate, i) => ({ ...candidate, kind: listed[i]!.kind, checkpoint: listed[i]!.checkpoint, channelsPruned: listed[i]!.channelsPruned, validation: listed[i]!.validation }));
  if (candidates.length !== listed.length) throw new Error('A candidate is missing');
  const again = recount({ ...model, candidates }, config, config.accept, baseline && { baseline, data: dataIdentity(config, inputs) });
  return {
    ...again,
    ranking: { ...model.ranking, order },
    sweep: { ...model.sweep, steps: steps.map(({ step, channel, pruned, goodnet }) => ({ step, channel, ...withRates(pruned, { sizes }), goodnet: { ...goodnet, ...withRates(goodnet, { sizes }) } })) },
    checkpoints: picks,
    gate: withSources(again.gate, sources),
  };
}

function parse(text: string) {
  try {
    const checked = check(JSON.parse(text));
    return 'problem' in checked ? null : checked.value;
  } catch {
    return null;
  }
}
