import { inspect, type Inspection } from '../jobs/inspect/inspect.ts';
import { preparedAs } from '../jobs/inspect/prepared.ts';
import type { Probe } from '../jobs/inspect/probe.ts';
import { choiceWords, doubtWords, layerColumns, netWords, probeWords, trialName } from '../jobs/inspect/words.ts';
import { run } from '../jobs/defend/run.ts';
import { endOf } from '../jobs/last-resort.ts';
import type { World } from '../jobs/world.ts';
import { writeZip } from '../formats/archive.ts';
import { drawn } from '../report/columns.ts';
import type { ModelReport, Report } from '../report/record/report.ts';
import { stageName } from '../report/stage-name.ts';
import { candidateName, verdictLine } from '../report/wording.ts';
import { dataSettings } from '../settings/data-files.ts';
import { resolveConfig } from '../settings/resolve-config.ts';
import { percentText } from '../verdict/metrics.ts';
import { suggestedLimits } from '../verdict/metric-table.ts';
import { filesBelow, place, readFileSync, rmSync } from './host/fs.ts';
import type { Files, Order, Outcome, Repaired, Seen, Told, Way } from './orders.ts';

/** Folders of the worker's own file system: what it is built with, what the user gave, and what a run writes. */
const parts = '/parts/',
  given = '/given',
  out = 'goodnet-out';

/** Puts what the worker is built with where the jobs look for it. */
export const placePart = (name: string, content: Uint8Array): void => place(`${parts}${name}`, content);

/** Does what the page asks for, and tells of it. */
export async function work({ job, files, model, data, settings }: Order, tell: (told: Told) => void): Promise<void> {
  try {
    rmSync(given, { force: true, recursive: true });
    for (const [path, content] of files) place(`${given}/${path}`, content);
    const all = { models: [model], ...dataSettings(data, '', (file) => file), ...settings, out };
    tell(await jobs[job](all, tell));
  } catch (error) {
    const { code, text } = endOf(error);
    tell(code === 2 ? { told: 'refused', line: text.trim() } : { told: 'bug', trace: text });
  }
}

type Job = (settings: Order['settings'], tell: (told: Told) => void) => Promise<Told>;

const world = (): World => ({ cwd: given, assets: parts, version: goodnetVersion, now: () => new Date() });

const jobs: Record<Order['job'], Job> = {
  inspect: async (settings) => {
    const { config } = resolveConfig(settings, {}, null);
    return { told: 'inspected', seen: seenAs(await inspect(config.models[0]!, config, world())) };
  },
  defend: async (settings, tell) => {
    const report = await run(
      resolveConfig(settings, {}, null),
      world(),
      {},
      { progress: ({ stage, done, total }) => tell({ told: 'progress', doing: stageName(stage), done, total }) },
    );
    const [model] = report.models;
    if (model !== undefined) return { told: 'defended', outcome: outcomeOf(report, model) };
    const [{ message, trace }] = report.errors as [Report['errors'][number]];
    return trace === undefined ? { told: 'refused', line: message } : { told: 'bug', trace: `${message}\n${trace}` };
  },
};

function seenAs(found: Inspection): Seen {
  const { path, layers, probe } = found;
  const weights = layers.reduce((sum, { parameters }) => sum + parameters, 0);
  return {
    about: [
      [path, `${netWords(found)}, ${layers.length} layers, ${weights.toLocaleString('en')} parameters`],
      ['pruning', choiceWords(found).join('. ')],
      ...doubtWords(found).map((words): [string, string] => ['doubt', words]),
    ],
    layers: drawn(layerColumns('yes'), layers),
    ways: probe === null ? [] : waysOf(probe),
    doubt: probe === null || probe.verdict === 'right' ? '' : probeWords(probe).join(' '),
  };
}

const waysOf = ({ trials }: Probe): Way[] =>
  trials
    .map((trial) => ({
      words: trialName(trial),
      accuracyPercent: trial.accuracy,
      settings: preparedAs(trial, trials),
      limits: suggestedLimits(trial.accuracy),
    }))
    .sort((a, b) => b.accuracyPercent - a.accuracyPercent);

function outcomeOf(report: Report, model: ModelReport): Outcome {
  const folder = `${given}/${out}`;
  const written = filesBelow(folder).map((path) => path.slice(folder.length + 1));
  const bytesOf = (path: string): Uint8Array<ArrayBuffer> => readFileSync(`${folder}/${path}`);
  const files = written.filter((path) => !path.startsWith('.')).map((path) => [path, bytesOf(path)] as const);
  const blobs: Files = files.map(([path, bytes]) => [path, new Blob([bytes], { type: typeOf(path) })]);
  const contents = new Map(blobs);
  return {
    verdict: report.verdict,
    sentence: verdictLine(model),
    judgedOn: model.gate.judgedOn,
    report: contents.get('report.html')!,
    repaired: repairedIn(model, contents),
    files: blobs,
    zip: new Blob([writeZip(new Map(files)) as Uint8Array<ArrayBuffer>], { type: 'application/zip' }),
  };
}

const repairedIn = ({ candidates, gate }: ModelReport, contents: ReadonlyMap<string, Blob>): Repaired[] =>
  candidates.flatMap((candidate, place) => {
    const content = candidate.file === null ? undefined : contents.get(candidate.file);
    if (content === undefined) return [];
    const figures = candidate[gate.judgedOn] ?? candidate.validation;
    return [
      {
        path: candidate.file!,
        content,
        candidate: candidateName(candidate),
        accuracy: percentText(figures.accuracy),
        asr: percentText(figures.maxAsr),
        isRecommended: place === gate.recommended,
      },
    ];
  });

const types: Record<string, string> = { html: 'text/html', json: 'application/json', svg: 'image/svg+xml' };
const typeOf = (path: string): string => types[path.split('.').at(-1)!] ?? 'application/octet-stream';
