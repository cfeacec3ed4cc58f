import { Type } from '@sinclair/typebox';
import { checker, parsedBy } from '../base/schema.ts';
import type { TriggerStore } from '../defense/reversal/search.ts';
import type { Output } from '../output/output.ts';

/** Numbers in a text. */
export const numbers = Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$', description: 'float32, base64' });
const check = checker(
  Type.Object({
    identity: Type.String(),
    mask: numbers,
    pattern: numbers,
    l1: Type.Number(),
    success: Type.Number(),
    reached: Type.Boolean(),
  }),
);

/** Triggers in an output folder, for a run that resumes this one. `name` is the net's, `identity` stands for all that a search depends on. */
export function keptTriggers(output: Output, name: string, identity: () => string | null): TriggerStore {
  const nameOf = (target: number, steps: number): string => `${name}-${target}-${steps}`;
  return {
    take: (target, steps) => {
      const text = output.keptAs(nameOf(target, steps));
      const found = text === undefined ? null : parsedBy(check, text);
      return found === null || found.identity !== identity()
        ? null
        : { ...found, mask: numbersOf(found.mask), pattern: numbersOf(found.pattern) };
    },
    put: (target, steps, { mask, pattern, ...figures }) => {
      const whose = identity();
      if (whose === null) return;
      const text = { identity: whose, ...figures, mask: textOf(mask), pattern: textOf(pattern) };
      output.keep(nameOf(target, steps), JSON.stringify(text));
    },
  };
}

export const textOf = ({ buffer, byteOffset, byteLength }: Float32Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

/** The numbers in a text; a part of one at its end is none. */
export function numbersOf(text: string): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return new Float32Array(bytes.buffer, 0, Math.floor(bytes.length / 4));
}
