import { type Static, Type } from '@sinclair/typebox';
import type { Defense } from '../../src/defense/defense.ts';
import { listCandidates } from '../../src/defense/pruning/candidates.ts';
import { chooseTarget } from '../../src/defense/pruning/default-layer.ts';
import { prunedWeights } from '../../src/defense/pruning/prune.ts';
import { sweep } from '../../src/defense/pruning/sweep.ts';
import { splitNet } from '../../src/engine/parts.ts';
import { sizesOf } from '../../src/engine/split.ts';
import type { DefenseName } from '../../src/settings/config.ts';
import type { CandidateReport } from '../../src/report/record/report.ts';
import { type Candidate, figuresOf } from '../../src/verdict/figures.ts';

export const trace = { halves: Type.Object({ pruned: Type.Integer({ minimum: 0 }) }) };
export const finding = Type.Object({ code: Type.Literal('halved'), pruned: Type.Integer() });
export type Trace = { halves: Static<(typeof trace)['halves']> };
export type Finding = Static<typeof finding>;

/** The checkpoint's name is taken from a candidate of pruning, and its own given to it. */
const ofHalf = ({ kind, ...candidate }: Candidate): Candidate => ({
  ...candidate,
  kind,
  checkpoint: null,
  stage: 'half',
});

/** A defense made up: the first half of the channels is pruned at once. */
export const halving: Defense<Trace, Finding> = {
  name: 'halving' as DefenseName,
  trace,
  findings: [finding],
  stages: () => ['half'],
  propose: async ({ model, config, open, progress }) => {
    const { target } = chooseTarget(model, config);
    const opened = await open(splitNet(model, target.cut));
    const off = Int32Array.from({ length: target.cut.channels >> 1 }, (_, c) => c);
    const steps = await sweep(
      opened.validation,
      off,
      [0, off.length],
      progress('halving', [opened.validation.clean.data]),
    );
    const measured = { steps, sizes: sizesOf(opened.validation) };
    const [original, ...others] = listCandidates([{ checkpoint: 1, step: off.length }], measured, null);
    const nets = [new Int32Array(), off, off].map((pruned) => ({
      opened: () => Promise.resolve(opened),
      off: pruned,
      edits: () => prunedWeights(target, pruned),
    }));
    return { ...proposal([original!, ...others.map(ofHalf)], off.length), nets, furthest: nets[1]! };
  },
  recall: ({ candidates, halves }) => {
    const [original, ...others] = candidates as CandidateReport[];
    const again = ({
      kind,
      checkpoint,
      stage,
      channelsPruned,
      validation: { clean, poisoned, ...counts },
    }: CandidateReport) => ({
      kind,
      checkpoint,
      ...(stage === undefined ? {} : { stage }),
      channelsPruned,
      validation: figuresOf(
        {
          correct: counts.correct,
          hits: counts.hits,
          robust: counts.robust,
          ...(counts.rejectedClean === undefined
            ? {}
            : { rejectedClean: counts.rejectedClean, rejectedPoisoned: counts.rejectedPoisoned! }),
        },
        original!.validation,
        { clean, poisoned },
      ),
      test: null,
    });
    return proposal([original!, ...others.filter(({ stage }) => stage === 'half')].map(again), halves.pruned);
  },
  sentence: ({ pruned }) => `Half of the channels are pruned: ${pruned}.`,
};

const proposal = (candidates: readonly Candidate[], pruned: number) => ({
  candidates,
  trace: () => ({ halves: { pruned } }),
  findings: () => ({ method: [], stages: [], outcome: [{ code: 'halved' as const, pruned }] }),
});
