import { code, quoted } from '../escape.ts';
import type { Report } from '../record/report.ts';
import { modelColumns } from '../model-columns.ts';
import { drawn } from '../columns.ts';
import { runLine, runtimeOf } from '../wording.ts';
import { drawnTable, escaped, folded, table } from './elements.ts';
import type { Gallery } from '../record/gallery.ts';
import { galleryBytes } from './gallery.ts';
import { modelSection } from './model-section.ts';
import { mark } from './mark.ts';
import { embedded, pageData } from './page-data.ts';

/** Text of a script or style, with the hash by which the page's own policy lets it in. */
export interface Asset {
  text: string;
  /** `sha256-…` in base64. */
  hash: string;
}

export interface PageAssets {
  script: Asset;
  style: Asset;
}

const mostOpen = 3,
  mostNamed = 8,
  stepRows = 3000,
  mostStepRows = 500,
  pictureBytes = 12_000_000;

/** report.html: a page that needs nothing but itself. `galleries` stand in the order of the models; none where there are no images. */
export function page(report: Report, galleries: readonly (Gallery | null)[], { script, style }: PageAssets): string {
  const { models, errors } = report;
  const line = `${mark(report.verdict)} ${escaped(runLine(report))}`;
  const policy = `default-src 'none'; script-src '${script.hash}'; style-src '${style.hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const steps = Math.min(mostStepRows, Math.ceil(stepRows / models.length));
  const pictures = picturesOf(galleries, models.length);
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<title>goodnet: ${escaped(runLine(report))}${models.length === 1 ? `, ${escaped(models[0]!.path, 80)}` : ''}</title>`,
    `<style>${style.text}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#main">Skip to the report</a>',
    `<header><p class="quiet">goodnet report</p><h1 class="${report.verdict}">${line}</h1></header>`,
    navigation(report),
    '<main id="main" tabindex="-1">',
    '<p id="still">The charts need JavaScript. The tables below have the same figures, and each model’s folder has the charts as pictures: <code>sweep.svg</code>, <code>comparison.svg</code>.</p>',
    ...(errors.length === 0 ? [] : [refused(errors)]),
    ...(models.length > 1 ? [overview(report)] : []),
    ...models.map((model, index) =>
      modelSection(model, report, { index, pictures: pictures[index]!, steps, isFolded: models.length > mostOpen }),
    ),
    configuration(report),
    '</main>',
    `<script type="application/json" id="data">${embedded(models.map(pageData))}</script>`,
    `<script>${script.text}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** The galleries that fit into one page; the other models say so. */
function picturesOf(galleries: readonly (Gallery | null)[], models: number): (Gallery | string)[] {
  let bytes = 0;
  return Array.from({ length: models }, (_, i) => {
    const found = galleries[i] ?? null;
    if (found === null)
      return 'This report was made without the images at hand. The reports of the jobs that evaluated the models show some.';
    bytes += galleryBytes(found);
    return bytes <= pictureBytes
      ? found
      : 'The images of this model would make the page too large. Run goodnet on this model alone to see some.';
  });
}

function navigation({ models, errors }: Report): string {
  const item = (href: string, html: string): string => `<li><a href="#${href}">${html}</a></li>`;
  const parts =
    models.length === 1
      ? [
          ['candidates', 'Candidates'],
          ...(models[0]!.findings.length > 0 ? [['findings', 'Findings']] : []),
          ['sweep', 'The sweep'],
          ['images', 'Images'],
        ].map(([id, name]) => item(`m0-${id}`, name!))
      : [
          item('models', `All ${models.length} models`),
          ...models
            .slice(0, models.length > mostNamed ? 0 : mostNamed)
            .map((model, i) => item(`m${i}`, code(model.path, 40))),
        ];
  const list = `<ul>${[...(errors.length > 0 ? [item('errors', 'Not evaluated')] : []), ...parts, item('configuration', 'Configuration')].join('')}</ul>`;
  return `<nav aria-label="Parts of the report">${list}</nav>`;
}

function refused(errors: Report['errors']): string {
  return `<section id="errors" aria-labelledby="errors-name"><h2 id="errors-name">Not evaluated</h2>\n${table(
    'Models that were not evaluated',
    `${errors.length} ${errors.length === 1 ? 'model' : 'models'} could not be evaluated`,
    ['model', 'reason'],
    errors.map(({ path, message }) => [code(path), quoted(message)]),
  )}</section>`;
}

function overview({ models }: Report): string {
  const columns = modelColumns(
    ({ path }, place) => `<a href="#m${place}">${code(path)}</a>`,
    'highest ASR',
    (verdict) => `${mark(verdict)} `,
  );
  const caption = 'Each model, with the figures of its recommended candidate, or of the original where none is';
  return `<section id="models" aria-labelledby="models-name"><h2 id="models-name">Models</h2>\n${drawnTable('Models', caption, drawn(columns, models))}</section>`;
}

function configuration({ config, inputs, run }: Report): string {
  const settings = Object.entries(config).map(([name, { value, source }]) => [
    code(name),
    quoted(JSON.stringify(value) ?? ''),
    source,
  ]);
  const files = inputs.map(({ path, bytes, samples, sha256 }) => [
    code(path),
    bytes.toLocaleString('en'),
    samples === null ? 'model' : String(samples),
    code(sha256),
  ]);
  const [runtime, made] = runtimeOf(run);
  const environment = [
    ['goodnet', code(run.version)],
    ['engine', code(run.engine)],
    ['workers', String(run.workers)],
    ...(run.evaluators ?? []).map(({ url, version, chunks, checked }) => [
      'evaluator',
      `${code(url)}, goodnet ${code(version)}: ${chunks} pieces of the work, ${checked} of them done again here`,
    ]),
    [runtime, code(made)],
    ['started', code(run.startedAt)],
    ['seconds', run.seconds.toFixed(1)],
  ];
  return [
    '<section id="configuration" aria-labelledby="configuration-name"><h2 id="configuration-name">Configuration</h2>',
    folded(
      `${settings.length} settings`,
      table('Settings', 'Settings, and where each comes from', ['setting', 'value', 'source'], settings),
      true,
    ),
    folded(
      `${files.length} input ${files.length === 1 ? 'file' : 'files'}`,
      table('Input files', 'Files that were read', ['file', 'bytes', 'images', 'SHA-256'], files),
      true,
    ),
    folded(
      'Environment',
      table(
        'Environment',
        'What this run was made with; nothing else in this page depends on it',
        ['what', 'value'],
        environment,
      ),
      true,
    ),
    '</section>',
  ].join('\n');
}
