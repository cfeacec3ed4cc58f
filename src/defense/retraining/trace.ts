import { type Static, Type } from '@sinclair/typebox';
import { images, nullable } from '../../verdict/figure-schema.ts';
import type { Attempt } from './attempts.ts';
import { costsTooMuch } from './guard.ts';

/** What a record says of the trainings at one learning rate after the other. */
export const attemptsTrace = Type.Array(
  Type.Object({
    rate: Type.Number(),
    heldOut: nullable(Type.Object({ images, lost: images, won: images })),
    passed: Type.Boolean({ description: 'whether the net holds the accuracy of the original on images held out' }),
  }),
  { minItems: 1 },
);

/** The attempts again by what was counted. */
export const attemptsAgain = (recorded: Static<typeof attemptsTrace>): Attempt[] =>
  recorded.map(({ rate, heldOut }) => ({ rate, heldOut, passed: heldOut !== null && !costsTooMuch(heldOut) }));
