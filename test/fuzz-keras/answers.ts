import { ascending } from '../../src/defense/pruning/rank.ts';
import { prunedWeights } from '../../src/defense/pruning/prune.ts';
import { defaultTarget } from '../../src/defense/pruning/default-layer.ts';
import { Network } from '../../src/engine/network.ts';
import { splitNet } from '../../src/engine/parts.ts';
import { Shard } from '../../src/engine/shard.ts';
import type { Target } from '../../src/defense/pruning/target.ts';
import { doubtOf } from '../../src/verdict/doubt.ts';
import { GoodnetError } from '../../src/base/errors.ts';
import type { Model } from '../../src/models/net.ts';
import type { FileBytes, ModelFile } from '../../src/models/format.ts';
import { readModel } from '../../src/models/formats.ts';
import { goodnetDialect, writePruned } from '../../src/models/keras/write-model.ts';
import { imageCount, imagesOf } from './images.ts';
import { goodnetBytes } from '../written.ts';

/** What a net says of the images. `tied`: images whose two best scores are too close to tell apart. */
export interface Answers {
  classes: number[];
  scores: number[];
  tied: number[];
}

/** What goodnet makes of a file. */
export type Read =
  { refused: string; reason: string } | (Answers & { model: ModelFile; shape: number[]; doubt: string | null });

/** Pruned files and GoodNets, with what goodnet itself says they answer. */
export interface Written {
  kind: 'pruned' | 'goodnet';
  /** The Keras that alone reads it; null where that is told by its input, or both do. */
  only: 'keras3' | 'tf_keras' | null;
  bytes: Uint8Array;
  shape: number[];
  answers: Answers;
}

const memoryBytes = 2 ** 28;
/** Scores this close to each other, relative to the higher one: the same as in oracle.py. */
const tie = 1e-5;

/** Reads a file as the gate does, and scores it. Throws what is no typed error. */
export async function answersOf(file: FileBytes, architecture: FileBytes | null): Promise<Read> {
  try {
    const model = await readModel({ ...file, architecture, sha256: '0'.repeat(64), memoryBytes });
    const { inputShape } = model.model;
    return { ...scored(model.model), model, shape: [...inputShape], doubt: doubtOf(model.model)?.code ?? null };
  } catch (error) {
    if (error instanceof GoodnetError) return { refused: error.code, reason: error.message };
    throw error;
  }
}

/** Whether the gate would not let a net pass since its classes hinge on rounding. */
export function hinges(model: Model): boolean {
  const network = new Network(splitNet(model, null));
  try {
    const size = model.inputShape.reduce((a, b) => a * b, 1);
    const pixels = imagesOf(size);
    const images = (start: number, stop: number) => pixels.slice(start * size, stop * size);
    const shard = new Shard(network, { images, labels: new Int32Array(imageCount), trueLabels: null });
    const [changed] = shard.changed([{ trial: 0, pieces: [[0, imageCount]] }], [new Int32Array()], 0);
    const rounded = { channelsPruned: 0, split: 'validation', attack: null, images: imageCount } as const;
    return doubtOf(model, [{ ...rounded, changed: changed!.length }]) !== null;
  } finally {
    network.dispose();
  }
}

/** The answers of the whole net, at most a batch at a time. */
function scored(model: Model): Answers {
  const network = new Network(splitNet(model, null));
  try {
    const size = model.inputShape.reduce((a, b) => a * b, 1);
    const features = network.features(imagesOf(size), imageCount);
    const all = Int32Array.from({ length: imageCount }, (_, i) => i);
    const scores: number[] = [];
    for (let start = 0; start < imageCount; start += network.batch)
      scores.push(...network.scores(features, all.subarray(start, start + network.batch)));
    return { classes: [...network.classes(features, all)], scores, tied: tiedIn(scores, model.outputs) };
  } finally {
    network.dispose();
  }
}

function tiedIn(scores: readonly number[], outputs: number): number[] {
  return Array.from({ length: imageCount }, (_, i) => i).filter((i) => {
    const row = outputs === 1 ? [0.5, scores[i]!] : scores.slice(i * outputs, (i + 1) * outputs);
    const [first, second] = row.sort((a, b) => b - a);
    return first! - second! <= tie * Math.abs(first!);
  });
}

/** The repaired models of a net, half of the channels of its default layer pruned; none where it has no such layer. */
export async function written(
  { model, bytes }: ModelFile,
  kinds: readonly Written['kind'][],
  name: string,
  architecture: FileBytes | null,
): Promise<Written[]> {
  const target = kinds.length === 0 ? null : targetOf(model);
  if (target === null) return [];
  const order = ascending(Float64Array.from({ length: target.cut.channels }, (_, i) => (i * 7) % target.cut.channels));
  const edits = prunedWeights(target, order.subarray(0, Math.ceil(target.cut.channels / 2)));
  const pruned = await writePruned(bytes, edits);
  const again = await answersOf({ name, bytes: pruned.slice() }, architecture);
  if ('refused' in again) throw new Error(`goodnet refuses what it wrote: ${again.reason}`);
  const { shape } = again;
  return Promise.all(
    kinds.map(async (kind) =>
      kind === 'pruned'
        ? { kind, only: null, bytes: pruned, shape, answers: again }
        : {
            kind,
            only: kerases[goodnetDialect(model) ?? 'both'],
            bytes: await goodnetBytes(model, edits),
            shape,
            answers: agreement(scored(model), again, model.classes),
          },
    ),
  );
}

const kerases = { keras2: 'tf_keras', keras3: 'keras3', both: null } as const;

function targetOf(model: Model): Target | null {
  try {
    return defaultTarget(model).target;
  } catch (error) {
    if (error instanceof GoodnetError) return null;
    throw error;
  }
}

/** What a GoodNet of two nets answers: the class that both say, else one more. */
function agreement(one: Answers, other: Answers, count: number): Answers {
  const classes = one.classes.map((said, i) => (said === other.classes[i] ? said : count));
  const scores = classes.flatMap((said) => Array.from({ length: count + 1 }, (_, i) => Number(i === said)));
  return { classes, scores, tied: [...new Set([...one.tied, ...other.tied])] };
}
