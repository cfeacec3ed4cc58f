import type { Sizes } from '../../engine/split.ts';
import type { Kind } from '../../settings/config.ts';
import { type Candidate, type Counts, type Figures, figuresOf, type GoodNetCounts } from '../../verdict/figures.ts';
import { counted, type SplitAnswers } from '../answers.ts';
import type { CountedNet } from '../counted.ts';
import type { Answered, Net, Recorded, Subject } from '../defense.ts';
import { type Edits, edited } from '../../models/net.ts';
import { splitNet } from '../../engine/parts.ts';

/** What was counted of a net on each split; null where there is no such split. */
export interface CountedOn<T> {
  validation: T;
  test: T | null;
}

/** The original net as it was counted, and of how many images. */
export type Original = CountedOn<{ counts: Counts; sizes: Sizes }>;

/** A net that was trained, by what its files are called. */
export interface Retrained {
  stage: string;
  channelsPruned: number;
  counts: CountedOn<CountedNet>;
}

/** The counts of the original, by its own answers. */
export function originalOf({ validation, test }: Answered): Original {
  const of = (answers: SplitAnswers) => ({ counts: counted(answers, answers).net, sizes: answers.sizes });
  return { validation: of(validation!), test: test && of(test) };
}

/** The counts of a trained net beside the original. */
export const countsOf = (original: Answered, own: Answered): CountedOn<CountedNet> => ({
  validation: counted(original.validation!, own.validation!),
  test: own.test && counted(original.test!, own.test),
});

/** The original, then each trained net and its GoodNet. */
export function candidatesOf(kind: Kind, original: Original, nets: readonly Retrained[]): Candidate[] {
  const { validation, test } = original;
  const figures = (onValidation: Counts | GoodNetCounts, onTest: Counts | GoodNetCounts | undefined) => ({
    validation: figuresOf(onValidation, validation.counts, validation.sizes),
    test: test && figuresOf(onTest!, test.counts, test.sizes),
  });
  return [
    { kind: 'original', checkpoint: null, channelsPruned: 0, ...figures(validation.counts, test?.counts) },
    ...nets.flatMap(({ stage, channelsPruned, counts: on }): Candidate[] => {
      const net = { checkpoint: null, stage, channelsPruned };
      return [
        { kind, ...net, ...figures(on.validation.net, on.test?.net) },
        { kind: 'goodnet', ...net, ...figures(on.validation.goodnet, on.test?.goodnet) },
      ];
    }),
  ];
}

/** The original and the nets of a kind again, by the counts of a record. */
export function recalledNets(kind: Kind, { candidates }: Recorded<object>): { original: Original; nets: Retrained[] } {
  const [first] = candidates as [Candidate];
  const sized = (figures: Figures) => ({
    counts: plain(figures),
    sizes: { clean: figures.clean, poisoned: figures.poisoned },
  });
  const nets = candidates.filter((candidate) => candidate.kind === kind);
  return {
    original: { validation: sized(first.validation), test: first.test && sized(first.test) },
    nets: nets.flatMap(({ stage = '', channelsPruned, ...net }): Retrained[] => {
      const goodnet = candidates.find((other) => other.kind === 'goodnet' && other.stage === stage);
      if (goodnet === undefined) return [];
      const pair = (own: Figures, joined: Figures): CountedNet => ({ net: plain(own), goodnet: rejecting(joined) });
      const test = net.test && goodnet.test && pair(net.test, goodnet.test);
      return [{ stage, channelsPruned, counts: { validation: pair(net.validation, goodnet.validation), test } }];
    }),
  };
}

const plain = ({ correct, hits, robust }: Figures): Counts => ({ correct, hits, robust });
const rejecting = ({ rejectedClean = 0, rejectedPoisoned = {}, ...figures }: Figures): GoodNetCounts => ({
  ...plain(figures),
  rejectedClean,
  rejectedPoisoned,
});

/** The nets of `candidatesOf`: the original, and those that were trained, with their weights. */
export function netsOf({ model, open }: Subject, nets: readonly Retrained[], weights: readonly Edits[]): Net[] {
  const netWith = (edits: Edits, stage?: string): Net => {
    let opened: ReturnType<Net['opened']> | undefined;
    return {
      ...(stage !== undefined && { stage }),
      opened: () => (opened ??= open(splitNet(edited(model, edits), null))),
      off: new Int32Array(),
      edits: () => edits,
    };
  };
  const trained = nets.map(({ stage }, i) => netWith(weights[i]!, stage));
  return [netWith(new Map()), ...trained.flatMap((net) => [net, net])];
}
