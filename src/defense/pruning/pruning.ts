import type { Config } from '../../settings/config.ts';
import type { Edits } from '../../models/net.ts';
import { splitNet } from '../../engine/parts.ts';
import { dataOf, sizesOf, type Split } from '../../engine/split.ts';
import { type Candidate, dropName } from '../../verdict/figures.ts';
import type { Defense, Net, Opened, Proposal, Subject } from '../defense.ts';
import { bestStep } from './best.ts';
import { listCandidates } from './candidates.ts';
import { checkpoints } from './checkpoints.ts';
import { chooseTarget } from './default-layer.ts';
import { findingsOf, type PruningFinding, pruningFindings } from './findings.ts';
import { prunedWeights } from './prune.ts';
import { bestStage, keptSteps, type Measured, type Pruned } from './pruned.ts';
import { givenOrder, rank } from './rank.ts';
import { recalled } from './recall.ts';
import { sweep } from './sweep.ts';
import type { Target } from './target.ts';
import { type PruningTrace, pruningTrace, traceOf } from './trace.ts';
import { pruningSentence } from './words.ts';

/**
 * Prunes the least active channels of a layer, and keeps the nets at checkpoints of clean validation accuracy.
 * Source: K. Liu, B. Dolan-Gavitt, S. Garg, "Fine-Pruning: Defending Against Backdooring Attacks on Deep Neural Networks", RAID 2018.
 */
export const pruning = {
  name: 'pruning',
  trace: pruningTrace,
  findings: pruningFindings,
  stages: ({ checkpoints: drops }: Config) => [...drops.map(dropName), bestStage],
  propose,
  recall: (recorded, config) => proposalOf(recalled(recorded, config), config),
  sentence: pruningSentence,
} satisfies Defense<PruningTrace, PruningFinding>;

async function propose(subject: Subject) {
  const { model, config } = subject;
  const { target, reason } = chooseTarget(model, config);
  const parts = splitNet(model, target.cut);
  const { validation, test } = await subject.open(parts);
  const given = config.order && givenOrder(config.order, parts.channels, target.layer.name, model.file);
  const ranking = await rank(parts, validation.clean, subject.progress('ranking', [validation.clean.data]));
  const order = given ?? ranking.order;
  const counted = async (split: Split, stage: string, stops: readonly number[]): Promise<Measured> => ({
    sizes: sizesOf(split),
    steps: await sweep(split, order, stops, subject.progress(stage, dataOf(split))),
  });
  const everyStep = Array.from({ length: order.length + 1 }, (_, k) => k);
  const onValidation = await counted(validation, 'sweep', everyStep);
  const picks = checkpoints(onValidation.steps, onValidation.sizes.clean, config.checkpoints);
  const best = bestStep(onValidation, picks, config);
  const kept = keptSteps({ picks, best }).map(({ step }) => step);
  const last = picks.some(({ step }) => step !== null) ? [] : [order.length];
  const stops = [...new Set([0, ...kept, ...last])].sort((a, b) => a - b);
  const pruned: Pruned = {
    target,
    reason,
    ranking: { ...ranking, order },
    orderIsGiven: given !== undefined,
    validation: onValidation,
    test: test && (await counted(test, 'test', stops)),
    picks,
    best,
  };
  const proposed = proposalOf(pruned, config);
  return { ...proposed, ...netsOf(proposed.candidates, { validation, test }, target, order) };
}

/** What is proposed of what was counted. */
export function proposalOf(pruned: Pruned, config: Config): Proposal<PruningTrace, PruningFinding> {
  return {
    candidates: listCandidates(keptSteps(pruned), pruned.validation, pruned.test),
    trace: (keep) => traceOf(pruned, keep),
    findings: (verdict) => findingsOf(pruned, config, verdict),
  };
}

function netsOf(candidates: readonly Candidate[], opened: Opened, target: Target, order: Int32Array) {
  const netAt = (step: number): Net => {
    const off = order.subarray(0, step);
    return { opened: () => Promise.resolve(opened), off, edits: (): Edits => prunedWeights(target, off) };
  };
  const steps = candidates.map(({ channelsPruned }) => channelsPruned);
  return { nets: steps.map(netAt), furthest: netAt(Math.max(...steps) || order.length) };
}
