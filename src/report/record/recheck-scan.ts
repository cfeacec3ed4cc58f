import { failure, GoodnetError } from '../../base/errors.ts';
import { checkerInPlace } from '../../base/schema.ts';
import { indicesByRound } from '../../defense/reversal/anomaly.ts';
import { byPromise, roundsOf, works } from '../../defense/reversal/search.ts';
import { firstDifference } from './differences.ts';
import { limitOn, type ModelScan, type Scan, type ScannedTrigger, scanSchema } from './scan.ts';
import { findingsOfScan, type ScanEvidence, type ScanFinding } from './scan-findings.ts';
import { checkVersioned, type Json, parseJson } from './versioned.ts';
import type { Weight } from './weight.ts';

const check = checkerInPlace(scanSchema);

/** Reads somebody's scan.json; `name` is how messages call it. Throws `scan-version`, `report-size` or `scan-invalid`. */
export function parseScan(json: Json, name: string, weight?: Weight): Scan {
  return checkVersioned(parseJson(json, name, 'scan', weight), name, 'scan', check);
}

/** Where a net's part of a scan first says otherwise than its own masks and counts do, in words; null where it nowhere does. */
export function scanContradiction(model: ModelScan, limit: number | undefined): string | null {
  try {
    const first = firstDifference(model, scannedAgain(model, limit));
    return first === null ? null : `has ${first.recorded} for ${first.at}, and triggers that make it ${first.found}`;
  } catch (error) {
    if (error instanceof GoodnetError) return error.reason;
    throw error;
  }
}

/**
 * A net's part of a scan again from the sizes and successes of its masks and its counts, by the code that made it: order, indices,
 * limit and findings. The index of a class that did not go on to the last round stays as recorded: it was among masks that then
 * shrank. Throws `scan-invalid` for counts that no scan can have.
 */
function scannedAgain(model: ModelScan, limit: number | undefined): ModelScan {
  const { fewest, most, correct } = countedAgain(model);
  const triggers = triggersAgain(model);
  const facts = { classes: model.classes, images: model.images, fewest, correct, triggers };
  const again: ModelScan = {
    ...model,
    ...facts,
    accuracy: (100 * correct) / model.images,
    limit: limitOn(triggers, limit),
    findings: findingsOfScan(facts, { ...recordedEvidence(model), most }),
  };
  return JSON.parse(JSON.stringify(again)) as ModelScan;
}

/** Far more than nets have whose every class somebody searches. */
const mostClasses = 2 ** 16;

/** What the counts of the triggers say of the images: each is of one class, and is right or given another. */
function countedAgain(model: ModelScan): { fewest: number; most: number; correct: number } {
  const { path, classes, images, triggers } = model;
  const targets = new Set(triggers.map(({ target }) => target));
  if (
    classes > mostClasses ||
    targets.size !== classes ||
    triggers.length !== classes ||
    Math.max(...targets) !== classes - 1
  )
    throw failure('scan-invalid', path, { cause: 'has not one trigger for each class' });
  const own = triggers.map((trigger) => images - trigger.images);
  const [fewest, most] = [Math.min(...own), Math.max(...own)];
  const { plain, looked } = recordedEvidence(model);
  const fit = triggers.every(
    ({ picture, ...trigger }) => Math.max(trigger.before, picture?.hits ?? 0) <= trigger.images,
  );
  if (!fit || fewest < 1 || sum(own) !== images || plain > looked || looked > images)
    throw failure('scan-invalid', path, { cause: 'has impossible counts of images' });
  return { fewest, most, correct: images - sum(triggers.map(({ before }) => before)) };
}

/** Triggers in their order, those of the last round with their index. */
function triggersAgain({ classes, triggers }: ModelScan): ScannedTrigger[] {
  const rounds = roundsOf(classes);
  const steps = rounds.flatMap((round, i) =>
    Array.from({ length: round.classes - (rounds[i + 1]?.classes ?? 0) }, () => round.steps),
  );
  const longest = steps.at(-1)!;
  const ordered = [...triggers]
    .sort(byPromise)
    .map((trigger, i): ScannedTrigger => ({ ...trigger, steps: steps.at(-1 - i)!, works: works(trigger) }));
  const indices = indicesByRound(
    ordered.filter((trigger) => trigger.steps === longest).map(({ l1 }) => ({ sizes: [l1] })),
  );
  return ordered.map((trigger, i) => ({
    ...trigger,
    anomalyIndex: i < indices.length ? indices[i]! : (trigger.anomalyIndex ?? 0),
  }));
}

/** What only the net's file and the images can tell, as the findings have it. */
function recordedEvidence({ triggers, findings }: ModelScan): Omit<ScanEvidence, 'most'> {
  const said = <C extends ScanFinding['code']>(code: C) =>
    findings.find((each): each is Extract<ScanFinding, { code: C }> => each.code === code);
  const plain = said('plain-images');
  return {
    precision: said('computed-in-float32')?.declared ?? 'float32',
    foldersByNumber: said('folders-by-number') !== undefined,
    plain: plain?.plain ?? 0,
    looked: plain?.looked ?? 0,
    stamped: triggers.some(({ picture }) => picture !== null && picture.hits !== null),
  };
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
