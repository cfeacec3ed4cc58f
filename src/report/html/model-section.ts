import { percentText } from '../../verdict/metrics.ts';
import { advice } from '../advice.ts';
import { barsLine } from '../charts/comparison-option.ts';
import { code, link } from '../escape.ts';
import { acceptedKinds } from '../candidate-tables.ts';
import type { CandidateReport, ModelReport, Report } from '../record/report.ts';
import { findingSentences, limits, sizes } from '../sections.ts';
import { candidateName, verdictLine } from '../wording.ts';
import { drawn } from '../columns.ts';
import { triggerColumns, triggerRows, triggerWords } from '../trigger-columns.ts';
import { drawnTable, folded, inline } from './elements.ts';
import type { Gallery } from '../record/gallery.ts';
import { gallery, triggerPictures } from './gallery.ts';
import { mark } from './mark.ts';
import { candidateTable, figureTable, stepTable } from './tables.ts';

/** What a section is made of besides its model. */
export interface SectionFacts {
  /** Its place in the report. */
  index: number;
  /** Pictures, or a sentence about why there are none. */
  pictures: Gallery | string;
  /** Rows of the table of steps at most. */
  steps: number;
  /** Whether it opens on a click. */
  isFolded: boolean;
}

/** One model: verdict and recommended candidate first, then what they rest on. */
export function modelSection(
  model: ModelReport,
  report: Report,
  { index, pictures, steps, isFolded }: SectionFacts,
): string {
  const { gate, sweep } = model;
  const id = `m${index}`;
  const csv = `<a href="${link(`${model.name}/sweep.csv`)}">sweep.csv</a>`;
  const body = [
    recommended(model),
    `<p>${inline(advice(model, report))}</p>`,
    `<p class="quiet">${model.classes} classes, ${sweep.steps.length - 1} channels. SHA-256 ${code(model.sha256)}</p>`,
    `<h3 id="${id}-candidates">Candidates</h3>`,
    `<p>${inline(limits(model))}</p>`,
    candidateTable(model, acceptedKinds(report)),
    `<p class="quiet">${barsLine(model)}</p>`,
    chart(
      index,
      'comparison',
      'Bar chart: accuracy and highest attack success rate of each candidate. The table of candidates has the figures.',
    ),
    figureTable(model),
    ...findings(model, id),
    ...triggers(model, id, pictures),
    `<h3 id="${id}-sweep">The sweep</h3>`,
    `<p>${order(model)} A checkpoint X is the first step at which accuracy has dropped by at least X points. Measured on ${sizes(model)}.</p>`,
    chart(
      index,
      'sweep',
      'Line chart: accuracy and attack success rate over the fraction of channels pruned. The slider reads out each step, the table of steps has the figures.',
    ),
    `<h4>Mean activation at ${code(model.rankLayer)} of the channels in this order</h4>`,
    chart(
      index,
      'activation',
      'Area chart: mean activation of the channels in the order in which they are pruned. The table of steps has the figures.',
    ),
    stepTable(model, steps, csv),
    `<h3 id="${id}-images">Images</h3>`,
    typeof pictures === 'string' ? `<p>${pictures}</p>` : gallery(pictures),
  ].join('\n');
  const heading = `<h2 id="${id}-name">${mark(gate.verdict)} ${code(model.path)}</h2>\n<p class="verdict">${verdictLine(model)}</p>`;
  const content = isFolded ? folded(`Candidates, sweep and images of ${code(model.path, 60)}`, body) : body;
  return `<section id="${id}" aria-labelledby="${id}-name">\n${heading}\n${content}\n</section>`;
}

function recommended({ candidates, gate, sweep }: ModelReport): string {
  const candidate = gate.recommended === null ? undefined : candidates[gate.recommended];
  if (candidate === undefined) return '';
  const figures = candidate[gate.judgedOn] ?? candidate.validation;
  const before = candidates[0]![gate.judgedOn] ?? candidates[0]!.validation;
  const figure = (name: string, value: (of: CandidateReport['validation']) => string) =>
    `<div><dt>${name}</dt><dd>${value(figures)}</dd>${candidate.kind === 'original' ? '' : `<dd class="quiet">original ${value(before)}</dd>`}</div>`;
  const word = gate.verdict === 'inconclusive' ? 'undecided' : 'recommended';
  return (
    `<dl class="recommended" aria-label="Candidate: ${word}"><div><dt>${word}</dt><dd>${candidateName(candidate)}</dd><dd class="quiet">${candidate.channelsPruned} of ${sweep.steps.length - 1} channels pruned</dd></div>` +
    `${figure(`accuracy, ${gate.judgedOn}`, ({ accuracy }) => percentText(accuracy))}${figure(`ASR, ${gate.judgedOn}`, ({ maxAsr }) => percentText(maxAsr))}</dl>`
  );
}

function findings(model: ModelReport, id: string): string[] {
  const sentences = findingSentences(model);
  return sentences.length === 0
    ? []
    : [
        `<h3 id="${id}-findings">Findings</h3>`,
        `<ul>\n${sentences.map((text) => `<li>${inline(text)}</li>`).join('\n')}\n</ul>`,
      ];
}

function triggers(model: ModelReport, id: string, pictures: SectionFacts['pictures']): string[] {
  const rows = triggerRows(model);
  if (rows.length === 0) return [];
  return [
    `<h3 id="${id}-triggers">Reversed triggers</h3>`,
    `<p>${triggerWords}</p>`,
    drawnTable(
      'Reversed triggers',
      'The classes with the smallest masks, round by round.',
      drawn(triggerColumns, rows),
    ),
    ...(typeof pictures === 'string' || pictures.triggers === undefined ? [] : [triggerPictures(pictures)]),
  ];
}

function order({ findings: found, layer, prunes, rankLayer }: ModelReport): string {
  const what = `Channels of ${code(layer)}${prunes === 'inputs' ? ' (its inputs)' : ''} are pruned`;
  return found.some((finding) => finding.code === 'order-given')
    ? `${what} in the order that the settings give.`
    : `${what} from the least active up, by their mean activation at ${code(rankLayer)} on clean validation images.`;
}

/** A place that the page's script draws into when it comes into view; without script it takes no room. */
const chart = (index: number, kind: 'sweep' | 'comparison' | 'activation', words: string): string =>
  `<div class="chart" data-chart="${kind}" data-model="${index}" role="img" aria-label="${words}" hidden></div>`;
