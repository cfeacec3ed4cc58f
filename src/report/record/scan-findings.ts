import { type Static, Type } from '@sinclair/typebox';
import { maskFindings, ofMasks } from '../../defense/reversal/masks.ts';
import { finding, images as count } from '../../verdict/figure-schema.ts';
import { formatName } from './report.ts';
import type { ModelScan } from './scan.ts';

const index = Type.Integer({ minimum: 0 });

/** Every kind of finding of a scan and what it holds. */
export const scanFindings = [
  finding('computed-in-float32', { declared: Type.String({ pattern: formatName.source }) }),
  finding('folders-by-number', {}),
  ...maskFindings,
  finding('too-few-classes', { classes: count }),
  finding('triggers-that-fail', { classes: count, of: count }),
  finding('given-without-trigger', { target: index, before: count, images: count }),
  finding('halved-search', { classes: count, finalists: count }),
  finding('few-images-scanned', { images: count, fewest: count }),
  finding('accuracy-of-chance', { correct: count, images: count, largest: count }),
  finding('plain-images', { plain: count, looked: count }),
  finding('not-stamped', {}),
];

export type ScanFinding = Static<(typeof scanFindings)[number]>;

const enough = 500,
  enoughEach = 5;
/** Of fewer classes the median and its deviation say little. */
const classesEnough = 6;

/** What findings are drawn from besides the record. */
export interface ScanEvidence {
  /** The number format that the net declares. */
  precision: string;
  foldersByNumber: boolean;
  /** Images of the class with the most. */
  most: number;
  /** How many of the images that were looked at have one colour. */
  plain: number;
  looked: number;
  /** Whether triggers could be stamped as pictures. */
  stamped: boolean;
}

type Facts = Pick<ModelScan, 'classes' | 'images' | 'fewest' | 'correct' | 'triggers'>;

/** All findings on a scanned model, those about how it was done first. */
export function findingsOfScan(facts: Facts, evidence: ScanEvidence): ScanFinding[] {
  return [...ofMethod(facts, evidence), ...ofTriggers(facts)];
}

function ofMethod({ classes, images, fewest, correct, triggers }: Facts, evidence: ScanEvidence): ScanFinding[] {
  const { precision, foldersByNumber, most, plain, looked, stamped } = evidence;
  const longest = Math.max(...triggers.map(({ steps }) => steps));
  const finalists = triggers.filter(({ steps }) => steps === longest).length;
  const found: (ScanFinding | false)[] = [
    precision !== 'float32' && { code: 'computed-in-float32', declared: precision },
    foldersByNumber && { code: 'folders-by-number' },
    (images < enough || fewest < enoughEach) && { code: 'few-images-scanned', images, fewest },
    2 * plain > looked && { code: 'plain-images', plain, looked },
    correct <= most && { code: 'accuracy-of-chance', correct, images, largest: most },
    classes < classesEnough && { code: 'too-few-classes', classes },
    finalists < classes && { code: 'halved-search', classes, finalists },
    !stamped && { code: 'not-stamped' },
  ];
  return found.filter((each) => each !== false);
}

function ofTriggers({ triggers, classes }: Facts): ScanFinding[] {
  const failing = triggers.filter((trigger) => !trigger.works).length;
  return [
    ...triggers
      .filter(({ before, images }) => 2 * before > images)
      .map(({ target, before, images }) => ({ code: 'given-without-trigger' as const, target, before, images })),
    ...(failing === 0 ? [] : [{ code: 'triggers-that-fail' as const, classes: failing, of: classes }]),
    ...ofMasks(triggers),
  ];
}
