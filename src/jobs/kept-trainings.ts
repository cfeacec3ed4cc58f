import { Type } from '@sinclair/typebox';
import { checker, parsedBy } from '../base/schema.ts';
import type { TrainingStore } from '../defense/retraining/attempts.ts';
import type { Edits } from '../models/net.ts';
import type { Output } from '../output/output.ts';

const check = checker(
  Type.Object({
    identity: Type.String(),
    astray: Type.Boolean(),
    sha256: Type.String(),
    weights: Type.Array(Type.Object({ path: Type.String(), count: Type.Integer({ minimum: 0 }) })),
  }),
);

/**
 * What trainings came to, in an output folder, for a run that resumes this one: the weights as one file of float32, and
 * a text that tells what is in it. `name` is the net's, `identity` stands for all that a training depends on.
 */
export function keptTrainings(output: Output, name: string, identity: () => string | null): TrainingStore {
  const nameOf = (stage: string, rate: number): string => `${name}-${stage}-${rate}`;
  return {
    take: (stage, rate) => {
      const text = output.keptAs(nameOf(stage, rate));
      const found = text === undefined ? null : parsedBy(check, text);
      if (found === null || found.identity !== identity()) return null;
      const bytes = output.keptBytes(nameOf(stage, rate), found.sha256);
      const weights = bytes && weightsIn(bytes, found.weights);
      return weights && { weights: found.astray ? null : weights };
    },
    put: (stage, rate, { weights }) => {
      const whose = identity();
      if (whose === null) return;
      const entries = [...(weights ?? [])];
      const parts = entries.map(([, { buffer, byteOffset, byteLength }]) =>
        Buffer.from(buffer, byteOffset, byteLength),
      );
      const sha256 = output.keepBytes(nameOf(stage, rate), Buffer.concat(parts));
      const counts = entries.map(([path, { length }]) => ({ path, count: length }));
      const text = { identity: whose, astray: weights === null, sha256, weights: counts };
      output.keep(nameOf(stage, rate), JSON.stringify(text));
    },
  };
}

/** So many numbers for each weight, one after the other; null where these are not all bytes. */
function weightsIn(bytes: Uint8Array, counts: readonly { path: string; count: number }[]): Edits | null {
  const all = new Float32Array(counts.reduce((sum, { count }) => sum + count, 0));
  if (all.byteLength !== bytes.length) return null;
  new Uint8Array(all.buffer).set(bytes);
  let at = 0;
  return new Map(counts.map(({ path, count }) => [path, all.slice(at, (at += count))]));
}
