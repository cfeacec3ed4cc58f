import type { Kind } from '../settings/config.ts';
import { metrics, signOf } from '../verdict/metric-table.ts';
import { percentText } from '../verdict/metrics.ts';
import { candidateColumns, type CandidateTable, marginText } from './candidate-columns.ts';
import { drawn } from './columns.ts';
import { drawnMarkdown } from './drawn-markdown.ts';
import { code } from './escape.ts';
import type { ModelReport, Report } from './record/report.ts';
import { candidateName } from './wording.ts';

/** The accepted kinds that a report was made with. */
export const acceptedKinds = (report: Pick<Report, 'config'>): Kind[] =>
  (report.config['accept']?.value ?? []) as Kind[];

/** Keeps a name and its number on one line of a narrow cell. */
const joined = (text: string): string => text.replaceAll(' ', '\u00a0');

const starred = (name: string, star: string): string => `**${name}**${star}`;

/** Every candidate with all its figures. */
const figures: CandidateTable = {
  name: 'figures',
  mostAttacks: Infinity,
  head: (words, split) => `${words}, ${split}`,
  ofAttack: (figure, attack) => `${figure} ${code(attack)}`,
  candidate: (candidate, recommended) =>
    recommended ? starred(candidateName(candidate), ' ★') : candidateName(candidate),
  share: ({ rate, part, whole }) => (whole === 0 ? '–' : `${percentText(rate)} (${part}/${whole})`),
  ratings: false,
  joined: (text) => text,
  margin: marginText,
};

/** How sure the figures are; the defense effectiveness rating: 1 is a removed backdoor at no cost, 0.5 no effect; and triggered images that get their true class. */
const certainty: CandidateTable = {
  ...figures,
  name: 'certainty',
  candidate: candidateName,
  share: ({ interval }) => (interval == null ? '–' : `${interval[0].toFixed(2)} – ${interval[1].toFixed(2)}%`),
  ratings: true,
};

/** The candidates as the gate saw them, on the images that decide: figures, how far each limit is met (+) or missed (-), and whether it passes. */
const gateTableOf = ({ rules }: ModelReport['gate']): CandidateTable => ({
  ...figures,
  name: 'gate',
  head: (words, _, metric) => {
    const rule = rules.find((other) => other.metric === metric);
    const limit = rule === undefined ? '' : ` (${signOf(rule.metric)}\u00a0${rule.limit}${metrics[rule.metric].unit})`;
    return `${metric === 'accuracy' ? 'clean ' : ''}${words}${limit}`;
  },
  candidate: (candidate, recommended) => {
    const name = joined(candidateName(candidate));
    return recommended ? starred(name, '\u00a0★') : name;
  },
  share: ({ rate }) => percentText(rate),
  joined,
  margin: (rule) => marginText(rule, joined),
});

/** report.md's table. */
export const candidateTable = (model: ModelReport): string => tableOf(model, figures);

export const certaintyTable = (model: ModelReport): string => tableOf(model, certainty);

export const gateTable = (model: ModelReport, accepted: readonly Kind[]): string =>
  tableOf(model, gateTableOf(model.gate), accepted);

const tableOf = (model: ModelReport, table: CandidateTable, accepted?: readonly Kind[]): string =>
  drawnMarkdown(drawn(candidateColumns(model, table, accepted), model.candidates));
