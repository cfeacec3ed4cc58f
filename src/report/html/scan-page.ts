import { drawn } from '../columns.ts';
import { code, quoted } from '../escape.ts';
import type { ModelScan, Scan, ScanPictures, StampedImage } from '../record/scan.ts';
import { scannedColumns, triggerColumns } from '../scan/columns.ts';
import { limitLine, scanLine, scanSentence } from '../scan/wording.ts';
import { drawnTable, escaped, folded, inline, table } from './elements.ts';
import { mark } from './mark.ts';
import type { Asset } from './page.ts';

const mostRows = 100,
  pictureBytes = 12_000_000;

const worth =
  'A scan looks for the smallest change that makes the net answer a class. A backdoor makes that change small, but so may a class that is easily answered. ' +
  'Of 25 BadNets 18 had an anomaly index above 2, of 16 nets without a backdoor 3. The reversed-trigger rate is the share of the images of other classes that are given the class with the pictured trigger on them: it is no attack success rate.';

/** report.html of a scan: a page that needs nothing but itself, without a script. */
export function scanPageOf(found: Scan, pictures: readonly ScanPictures[], style: Asset): string {
  const { models, errors, verdict } = found;
  const policy = `default-src 'none'; style-src '${style.hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const shown = picturesThatFit(pictures);
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<title>goodnet scan: ${escaped(scanLine(found))}</title>`,
    `<style>${style.text}</style>`,
    '</head>',
    '<body>',
    `<header><p class="quiet">goodnet scan</p><h1 class="${verdict}">${mark(verdict)} ${escaped(scanLine(found))}</h1></header>`,
    '<main id="main">',
    `<p>${worth}</p>`,
    ...(errors.length === 0 ? [] : [refused(errors)]),
    ...(models.length > 1 ? [overview(models)] : []),
    ...models.map((model, i) => section(model, shown[i]!, i)),
    configuration(found),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** The pictures of the first nets, as many as fit into one page; null for the others. */
function picturesThatFit(pictures: readonly ScanPictures[]): (ScanPictures | null)[] {
  let bytes = 0;
  return pictures.map((each) => {
    for (const { pattern, mask, images } of each)
      bytes += [pattern, mask, ...images.map(({ png }) => png)].reduce((sum, { length }) => sum + length, 0);
    return bytes <= pictureBytes ? each : null;
  });
}

function refused(errors: Scan['errors']): string {
  const rows = errors.map(({ path, message }) => [code(path), quoted(message)]);
  return `<section><h2>Not scanned</h2>\n${table('Models that were not scanned', 'Models that could not be scanned', ['model', 'reason'], rows)}</section>`;
}

function overview(models: readonly ModelScan[]): string {
  const columns = scannedColumns(({ path }, place) => `<a href="#m${place}">${code(path)}</a>`, models);
  const caption = 'Each model, with the class of the smallest mask';
  return `<section><h2>Models</h2>\n${drawnTable('Models', caption, drawn(columns, models))}</section>`;
}

function section(model: ModelScan, pictures: ScanPictures | null, place: number): string {
  const line = limitLine(model);
  const rows = model.triggers.slice(0, mostRows);
  const left = model.triggers.length - rows.length;
  const caption =
    'A trigger for each class, the smallest mask first; the mask size is in pixels' +
    (left > 0 ? `; ${left} more classes stand in <code>scan.json</code>` : '');
  return [
    `<section id="m${place}"><h2>${code(model.path)}</h2>`,
    `<p class="quiet">${model.classes} classes, ${model.images} clean images, accuracy ${model.accuracy.toFixed(2)}%</p>`,
    ...(line === null ? [] : [`<p class="verdict">${escaped(line)}</p>`]),
    drawnTable('Triggers', caption, drawn(triggerColumns(model), rows)),
    `<h3>Findings</h3>\n<ul>${model.findings.map((found) => `<li>${inline(escaped(scanSentence(found), 2000))}</li>`).join('\n')}</ul>`,
    '<h3>Triggers</h3>',
    ...(pictures === null
      ? [`<p>The pictures would make the page too large: see ${code(model.sheet)}.</p>`]
      : pictures.map(trigger)),
    ...(model.attacks === null
      ? []
      : [`<p>A config with these triggers as <code>attacks:</code> is ${code(model.attacks)}.</p>`]),
    '</section>',
  ].join('\n');
}

/** The pictures of a trigger, and what the net answers to images with it. */
function trigger({ target, pattern, mask, images }: ScanPictures[number]): string {
  const figure = (alt: string, png: string, caption: string): string =>
    `<li><figure><img alt="${alt}" src="data:image/png;base64,${png}"><figcaption>${caption}</figcaption></figure></li>`;
  const stamped = ({ label, answer, png }: StampedImage): string =>
    figure(
      `an image of class ${label} with the trigger of class ${target}, answered ${answer}`,
      png,
      `class ${label}, answered <span class="${answer === target ? 'bad' : 'good'}">${answer}</span>`,
    );
  const parts = [
    figure(`the pattern of the trigger of class ${target}`, pattern, 'pattern'),
    figure(`the mask of the trigger of class ${target}`, mask, 'mask'),
    ...images.map(stamped),
  ];
  return `<h4>Class ${target}</h4>\n<ul class="pictures">\n${parts.join('\n')}\n</ul>`;
}

function configuration({ config, inputs, run }: Scan): string {
  const settings = Object.entries(config).map(([name, { value, source }]) => [
    code(name),
    quoted(JSON.stringify(value) ?? ''),
    source,
  ]);
  const files = inputs.map(({ path, samples, sha256 }) => [
    code(path),
    samples === null ? 'model' : String(samples),
    code(sha256),
  ]);
  return [
    '<section><h2>Configuration</h2>',
    `<p class="quiet">goodnet ${code(run.version)}, engine ${code(run.engine)}, started ${code(run.startedAt)}, ${run.seconds.toFixed(1)} s</p>`,
    folded(
      'Settings',
      table('Settings', 'Settings, and where each comes from', ['setting', 'value', 'source'], settings),
      true,
    ),
    folded('Input files', table('Input files', 'Files that were read', ['file', 'images', 'SHA-256'], files), true),
    '</section>',
  ].join('\n');
}
