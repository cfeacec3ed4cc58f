import { hasOtherReading } from '../../data/scaled.ts';
import { joined, type Net, type Nets, type Opened, type Proposal, type Subject } from '../../defense/defense.ts';
import { type DefenseFinding, defensesOf } from '../../defense/registry.ts';
import { dataOf, type Split } from '../../engine/split.ts';
import type { ModelOutcome } from '../../report/record/assemble.ts';
import { type Baseline, changesSince, dataIdentity } from '../../report/record/baseline.ts';
import { findings } from '../../report/record/findings.ts';
import { repeatsValidation } from '../../report/record/repeats.ts';
import { asrFloors } from '../../verdict/asr-floor.ts';
import { type Doubt, doubtOf } from '../../verdict/doubt.ts';
import type { Candidate } from '../../verdict/figures.ts';
import { gate, type GateResult, type SplitName } from '../../verdict/gate.ts';
import { type Rounded, type RoundedNet, roundOtherwise } from '../../verdict/rounding.ts';
import { targetClasses } from '../../verdict/target-classes.ts';
import type { OpenedData } from '../opened-data.ts';

/** What a net is judged by besides its subject. */
export interface Judging {
  /** The model's path. */
  name: string;
  /** The files that it was read from. */
  inputs: ModelOutcome['inputs'];
  data: OpenedData;
  baseline: Baseline | null;
  signal?: AbortSignal | undefined;
}

/** What all defenses came to on one net, and the verdict. */
export interface Judged extends Pick<
  ModelOutcome,
  'inputs' | 'candidates' | 'changes' | 'rounding' | 'verdict' | 'findings'
> {
  proposals: (Proposal<object, DefenseFinding> & Nets)[];
  /** In the order of the candidates; open as long as the data is. */
  nets: Net[];
}

/** All defenses on one net, from its data to its verdict. Needs nothing of Node's. Throws GoodnetError for data that cannot be used. */
export async function judged(subject: Subject, judging: Judging): Promise<Judged> {
  const { model, config } = subject;
  const { name, data, baseline, signal } = judging;
  const proposals: Judged['proposals'] = [];
  for (const defense of defensesOf(config)) proposals.push(await defense.propose(subject, proposals));
  const candidates = joined(proposals.map((proposal) => proposal.candidates));
  const nets = joined(proposals.map((proposal) => proposal.nets));
  const splits = bySplit(await nets[0]!.opened());
  const inputs = [...judging.inputs, ...(await data.inputs())];
  const recorded = inputs.map(({ file: path, ...input }) => ({ path, ...input }));
  const changes = baseline === null ? [] : changesSince(baseline, name, candidates, dataIdentity(config, recorded));
  const judge = (doubt: Doubt | null): GateResult => gate(candidates, config, config.accept, changes, doubt);
  const { rounding, doubt, verdict } = await judgedInDoubt(subject, candidates, nets, judge, signal);
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
  return { proposals, candidates, nets, inputs, changes, rounding, verdict, findings: found };
}

const bySplit = ({ validation, test }: Opened): [SplitName, Split][] => [
  ['validation', validation],
  ...(test === null ? [] : [['test', test] satisfies [SplitName, Split]]),
];

/** The verdict, once the original and the net that would be recommended are rounded otherwise: what is in doubt is recommended no more. */
async function judgedInDoubt(
  { model, progress }: Subject,
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
  const watching = { signal, progress: (count: number) => progress('rounding', [{ count }]) };
  const rounding = await roundOtherwise(rounded, model.sha256, passesOn, watching);
  const doubt = doubtOf(model, rounding);
  return { rounding, doubt, verdict: judge(doubt) };
}
