import { markdownTable } from 'markdown-table';
import type { Kind } from '../settings/config.ts';
import { marginOf, type Metric, metrics, signOf } from '../verdict/metric-table.ts';
import { percent, percentText } from '../verdict/metrics.ts';
import { code } from './escape.ts';
import type { CandidateReport, ModelReport, Report } from './record/report.ts';
import { candidateName } from './wording.ts';

type Rule = ModelReport['gate']['rules'][number];

/** Keeps a name and its number on one line of a narrow cell. */
const joined = (text: string): string => text.replaceAll(' ', '\u00a0');

/** The candidates as the gate saw them, on the images that decide: figures, how far each limit is met (+) or missed (-), and whether it passes. */
export function gateTable(model: ModelReport, accepted: readonly Kind[]): string {
  const { candidates, gate } = model;
  const attacks = Object.keys(candidates[0]!.validation.poisoned);
  const limit = (metric: Metric): string => {
    const rule = gate.rules.find((other) => other.metric === metric);
    return rule === undefined ? '' : ` (${signOf(metric)}\u00a0${rule.limit}${metrics[metric].unit})`;
  };
  const compared = candidates.some(({ change }) => change !== undefined);
  const head = [
    'candidate',
    'channels pruned',
    `clean accuracy${limit('accuracy')}`,
    ...attacks.map((attack) => `ASR ${code(attack)}${limit('asr')}`),
    'rejected',
    ...(compared ? ['since the baseline, points'] : []),
    'margin, points',
    'passes',
  ];
  const rows = candidates.map((candidate, i) => {
    const figures = candidate[gate.judgedOn]!;
    const rules = gate.rules.filter((rule) => rule.candidate === i);
    const row = [
      joined(candidateName(candidate)),
      String(candidate.channelsPruned),
      percentText(figures.accuracy),
      ...attacks.map((attack) => percentText(figures.asr[attack] ?? null)),
      rejected(candidate, figures),
      ...(compared ? [changed(candidate.change?.[gate.judgedOn])] : []),
      margins(rules, gate.judgedOn),
      passes(candidate, rules, accepted, gate),
    ];
    return i === gate.recommended ? row.map((cell, column) => (column === 0 ? `**${cell}**\u00a0★` : cell)) : row;
  });
  return markdownTable([head, ...rows], { align: ['l', ...head.slice(1, -1).map(() => 'r'), 'l'] });
}

/** The accepted kinds that a report was made with. */
export const acceptedKinds = (report: Pick<Report, 'config'>): Kind[] =>
  (report.config['accept']?.value ?? []) as Kind[];

/** What a GoodNet answers with its last class: of clean images too many are a loss, of poisoned ones they are the point. */
function rejected({ kind }: CandidateReport, figures: CandidateReport['validation']): string {
  if (kind !== 'goodnet') return '';
  const poisoned = Object.entries(figures.rejectedPoisoned ?? {}).map(
    ([attack, count]) => `${code(attack)}\u00a0${percentText(percent(count, figures.poisoned[attack]!))}`,
  );
  return [`clean\u00a0${percentText(percent(figures.rejectedClean ?? 0, figures.clean))}`, ...poisoned].join('<br>');
}

export const signed = (points: number): string => `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(2)}`;

function changed(change: NonNullable<CandidateReport['change']>['test'] | undefined): string {
  if (change === undefined || change.accuracy === null) return 'not comparable';
  return joined(`accuracy ${signed(change.accuracy)}${change.asr === null ? '' : `<br>ASR ${signed(change.asr)}`}`);
}

function margins(rules: readonly Rule[], split: Rule['split']): string {
  return rules
    .filter((rule) => rule.split === split)
    .map(({ metric, actual, limit }) => {
      const { short, sinceBaseline } = metrics[metric];
      if (actual === null) return `${short} not ${sinceBaseline ? 'comparable' : 'measured'}`;
      return joined(`${short} ${signed(marginOf(metric, actual, limit))}`);
    })
    .join('<br>');
}

/** Whether a candidate passes, given its rules and what is in the way of all. */
export function passes(
  { kind }: CandidateReport,
  rules: readonly Rule[],
  accepted: readonly Kind[],
  { doubt }: ModelReport['gate'],
): string {
  if (rules.length === 0) return '–';
  const missed = [...new Set(rules.filter((rule) => !rule.met).map((rule) => rule.split))];
  if (missed.length > 0)
    return missed.length === 1 && rules.some((rule) => rule.split !== missed[0]) ? `❌ on ${missed[0]}` : '❌';
  if (doubt !== undefined) return 'meets the limits, but is in doubt';
  return accepted.includes(kind) ? '✅' : 'meets the limits, kind not accepted';
}
