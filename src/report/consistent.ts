import { attackName } from '../config.ts';
import { findingProblem } from './finding-schema.ts';
import type { CandidateReport, ModelReport } from './report.ts';

type Step = ModelReport['sweep']['steps'][number];
type ByAttack = Record<string, number>;

/** Why the parts of a model's report by somebody else do not fit each other; null where they do. Percentages and verdicts are not looked at: they are made again from the counts. */
export function inconsistency(model: ModelReport): string | null {
  const { sweep, candidates, checkpoints, findings, ranking } = model;
  const attacks = keys(sweep.poisoned);
  if (!attacks.every((attack) => attackName.test(attack))) return 'names an attack as none is called';
  if (!sizesFit(sweep.clean, sweep.poisoned)) return 'counts images as none are counted';
  const channels = ranking.meanActivation.length;
  if (!sweep.steps.every((step, i) => step.step === i && (i === 0) === (step.channel === null) && (step.channel ?? -1) < channels && stepFits(step, sweep))) return 'has a sweep whose steps do not fit each other';
  if (!checkpoints.every(({ step }) => step === null || step < sweep.steps.length)) return 'has a checkpoint beyond its sweep';
  const names = candidates.map(({ kind, checkpoint }) => `${kind} ${checkpoint}`);
  if (new Set(names).size < names.length) return 'has a candidate twice';
  if (!candidates.every((candidate, i) => (candidate.kind === 'original') === (i === 0) && candidateFits(candidate, model, attacks))) return 'has a candidate whose counts cannot be';
  for (const finding of findings) {
    const problem = findingProblem(finding) ?? (((finding as { candidate?: number }).candidate ?? 0) < candidates.length ? null : 'names a candidate that is not there');
    if (problem !== null) return `has a finding that is none (${problem})`;
  }
  return null;
}

const keys = (part: object): string[] => Object.keys(part).sort();
const sameKeys = (part: object, names: readonly string[]): boolean => keys(part).join('\n') === names.join('\n');
const same = (one: ByAttack, other: ByAttack): boolean => sameKeys(one, keys(other)) && Object.entries(one).every(([attack, count]) => count === other[attack]);
const within = (part: ByAttack, whole: ByAttack): boolean => Object.entries(part).every(([attack, count]) => Object.hasOwn(whole, attack) && count <= whole[attack]!);

function stepFits({ correct, hits, robust, goodnet }: Step, { clean, poisoned }: ModelReport['sweep']): boolean {
  const attacks = keys(poisoned);
  const fits = (net: { correct: number; hits: ByAttack; robust: ByAttack }): boolean => net.correct <= clean && sameKeys(net.hits, attacks) && within(net.hits, poisoned) && within(net.robust, poisoned);
  return fits({ correct, hits, robust }) && fits(goodnet) && goodnet.rejectedClean <= clean && sameKeys(goodnet.rejectedPoisoned, attacks) && within(goodnet.rejectedPoisoned, poisoned)
    && sameKeys(goodnet.robust, keys(robust));
}

/** On validation a candidate is a step of the sweep; on test there are other images, of the same attacks. */
function candidateFits({ kind, channelsPruned, validation, test }: CandidateReport, { sweep }: ModelReport, attacks: readonly string[]): boolean {
  const step = sweep.steps[channelsPruned];
  if (step === undefined || (kind === 'original' && channelsPruned > 0)) return false;
  const net = kind === 'goodnet' ? step.goodnet : step;
  const swept = validation.clean === sweep.clean && same(validation.poisoned, sweep.poisoned) && validation.correct === net.correct && same(validation.hits, net.hits) && same(validation.robust, net.robust)
    && (kind !== 'goodnet' || (validation.rejectedClean === step.goodnet.rejectedClean && same(validation.rejectedPoisoned ?? {}, step.goodnet.rejectedPoisoned)));
  return swept && (test === null || (sizesFit(test.clean, test.poisoned) && test.correct <= test.clean && sameKeys(test.poisoned, attacks) && sameKeys(test.hits, attacks) && within(test.hits, test.poisoned)
    && within(test.robust, test.poisoned) && sameKeys(test.robust, keys(net.robust))
    && (kind !== 'goodnet' || ((test.rejectedClean ?? 0) <= test.clean && sameKeys(test.rejectedPoisoned ?? {}, attacks) && within(test.rejectedPoisoned ?? {}, test.poisoned)))));
}

const sizesFit = (clean: number, poisoned: ByAttack): boolean => [clean, ...Object.values(poisoned)].every((images) => Number.isSafeInteger(images) && images > 0);
