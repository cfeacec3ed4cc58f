import path from 'node:path';
import type { Clock } from '../../base/clock.ts';
import type { Config } from '../../settings/config.ts';
import { dataFormat } from '../../settings/data-format.ts';
import { splitsOf } from '../../settings/split-files.ts';
import { asrFloors } from '../../verdict/asr-floor.ts';
import { hasOtherReading } from '../../data/dataset.ts';
import { joined, type Net, type Nets, type Opened, type Proposal, type Subject } from '../../defense/defense.ts';
import { type DefenseFinding, defensesOf } from '../../defense/registry.ts';
import { targetClasses } from '../../verdict/target-classes.ts';
import type { Candidate } from '../../verdict/figures.ts';
import { type Rounded, type RoundedNet, roundOtherwise } from '../../verdict/rounding.ts';
import { dataOf, type Split } from '../../engine/split.ts';
import { type Doubt, doubtOf } from '../../verdict/doubt.ts';
import { findings } from '../../report/record/findings.ts';
import { pickGallery } from './gallery.ts';
import { unlearningSeconds } from './estimate.ts';
import { subjectOf } from './subject.ts';
import { gate, type GateResult, type SplitName } from '../../verdict/gate.ts';
import { openModel } from '../../models/find-models.ts';
import type { Model } from '../../models/net.ts';
import { NetData } from '../open-data.ts';
import type { ModelOutcome } from '../../report/record/assemble.ts';
import { type Baseline, changesSince, dataIdentity } from '../../report/record/baseline.ts';
import { repeatsValidation } from '../../report/record/repeats.ts';
import type { Output } from '../../output/output.ts';
import { stageModelFiles } from '../../report/write-models.ts';
import type { Stage } from '../profile.ts';
import { progressOf } from '../progress.ts';
import { triggerIdentity, triggersIn } from '../scanned-triggers.ts';
import type { Listener } from '../listener.ts';
import type { World } from '../world.ts';
import type { Evaluator } from '../../engine/evaluator.ts';

type Place = Pick<World, 'cwd' | 'assets' | 'signal' | 'version'> & {
  listener: Listener;
  evaluator: Evaluator;
  clock: Clock<Stage>;
  /** Whether to measure how long unlearning would take. */
  estimates?: boolean;
  /** What was found of the model. */
  kept: Subject['kept'];
  /** The folder in which a scan left triggers of the model. */
  scanFolder?: string | undefined;
};

/** All defenses on one model, from its file to its verdict. Throws GoodnetError for a model or data that cannot be used. */
export async function defend(
  name: string,
  folder: string,
  config: Config,
  output: Output,
  { kept, scanFolder, ...place }: Place,
  baseline: Baseline | null = null,
): Promise<ModelOutcome> {
  const { model, bytes, again, inputs: modelInputs } = await openModel(name, config, place);
  const data = new NetData(splitsOf(config), dataFormat(config), place);
  const subject = subjectOf(model, config, data, {
    progress: progressOf(name, place),
    kept,
    scanned: async () => {
      if (scanFolder === undefined) return null;
      const [images] = await data.inputs();
      const identity = triggerIdentity(place, config, modelInputs, images!);
      const found = triggersIn(path.resolve(place.cwd, scanFolder), identity, model);
      const problem = typeof found === 'string' ? found : null;
      place.listener.scanned?.({ model: name, folder: scanFolder, problem });
      return typeof found === 'string' ? null : found;
    },
    started: () => place.clock.lap('start'),
  });
  try {
    const proposals: (Proposal<object, DefenseFinding> & Nets)[] = [];
    for (const defense of defensesOf(config)) proposals.push(await defense.propose(subject, proposals));
    const candidates = joined(proposals.map((proposal) => proposal.candidates));
    const nets = joined(proposals.map((proposal) => proposal.nets));
    const splits = bySplit(await nets[0]!.opened());
    const inputs = [...modelInputs, ...(await data.inputs())];
    const recorded = inputs.map(({ file: path, ...input }) => ({ path, ...input }));
    const changes = baseline === null ? [] : changesSince(baseline, name, candidates, dataIdentity(config, recorded));
    const judge = (doubt: Doubt | null): GateResult => gate(candidates, config, config.accept, changes, doubt);
    const { rounding, doubt, verdict } = await judgedInDoubt(model, candidates, nets, judge, place.signal);
    place.clock.lap('compute');
    const triggers = proposals.flatMap((proposal) => proposal.triggers ?? []);
    const shown = verdict.recommended ?? 0;
    const pictured = shown === 0 ? proposals[0]!.furthest : nets[shown]!;
    const [files, pictures] = await both(
      stageModelFiles({ model, bytes, again, candidates, nets }, output, folder),
      pickGallery(nets[0]!, pictured, { judgedOn: verdict.judgedOn, triggers }, place.signal),
    );
    place.clock.lap('write');
    const found = findings({
      config,
      precision: model.precision,
      proposals,
      candidates,
      verdict,
      floors: splits.map(([split, opened]) => ({ split, floors: asrFloors(opened) })),
      targets: splits.map(([split, opened]) => ({ split, classes: targetClasses(opened) })),
      repeats: repeatsValidation(config, recorded),
      foldersByNumber: splits.some(([, split]) => dataOf(split).some(hasOtherReading)),
      doubt,
    });
    return {
      path: name,
      folder,
      model,
      inputs,
      proposals,
      candidates,
      files,
      verdict,
      findings: found,
      changes,
      rounding,
      pictures,
      unlearningSeconds:
        place.estimates && found.some(({ code }) => code === 'unlearning-may-repair')
          ? await unlearningSeconds(subject, place.evaluator.count)
          : null,
    };
  } finally {
    place.clock.lap('compute');
    await data.close();
  }
}

/** What two works at once come to. Where one fails the other has ended, too, before its error is thrown. */
async function both<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return [await one, await other];
}

const bySplit = ({ validation, test }: Opened): [SplitName, Split][] => [
  ['validation', validation],
  ...(test === null ? [] : [['test', test] satisfies [SplitName, Split]]),
];

/** The verdict, once the original and the net that would be recommended are rounded otherwise: what is in doubt is recommended no more. */
async function judgedInDoubt(
  model: Model,
  candidates: readonly Candidate[],
  nets: readonly Net[],
  judge: (doubt: Doubt | null) => GateResult,
  signal: AbortSignal | undefined,
): Promise<{ rounding: Rounded[]; doubt: Doubt | null; verdict: GateResult }> {
  const first = doubtOf(model);
  if (first !== null) return { rounding: [], doubt: first, verdict: judge(first) };
  const { recommended, judgedOn } = judge(null);
  const rounded: RoundedNet[] = [];
  for (const i of new Set([0, recommended ?? 0])) {
    const { stage, off, opened } = nets[i]!;
    const { channelsPruned } = candidates[i]!;
    rounded.push({ channelsPruned, ...(stage !== undefined && { stage }), off, ...(await opened()) });
  }
  const passesOn = recommended === null ? null : judgedOn;
  const rounding = await roundOtherwise(rounded, model.sha256, passesOn, signal);
  const doubt = doubtOf(model, rounding);
  return { rounding, doubt, verdict: judge(doubt) };
}
