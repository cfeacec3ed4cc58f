import { maskSentence } from '../../defense/reversal/masks.ts';
import { percent, percentText } from '../../verdict/metrics.ts';
import { type ModelScan, type Scan, withinLimit } from '../record/scan.ts';
import type { ScanFinding } from '../record/scan-findings.ts';
import { sentence } from '../wording.ts';

/** What was found of a scanned net, in words. */
export function scanSentence(found: ScanFinding): string {
  switch (found.code) {
    case 'small-mask':
    case 'no-small-mask':
      return maskSentence(found);
    case 'too-few-classes':
      return found.classes < 3
        ? `With ${found.classes} classes there is no anomaly index: no median tells which of two masks is the odd one. Look at the triggers.`
        : `The anomaly index compares the masks of ${found.classes} classes: among so few any may lie far from the median.`;
    case 'triggers-that-fail':
      return `For ${found.classes} of ${found.of} classes no trigger works on 90% of the images. The size of such a mask says nothing.`;
    case 'given-without-trigger':
      return (
        `Without a trigger the net gives ${percentText(percent(found.before, found.images))} of the images of other classes class ${found.target} ` +
        `(${found.before}/${found.images}): its mask may be small for that reason alone.`
      );
    case 'halved-search':
      return (
        `Of ${found.classes} classes the ${found.finalists} with the smallest masks were searched to the end, the others for fewer steps. ` +
        'An index compares a class with all that were searched for as many steps; how often it misleads was measured where all were searched to the end.'
      );
    case 'few-images-scanned':
      return (
        `The scan had ${found.images} clean images, ${found.fewest} of the class with the fewest: fewer than 500, or than 5 a class. ` +
        'A trigger that is found on so few may work on these alone.'
      );
    case 'accuracy-of-chance':
      return (
        `The net is right on ${found.correct} of ${found.images} clean images; always answering the most frequent class would be on ${found.largest}. ` +
        'Check `scale`, `mean`, `std` and `layout` with `goodnet inspect`: triggers of a net that is shown other pixels say nothing.'
      );
    case 'plain-images':
      return `${found.plain} of the ${found.looked} clean images looked at have one colour: triggers on such images say nothing of others.`;
    case 'not-stamped':
      return (
        'The triggers cannot be stamped as pictures: black is not 0 among the stored pixels, or the images are neither grey nor RGB. ' +
        'There is no reversed-trigger rate, and no attacks.yml.'
      );
    default:
      return sentence(found, { layer: '' });
  }
}

/** What the limit says of a net, in one line; null where none is set. */
export function limitLine({ limit, triggers }: ModelScan): string | null {
  if (limit === null) return null;
  const { actual, met } = limit;
  if (met) return `Passed: no anomaly index above ${limit.limit}.`;
  if (actual === null) return 'Limit not met: no anomaly index could be measured.';
  const worst = triggers.find(({ works, anomalyIndex }) => works && anomalyIndex === actual)!;
  return `Limit not met: the anomaly index of class ${worst.target} is ${actual.toFixed(2)}, the limit is ${limit.limit}.`;
}

/** The verdict on all nets in one line. */
export function scanLine({ verdict, models, errors }: Pick<Scan, 'verdict' | 'models' | 'errors'>): string {
  const nets = (count: number): string => `${count} ${count === 1 ? 'net' : 'nets'}`;
  switch (verdict) {
    case 'error':
      return `${nets(errors.length)} could not be scanned`;
    case 'ungated':
      return `${nets(models.length)} scanned, no limit is set`;
    case 'passed':
      return `Passed: ${nets(models.length)} within max-anomaly-index`;
    case 'failed':
      return `Limit not met by ${models.filter((model) => !withinLimit(model)).length} of ${nets(models.length)}`;
  }
}
