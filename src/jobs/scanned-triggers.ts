import path from 'node:path';
import { type Static, Type } from '@sinclair/typebox';
import { GoodnetError } from '../base/errors.ts';
import { openFile, readAll } from '../base/files.ts';
import { limits } from '../base/limits.ts';
import { checkerInPlace, parsedBy } from '../base/schema.ts';
import type { ClassTrigger, Found } from '../defense/reversal/search.ts';
import { engineHere } from '../engine/kernels/product-code.ts';
import type { Model } from '../models/net.ts';
import type { Config } from '../settings/config.ts';
import { dataFormat } from '../settings/data-format.ts';
import { numbers, numbersOf, textOf } from './kept-triggers.ts';
import type { World } from './world.ts';

/** The file that a scan leaves beside a net's pictures. */
export const triggersName = 'triggers.json';

const identity = Type.Object({
  version: Type.String(),
  engine: Type.String(),
  net: Type.String(),
  images: Type.String(),
  pixels: Type.String(),
});
const figures = {
  target: Type.Integer({ minimum: 0 }),
  steps: Type.Integer({ minimum: 1 }),
  sizes: Type.Array(Type.Number({ minimum: 0 })),
  l1: Type.Number({ minimum: 0 }),
  success: Type.Number({ minimum: 0, maximum: 1 }),
  reached: Type.Boolean(),
};
const check = checkerInPlace(
  Type.Object({
    identity,
    searched: Type.Array(Type.Object(figures)),
    triggers: Type.Array(Type.Object({ ...figures, mask: numbers, pattern: numbers })),
  }),
);

/** All that triggers depend on. */
export type TriggerIdentity = Static<typeof identity>;

/** What a file is refused for, by the first entry that is another. */
const others: Record<keyof TriggerIdentity, string> = {
  version: 'it is of another version of goodnet',
  engine: 'other kernels computed it',
  net: 'it is of another net',
  images: 'it is of other clean images',
  pixels: 'the pixels were prepared otherwise',
};

/** What the triggers of a net depend on; `net` are its files, `images` the clean ones. */
export const triggerIdentity = (
  { version }: Pick<World, 'version'>,
  config: Config,
  net: readonly { sha256: string }[],
  images: { sha256: string },
): TriggerIdentity => ({
  version,
  engine: engineHere(config.engine),
  net: net.map(({ sha256 }) => sha256).join(' '),
  images: images.sha256,
  pixels: JSON.stringify(dataFormat(config)),
});

/** The triggers as a file; null where it would be too large to be read. */
export function triggersText(identity: TriggerIdentity, { searched, triggers }: Found): string | null {
  const texts = triggers.map(({ mask, pattern, ...rest }) => ({
    ...rest,
    mask: textOf(mask),
    pattern: textOf(pattern),
  }));
  const length = texts.reduce((sum, { mask, pattern }) => sum + mask.length + pattern.length, 0);
  return length > limits.reportBytes / 2 ? null : `${JSON.stringify({ identity, searched, triggers: texts })}\n`;
}

/** The triggers in a scan's folder of a net, or why they are not those of this net and data. */
export function triggersIn(folder: string, wanted: TriggerIdentity, model: Model): Found | string {
  const text = textIn(path.join(folder, triggersName));
  if (text instanceof GoodnetError) return text.reason;
  const found = parsedBy(check, text);
  if (found === null) return 'it is no file of triggers';
  const names = Object.keys(others) as (keyof TriggerIdentity)[];
  const other = names.find((name) => found.identity[name] !== wanted[name]);
  if (other !== undefined) return others[other];
  const triggers = found.triggers.map((trigger) => ({
    ...trigger,
    mask: numbersOf(trigger.mask),
    pattern: numbersOf(trigger.pattern),
  }));
  return isWhole(found.searched, triggers, model) ? { searched: found.searched, triggers } : 'it is damaged';
}

function textIn(file: string): string | GoodnetError {
  try {
    const opened = openFile(file, { file }, limits.reportBytes);
    try {
      return Buffer.from(readAll(opened)).toString();
    } finally {
      opened.close();
    }
  } catch (error) {
    if (error instanceof GoodnetError) return error;
    throw error;
  }
}

/** Whether there are figures of every class in turn, and triggers of the net's own shape. */
function isWhole(
  searched: Found['searched'],
  triggers: readonly ClassTrigger[],
  { classes, inputShape }: Model,
): boolean {
  const [rows, columns, channels] = inputShape as [number, number, number];
  const isOf = (values: Float32Array, length: number): boolean =>
    values.length === length && values.every(Number.isFinite);
  return (
    searched.length === classes &&
    searched.every(({ target }, i) => target === i) &&
    triggers.length > 0 &&
    triggers.every(
      ({ target, mask, pattern }) =>
        target < classes && isOf(mask, rows * columns) && isOf(pattern, rows * columns * channels),
    )
  );
}
