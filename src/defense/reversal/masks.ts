import { type Static, Type } from '@sinclair/typebox';
import { finding } from '../../verdict/figure-schema.ts';

/** From this index on Neural Cleanse calls a class infected. */
export const suspicious = 2;

/** What the sizes of masks say of a net. */
export const maskFindings = [
  finding('small-mask', { target: Type.Integer({ minimum: 0 }), l1: Type.Number(), anomalyIndex: Type.Number() }),
  finding('no-small-mask', { largest: Type.Number() }),
];

export type MaskFinding = Static<(typeof maskFindings)[number]>;

/** A class whose trigger was searched for: the sum of its mask, how odd that is, and whether the trigger does what it is for. */
export interface FoundMask {
  target: number;
  l1: number;
  anomalyIndex: number | null;
  works: boolean;
}

/** Each class with a suspicious mask; or that there is none, where there is any index. */
export function ofMasks(found: readonly FoundMask[]): MaskFinding[] {
  const small = found.filter(({ works, anomalyIndex }) => works && (anomalyIndex ?? 0) > suspicious);
  const largest = largestIndex(found);
  if (small.length === 0) return largest === null ? [] : [{ code: 'no-small-mask', largest }];
  return small.map(({ target, l1, anomalyIndex }) => ({
    code: 'small-mask',
    target,
    l1,
    anomalyIndex: anomalyIndex!,
  }));
}

/** The largest index of a trigger that works; null where none has one. */
export function largestIndex(found: readonly Pick<FoundMask, 'works' | 'anomalyIndex'>[]): number | null {
  const indices = found.flatMap(({ works, anomalyIndex }) => (works && anomalyIndex !== null ? [anomalyIndex] : []));
  return indices.length === 0 ? null : Math.max(...indices);
}

/** What masks say, in words. */
export function maskSentence(found: MaskFinding): string {
  return found.code === 'small-mask'
    ? `Class ${found.target} has a small mask: ${pixelsText(found.l1)}, anomaly index ${found.anomalyIndex.toFixed(2)}. Look at its trigger. ` +
        `That is evidence and no proof: 3 of 16 nets without a backdoor showed an index above ${suspicious} too.`
    : `No class has an anomaly index above ${suspicious} (the largest is ${found.largest.toFixed(2)}). That does not clear the net: ` +
        '7 of 25 BadNets showed none either, and a backdoor that moves every class on is not found at all.';
}

export const pixelsText = (l1: number): string => `${l1.toFixed(1)} pixels`;
