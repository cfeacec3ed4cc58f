import { Type } from '@sinclair/typebox';
import { checker, parsedBy } from '../../base/schema.ts';
import { stage } from '../../verdict/figure-schema.ts';
import type { Finished } from './assemble.ts';
import type { Gallery } from './gallery.ts';
import { contradiction, type Judging } from './recheck.ts';
import { inputSchema, modelSchema } from './report.ts';

const number = Type.Integer({ minimum: 0 });
const png = Type.String({ pattern: '^[A-Za-z0-9+/]+={0,2}$' });
const picture = Type.Object({
  image: number,
  label: number,
  trueLabel: Type.Union([number, Type.Null()]),
  original: number,
  pruned: number,
  png,
});
const gallerySchema = Type.Object({
  split: Type.Union([Type.Literal('validation'), Type.Literal('test')]),
  channelsPruned: number,
  stage: Type.Optional(stage),
  attacksLeftOut: number,
  sets: Type.Array(
    Type.Object({
      attack: Type.Union([Type.String(), Type.Null()]),
      images: number,
      looked: number,
      differing: number,
      pictures: Type.Array(picture),
    }),
  ),
  triggers: Type.Optional(Type.Array(Type.Object({ round: number, target: number, mask: png, stamped: png }))),
});

/** A finished model with the few images that its page shows. */
export interface Kept extends Finished {
  pictures: Gallery;
}

const check = checker(
  Type.Object({
    circumstances: Type.String(),
    model: modelSchema,
    inputs: Type.Array(inputSchema),
    pictures: gallerySchema,
  }),
);

/** The text that a run keeps of a finished model for one that resumes it. `circumstances` stands for all that the result depends on besides the files. */
export const keptText = (finished: Kept, circumstances: string): string =>
  JSON.stringify({ circumstances, ...finished });

/** A model that this run would come to, too: its path, folder, circumstances, and the SHA-256 of each of its inputs by path. */
export interface Wanted {
  path: string;
  folder: string;
  circumstances: string;
  hashes: ReadonlyMap<string, string>;
}

/** The finished model in a text of `keptText`, if it is the one that is wanted and every figure and verdict is as its counts have it. Else null. */
export function parseKept(
  text: string,
  { path, folder, circumstances, hashes }: Wanted,
  judging: Judging,
): Kept | null {
  const value = parsedBy(check, text);
  if (value === null || value.circumstances !== circumstances) return null;
  const { model, inputs, pictures } = value;
  const found = new Map(inputs.map((input) => [input.path, input.sha256]));
  const same = found.size === hashes.size && [...hashes].every(([file, sha256]) => found.get(file) === sha256);
  if (!same || model.path !== path || model.name !== folder || model.sha256 !== hashes.get(path)) return null;
  return contradiction(model, inputs, () => judging) === null ? { model, inputs, pictures } : null;
}
