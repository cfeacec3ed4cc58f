import { Type } from '@sinclair/typebox';
import { checker, parsedBy } from '../base/schema.ts';
import type { TriggerStore } from '../defense/reversal/search.ts';
import type { Output } from '../output/output.ts';

const numbers = Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$', description: 'float32, base64' });
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
        : { ...found, mask: inNumbers(found.mask), pattern: inNumbers(found.pattern) };
    },
    put: (target, steps, { mask, pattern, ...figures }) => {
      const whose = identity();
      if (whose === null) return;
      const text = { identity: whose, ...figures, mask: inText(mask), pattern: inText(pattern) };
      output.keep(nameOf(target, steps), JSON.stringify(text));
    },
  };
}

const inText = ({ buffer, byteOffset, byteLength }: Float32Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

const inNumbers = (text: string): Float32Array => new Float32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer);
