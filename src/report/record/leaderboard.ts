import type { RunVerdict } from '../../verdict/gate.ts';
import { otherData } from './baseline.ts';
import { recomputed } from './recheck.ts';
import type { CandidateReport, ModelReport, Report } from './report.ts';

/** A report that somebody has, under the name by which it was given. */
export interface NamedReport {
  name: string;
  report: Report;
}

/** One model of one report, with the figures of the candidate that its gate recommends, else of the submitted net. */
export interface Standing {
  report: string;
  model: string;
  verdict: RunVerdict;
  /** Null for a model that was refused. */
  candidate: CandidateReport | null;
  split: 'validation' | 'test';
  /** The attack with the highest ASR; null where none was measured. */
  worstAttack: string | null;
  /** What it is compared with; null for the first model and for those that were refused. */
  against: { report: string; model: string } | null;
  /** Points since then; null where there is nothing to compare. */
  accuracyChange: number | null;
  asrChange: number | null;
  /** Why it cannot be compared; null if it can. */
  notComparable: string | null;
}

export interface Leaderboard {
  /** Best first. */
  standings: Standing[];
  /** The first model of the first report: what others are compared with. */
  first: Standing;
  /** Reports whose verdict is another than that of their own counts. */
  notes: { report: string; said: RunVerdict; counted: RunVerdict }[];
}

const byVerdict: readonly RunVerdict[] = ['passed', 'inconclusive', 'repairable', 'ungated', 'failed', 'error'];

/**
 * Models of one or several reports, best first: by verdict (passed, inconclusive, repairable, ungated, failed, refused), then higher accuracy, lower ASR, fewer
 * channels pruned. Each is compared with the model of the same path in the first report, else with the first model there, if both were measured on
 * the same data. Figures and verdicts are made again from the counts. Throws `report-invalid` for counts that no run can have.
 */
export function leaderboard(reports: readonly NamedReport[]): Leaderboard {
  const checked = reports.map(({ name, report }) => ({ name, report: recomputed(report, null), said: report.verdict }));
  const [base] = checked;
  const all = checked.flatMap(({ name, report }) => [
    ...report.models.map((model) => standing(name, model)),
    ...report.errors.map(({ path }): Standing => ({ ...nothing, report: name, model: path, verdict: 'error' })),
  ]);
  const own = all.slice(0, base!.report.models.length + base!.report.errors.length);
  const first = own[0]!;
  const compared = all.map((each, i) => {
    const report = checked.find(({ name }) => name === each.report)!.report;
    const before = i < own.length ? first : (own.find(({ model }) => model === each.model) ?? first);
    return each === before ? each : against(before, each, otherData(base!.report, report));
  });
  const notes = checked
    .filter(({ report, said }) => report.verdict !== said)
    .map(({ name, report, said }) => ({ report: name, said, counted: report.verdict }));
  return { standings: [...compared].sort(order), first: compared[0]!, notes };
}

const nothing = {
  candidate: null,
  split: 'validation' as const,
  worstAttack: null,
  against: null,
  accuracyChange: null,
  asrChange: null,
  notComparable: null,
};

function standing(report: string, { path: model, gate, candidates }: ModelReport): Standing {
  const candidate = candidates[gate.recommended ?? 0]!;
  const { asr, maxAsr } = candidate[gate.judgedOn]!;
  return {
    ...nothing,
    report,
    model,
    verdict: gate.verdict,
    candidate,
    split: gate.judgedOn,
    worstAttack: Object.keys(asr).find((attack) => asr[attack] === maxAsr) ?? null,
  };
}

/** The figures of a standing; null for a model that was refused. */
export const figuresOf = ({ candidate, split }: Standing): CandidateReport['validation'] | null =>
  candidate && candidate[split];

function against(before: Standing, each: Standing, reason: string | null): Standing {
  const [then, now] = [figuresOf(before), figuresOf(each)];
  if (now === null) return each;
  const { report, model } = before;
  const notComparable = then === null ? 'the first was not evaluated' : reason;
  if (notComparable !== null) return { ...each, against: { report, model }, notComparable };
  const change = (to: number | null, from: number | null) => (to === null || from === null ? null : to - from);
  return {
    ...each,
    against: { report, model },
    accuracyChange: change(now.accuracy, then!.accuracy),
    asrChange: change(now.maxAsr, then!.maxAsr),
  };
}

function order(a: Standing, b: Standing): number {
  const [one, other] = [figuresOf(a), figuresOf(b)];
  return (
    byVerdict.indexOf(a.verdict) - byVerdict.indexOf(b.verdict) ||
    (other?.accuracy ?? -1) - (one?.accuracy ?? -1) ||
    (one?.maxAsr ?? Infinity) - (other?.maxAsr ?? Infinity) ||
    (a.candidate?.channelsPruned ?? 0) - (b.candidate?.channelsPruned ?? 0) ||
    (a.model < b.model ? -1 : Number(a.model > b.model))
  );
}
