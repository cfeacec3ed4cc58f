import type { ModelReport, Report } from '../report/record/report.ts';
import type { Artifacts } from './artifacts.ts';
import type { Runner } from './runner.ts';

/** Every output of the action and what it holds: action.yml and docs/reference.md are written from this. */
export const outputNames = {
  passed: '`true` if every model meets the limits, whatever `warn-only` says',
  verdict: '`passed`, `inconclusive`, `repairable`, `failed` or `error`: the gravest of all models',
  results:
    'JSON array, an object for each model: `path`, `sha256`, `verdict`, `recommended` (`file`, `kind`, `checkpoint`, `sha256`), `accuracy`, `asr`, `accuracyDrop`; a refused one has `code` and `message`, and no `sha256` where it cannot be read',
  'report-json': 'path of report.json',
  'comment-content': "the summary's Markdown, as for a comment",
  'artifact-id': 'of the artifact with the models',
  'artifact-url': 'of the artifact with the models',
  'artifact-digest': 'SHA-256 of the artifact with the models',
  'recommended-model': 'the file to ship, where one model was evaluated and passed; else empty',
  accuracy: 'percent, of that file on the images that decide; where nothing is recommended, of the submitted model',
  asr: 'percent, likewise: the highest over all attacks',
  'accuracy-drop': 'points below the submitted model, likewise',
  'anomaly-index': 'of a scan: the largest anomaly index of all models; empty where none could be measured',
  matrix: '`mode: plan` only: JSON for `strategy.matrix`',
} satisfies Record<string, string>;

export type Outputs = Partial<Record<keyof typeof outputNames, string>>;

/** A string over 128 KiB cannot be passed on as a variable, and a job's outputs share 1 MB. */
const longest = 60_000;

/** What a finished run gives to later steps. `out` is the output folder as later steps reach it. */
export function outputsOf(report: Report, artifacts: Artifacts | null, content: string, out: string): Outputs {
  const only = report.models.length === 1 && report.errors.length === 0 ? report.models[0]! : null;
  return {
    passed: String(report.passed),
    verdict: report.verdict,
    results: results(report, out),
    'report-json': report.models.length > 0 ? `${out}/report.json` : '',
    'comment-content': content.length <= longest ? content : `${content.slice(0, longest - 1)}…`,
    'artifact-id': String(artifacts?.models?.id ?? ''),
    'artifact-url': artifacts?.models?.url ?? '',
    'artifact-digest': artifacts?.models?.digest ?? '',
    ...(only === null ? {} : figuresOf(only, out)),
  };
}

export function setOutputs(outputs: Outputs, runner: Runner): void {
  for (const [name, value] of Object.entries(outputs)) runner.output(name, value);
}

function figuresOf(model: ModelReport, out: string): Outputs {
  const { shown, recommended } = essence(model, out);
  return {
    'recommended-model': recommended?.file ?? '',
    accuracy: String(shown.accuracy ?? ''),
    asr: String(shown.maxAsr ?? ''),
    'accuracy-drop': String(shown.accuracyDrop ?? ''),
  };
}

/** The file to ship and its SHA-256; null where there is none. */
export const recommendedFile = (model: ModelReport, out: string): { file: string; sha256: string } | null =>
  essence(model, out).recommended;

function essence(model: ModelReport, out: string) {
  const { candidates, gate } = model;
  const chosen = gate.verdict === 'passed' ? candidates[gate.recommended!]! : null;
  const shown = (chosen ?? candidates[0]!)[gate.judgedOn]!;
  const recommended =
    chosen === null
      ? null
      : {
          file: chosen.file === null ? model.path : `${out}/${chosen.file}`,
          kind: chosen.kind,
          checkpoint: chosen.checkpoint,
          sha256: chosen.sha256 ?? model.sha256,
        };
  return { shown, recommended };
}

/** The evaluated models, then the refused ones, without what does not fit: first the figures go, then the last models. It stays valid JSON. */
function results(report: Report, out: string): string {
  const refused = report.errors.map(({ path, sha256 = null, code, message }) => ({
    path,
    sha256,
    verdict: 'error',
    code,
    message: message.slice(0, 500),
  }));
  const full = report.models.map((model) => {
    const { shown, recommended } = essence(model, out);
    return {
      path: model.path,
      sha256: model.sha256,
      verdict: model.gate.verdict,
      recommended,
      accuracy: shown.accuracy,
      asr: shown.maxAsr,
      accuracyDrop: shown.accuracyDrop,
    };
  });
  const short = [
    ...full.map(({ path, sha256, verdict }) => ({ path, sha256, verdict })),
    ...refused.map(({ path, sha256, verdict, code }) => ({ path, sha256, verdict, code })),
  ];
  let text = JSON.stringify([...full, ...refused]);
  for (let count = short.length; text.length > longest; count = Math.floor(count / 2))
    text = JSON.stringify(short.slice(0, count));
  return text;
}
