import type { Remark } from './bundle.ts';
import type { Config } from '../../settings/config.ts';
import { dataFormat } from '../../settings/data-format.ts';
import { splitsOf } from '../../settings/split-files.ts';
import { chooseTarget } from '../../defense/pruning/default-layer.ts';
import { bestStage } from '../../defense/pruning/pruned.ts';
import type { NearTie } from '../../engine/chunks.ts';
import { openEvaluator } from '../../engine/open-evaluator.ts';
import { splitNet } from '../../engine/parts.ts';
import type { Split } from '../../engine/split.ts';
import { openModel } from '../../models/find-models.ts';
import { differences } from '../../report/record/differences.ts';
import type { CandidateReport, ModelReport } from '../../report/record/report.ts';
import { channelsText } from '../../verdict/metrics.ts';
import { nearTies } from '../../verdict/rounding.ts';
import type { Counts, GoodNetCounts } from '../../verdict/figures.ts';
import type { SplitName } from '../../verdict/gate.ts';
import { NetData } from '../open-data.ts';
import type { World } from '../world.ts';

/** What kernels that round otherwise may count otherwise: a net, or a GoodNet with it, on one dataset. */
interface Count {
  split: SplitName;
  /** Null for the clean images. */
  attack: string | null;
  channelsPruned: number;
  ofGoodnet: boolean;
  /** What was counted, as the record names it. */
  what: string;
  value: number;
}

/** Images whose class rounding decides, with the net to which they lie nearest. */
interface Tie extends NearTie, Pick<Count, 'split' | 'attack' | 'channelsPruned'> {}

export interface Explanation {
  /** Whether no count differs by more images than hinge on rounding, and nothing differs that is not made of counts. */
  explains: boolean;
  /** These images. */
  images: Remark[];
}

/**
 * Looks for the images to which the nets whose counts `found` has otherwise than `recorded` give a class that rounding
 * decides. `found` is of this machine, by `config`.
 */
export async function explain(
  recorded: ModelReport,
  found: ModelReport,
  config: Config,
  world: Pick<World, 'cwd' | 'assets' | 'signal'>,
): Promise<Explanation> {
  const others = new Map(countsOf(found).map((count) => [keyOf(count), count.value]));
  const differing = countsOf(recorded).filter((count) => (others.get(keyOf(count)) ?? count.value) !== count.value);
  if (differing.length === 0 || differences(recorded.ranking.order, found.ranking.order).length > 0)
    return { explains: false, images: [] };
  const ties = await tiesOf(differing, found, config, world);
  const explains =
    differences(besideCounts(recorded), besideCounts(found), placeNames).length === 0 &&
    differing.every((count) => Math.abs(count.value - others.get(keyOf(count))!) <= imagesOf(count, ties).size);
  return { explains, images: nearest(ties).map((tie) => ({ subject: recorded.path, text: textOf(tie) })) };
}

/** What names files only: it may differ where the same files lie elsewhere. */
export const placeNames = new Set(['name', 'path', 'file', 'source']);

const keyOf = ({ value: _, ...place }: Count): string => JSON.stringify(place);

/** Whether a candidate is a net of the sweep. */
const isStep = ({ stage }: Pick<CandidateReport, 'stage'>): boolean => stage === undefined || stage === bestStage;

/** All counts of a model: each step on validation, and the candidates on test. */
function countsOf({ sweep, candidates }: ModelReport): Count[] {
  const steps = sweep.steps.flatMap(({ step, goodnet, ...net }) => [
    ...countsIn(net, { split: 'validation', channelsPruned: step, ofGoodnet: false }),
    ...countsIn(goodnet, { split: 'validation', channelsPruned: step, ofGoodnet: true }),
  ]);
  const onTest = candidates
    .filter(isStep)
    .flatMap(({ kind, channelsPruned, test }) =>
      test === null ? [] : countsIn(test, { split: 'test', channelsPruned, ofGoodnet: kind === 'goodnet' }),
    );
  return [...steps, ...onTest];
}

function countsIn(
  { correct, hits, robust, rejectedClean, rejectedPoisoned }: Counts & Partial<GoodNetCounts>,
  place: Pick<Count, 'split' | 'channelsPruned' | 'ofGoodnet'>,
): Count[] {
  const clean = { correct, rejectedClean };
  const poisoned = { hits, robust, rejectedPoisoned };
  return [
    ...Object.entries(clean).map(([what, value = 0]) => ({ ...place, attack: null, what, value })),
    ...Object.entries(poisoned).flatMap(([what, counts = {}]) =>
      Object.entries(counts).map(([attack, value]) => ({ ...place, attack, what, value })),
    ),
  ];
}

/**
 * A model without its counts, and without what is computed of them, which `verify` does of the recorded ones. What is no
 * net of a step of the sweep keeps its own.
 */
const besideCounts = ({ sweep, candidates, gate: _, findings: __, ...model }: ModelReport): object => ({
  ...model,
  images: [sweep.clean, sweep.poisoned, sweep.steps.map(({ channel }) => channel)],
  candidates: candidates.map(({ validation, test, change: _, ...candidate }) =>
    isStep(candidate) ? candidate : { ...candidate, validation, test },
  ),
});

/** The near ties of the nets and datasets of some counts, and of the original net on these datasets. */
async function tiesOf(
  counts: readonly Count[],
  { path: file, ranking }: ModelReport,
  config: Config,
  world: Pick<World, 'cwd' | 'assets' | 'signal'>,
): Promise<Tie[]> {
  const { model } = await openModel(file, config, world);
  const evaluator = await openEvaluator(config, world);
  const data = new NetData(splitsOf(config), dataFormat(config), { ...world, evaluator });
  try {
    const opened = await data.open(splitNet(model, chooseTarget(model, config).target.cut));
    const splits = (['validation', 'test'] as const).slice(0, opened.length);
    const found: Tie[] = [];
    for (const [i, split] of splits.entries()) {
      for (const [attack, chunks] of datasetsOf(opened[i]!)) {
        const own = counts.filter((count) => count.split === split && count.attack === attack);
        if (own.length === 0) continue;
        const steps = [...new Set([0, ...own.map(({ channelsPruned }) => channelsPruned)])];
        const offs = steps.map((step) => Int32Array.from(ranking.order.slice(0, step)));
        const ties = await nearTies(chunks, offs);
        ties.forEach((some, at) =>
          some.forEach((tie) => found.push({ ...tie, split, attack, channelsPruned: steps[at]! })),
        );
      }
    }
    return found;
  } finally {
    await data.close();
    await evaluator.stop();
  }
}

const datasetsOf = ({ clean, attacks }: Split) => [[null, clean] as const, ...attacks];

/** The images by which a count may be off: a GoodNet asks the original net as well. */
const imagesOf = ({ split, attack, channelsPruned, ofGoodnet }: Count, ties: readonly Tie[]): Set<number> =>
  new Set(
    ties
      .filter((tie) => tie.split === split && tie.attack === attack)
      .filter((tie) => tie.channelsPruned === channelsPruned || (ofGoodnet && tie.channelsPruned === 0))
      .map(({ image }) => image),
  );

/** Of each image the nearest tie. */
function nearest(ties: readonly Tie[]): Tie[] {
  const found = new Map<string, Tie>();
  for (const tie of ties) {
    const key = JSON.stringify([tie.split, tie.attack, tie.image]);
    const known = found.get(key);
    if (known === undefined || tie.apart < known.apart) found.set(key, tie);
  }
  return [...found.values()];
}

const textOf = ({ split, attack, image, classes: [best, second], apart, channelsPruned }: Tie): string =>
  `image ${image} of ${attack === null ? 'the clean images' : `attack ${attack}`} (${split}) lies within rounding: its scores for ` +
  `classes ${best} and ${second} are ${apart.toPrecision(2)} apart${channelsPruned === 0 ? '' : ` with ${channelsText(channelsPruned)} pruned`}`;
