import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { parseConfig } from '../../src/settings/config-file.ts';
import { type Pixels, pixelsOf, shownRange } from '../../src/data/pixels.ts';
import { thumbnail } from '../../src/data/thumbnail.ts';
import type { StoredImages } from '../../src/data/stored.ts';
import { sampledAnswers } from '../../src/engine/sampled-answers.ts';
import { chooseTarget } from '../../src/defense/pruning/default-layer.ts';
import { Network } from '../../src/engine/network.ts';
import { Chunks } from '../../src/engine/chunks.ts';
import { splitNet } from '../../src/engine/parts.ts';
import { Shard } from '../../src/engine/shard.ts';
import { openDataset } from '../../src/data/dataset.ts';
import { dataFormat } from '../../src/settings/data-format.ts';
import { reportPage } from '../../src/report/html/write-page.ts';
import type { Gallery } from '../../src/report/record/gallery.ts';
import { embedded, type PageData } from '../../src/report/html/page-data.ts';
import { readingAt } from '../../src/report/html/readout.ts';
import type { Report } from '../../src/report/record/report.ts';
import { run } from '../../src/jobs/defend/run.ts';
import { assets, loadModel, root, startEngine, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { payloads } from '../hostile/payloads.ts';
import { wideReport } from '../wide-report.ts';

const out = temporaryFolder();
const settings = () =>
  resolveConfig(
    { out },
    parseConfig(readFileSync(path.join(root, 'examples/goodnet.yml'), 'utf8'), 'goodnet.yml'),
    'goodnet.yml',
  );
const written = () => readFileSync(path.join(out, 'report.html'), 'utf8');
const dataOf = (html: string) =>
  JSON.parse(/<script type="application\/json" id="data">(.*)<\/script>/.exec(html)![1]!) as PageData[];

describe('report.html of the example', () => {
  let report: Report, html: string;
  beforeAll(async () => {
    report = await run(settings(), testWorld(root));
    html = written();
  });

  test('lies in the output folder, and is the same each time but for the run block', async () => {
    expect(report.files).toContain('report.html');
    await run(settings(), { ...testWorld(root), version: '9.9.9', now: () => new Date(1_000_000) });
    expect(written()).not.toBe(html);
    const withoutRun = (text: string) =>
      text.replace(/<details class="printed"><summary>Environment[\s\S]*?<\/details>/, '');
    expect(withoutRun(written())).toBe(withoutRun(html));
    expect(withoutRun(html).length).toBeLessThan(html.length);
  });

  test('lets in nothing but its own script and style, by their hashes', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!;
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const [style] = /<style>([\s\S]*?)<\/style>/.exec(html)!.slice(1);
    const [script] = /<script>([\s\S]*?)<\/script>/.exec(html)!.slice(1);
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hash(script!)}`,
      `style-src ${hash(style!)}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html.replace(script!, '')).not.toMatch(/ style=| on\w+=|https?:/);
  });

  test('has every candidate’s figures and names what it recommends first', () => {
    const [model] = report.models;
    const recommended = model!.candidates[model!.gate.recommended!]!;
    const at = (text: string) => {
      expect(html).toContain(text);
      return html.indexOf(text);
    };
    expect(at('Gate not met: 1 of 2 models')).toBeLessThan(at('<dt>recommended</dt><dd>pruned best</dd>'));
    expect(at('<dt>recommended</dt>')).toBeLessThan(at('Candidates</h3>'));
    expect(html).toContain(`<small>${recommended.test!.correct}/${recommended.test!.clean}</small>`);
    expect(html).toContain(recommended.test!.accuracyInterval!.map((value) => value.toFixed(2)).join(' – '));
    for (const { sha256 } of report.inputs) expect(html).toContain(sha256);
    for (const name of Object.keys(report.config)) expect(html).toContain(`<th scope="row"><code>${name}</code></th>`);
  });

  test('reads out the counts of each step', () => {
    const [data] = dataOf(html);
    const step = report.models[0]!.sweep.steps[23]!;
    const { title, rows } = readingAt(data!, 23, Infinity);
    expect(title).toContain(`23 of 48 channels pruned, the last: channel ${step.channel}`);
    expect(rows.map(([, pruned]) => pruned)).toEqual([
      `${step.accuracy.toFixed(2)}% (${step.correct}/450)`,
      `${step.asr['corner-patch']!.toFixed(2)}% (${step.hits['corner-patch']}/406)`,
    ]);
    expect(rows[1]![2]).toContain(`(${step.goodnet.hits['corner-patch']}/406)`);
  });

  test('shows images with what the nets say of them, those that differ first', () => {
    const pictures = [
      ...html.matchAll(
        /<img alt="([^"]*)" src="data:image\/png;base64,([^"]*)"><figcaption>.*?<dd>(\w+).*?<dd>(\w+).*?<dd>(\w+)/g,
      ),
    ].map(([, alt, png, ...said]) => ({ alt: alt!, png: png!, said }));
    expect(pictures).toHaveLength(24);
    for (const {
      said: [original, pruned, goodnet],
    } of pictures)
      expect(goodnet).toBe(original === pruned ? original : 'backdoored');
    for (const [start, first] of [
      [0, false], // the best step gives no clean image another class
      [12, true],
    ] as const) {
      const differing = pictures.slice(start, start + 6).map(({ said }) => said[2] === 'backdoored');
      expect([differing[0], differing[5]]).toEqual([first, false]);
      expect(differing).toEqual([...differing].sort((a, b) => Number(b) - Number(a)));
    }
    expect(pictures[6]!.alt).toMatch(/^test image \d+ poisoned by corner-patch, attacker’s class 0$/);
    const { width, height } = PNG.sync.read(Buffer.from(pictures[0]!.png, 'base64'));
    expect([width, height]).toEqual([8, 8]);
  });
});

test('no name becomes markup, whatever it holds', () => {
  const report = wideReport({ models: 1, channels: 4, attacks: 1 });
  const plain = reportPage(report, [null], assets);
  const tags = (html: string): string[] =>
    html
      .replace(/<script[\s\S]*?<\/script>/g, '')
      .match(/<[a-zA-Z!/][^>]*>/g)!
      .map((tag) => tag.replace(/="[^"]*"/g, ''));
  const [model] = report.models;
  for (const name of payloads) {
    const named = {
      ...report,
      models: [{ ...model!, path: name, layer: name, rankLayer: name }],
      inputs: report.inputs.map((input) => ({ ...input, path: name })),
    };
    const html = reportPage(named, [null], assets);
    expect([name, tags(html)]).toEqual([name, tags(plain)]);
    expect(html.match(/<\/script/g)).toHaveLength(2);
  }
});

test('the answers in the gallery are those that the sweep counts', async () => {
  await startEngine();
  const { config } = settings();
  const { model } = await loadModel(path.join(root, 'examples/badnet.h5'));
  const { target } = chooseTarget(model, {});
  const parts = splitNet(model, target.cut);
  const network = new Network(parts);
  const whole = await openDataset({ file: 'examples/poisoned_test.h5' }, dataFormat(config), model, testWorld(root));
  const data = { ...whole, count: 120, labels: whole.labels.subarray(0, 120) };
  const order = Int32Array.from({ length: parts.channels }, (_, c) => c);
  try {
    for (const k of [0, 12, 30, 48]) {
      const chunks = new Chunks(data, 50, [new Shard(network, data)]);
      const [, tally] = await chunks.sweep(order, [0, k], () => undefined);
      const said = await sampledAnswers(chunks, chunks, order.subarray(0, k));
      expect(said.map(({ image }) => image)).toEqual([...Array(120).keys()]);
      expect([
        said.filter(({ image, pruned }) => pruned === data.labels[image]).length,
        said.filter(({ original, pruned }) => original !== pruned).length,
      ]).toEqual([tally!.hits, tally!.rejected]);
    }
    const all = new Chunks(whole, 50, [new Shard(network, whole)]);
    const spread = (await sampledAnswers(all, all, order.subarray(0, 1))).map(({ image }) => image);
    expect([spread.length, new Set(spread).size, spread[0], spread.at(-1)]).toEqual([128, 128, 0, 404]);
  } finally {
    whole.close();
    network.dispose();
  }
});

describe('thumbnails', () => {
  const stored = (values: number[], shape: number[], layout: 'NCHW' | 'NHWC') =>
    ({ layout, data: { shape: [1, ...shape], rows: () => Float32Array.from(values) } }) as unknown as StoredImages;
  const rgb = (pixels: Pixels, range: [number, number]) =>
    [...PNG.sync.read(Buffer.from(thumbnail(pixels, range))).data].filter((_, i) => i % 4 < 3);

  test.each<[string, number[], number[], 'NCHW' | 'NHWC', number[]]>([
    ['RGB, channels last', [0, 127, 255, 255, 0, 1], [1, 2, 3], 'NHWC', [0, 127, 255, 255, 0, 1]],
    ['RGB, channels first', [0, 255, 127, 0, 255, 1], [3, 1, 2], 'NCHW', [0, 127, 255, 255, 0, 1]],
    ['grey', [0, 255], [1, 2], 'NHWC', [0, 0, 0, 255, 255, 255]],
    ['two channels, the first', [10, 200], [1, 1, 2], 'NHWC', [10, 10, 10]],
  ])('%s', (_, values, shape, layout, expected) =>
    expect(rgb(pixelsOf(stored(values, shape, layout), 0), [0, 255])).toEqual(expected),
  );

  test.each<[number[], boolean, [number, number]]>([
    [[0, 255], true, [0, 255]],
    [[0, 1], true, [0, 255]],
    [[0, 0.9], false, [0, 1]],
    [[-0.9, 0.9], false, [-1, 1]],
    [[0, 200], false, [0, 255]],
    [[-2, 2.5], false, [-2, 2.5]],
    [[0, 60_000], true, [0, 60_000]],
    [[3000, 3000], false, [3000, 3001]],
  ])('values %j are shown in a range that fits', (values, isBytes, range) =>
    expect(shownRange([{ values: Float32Array.from(values), size: [1, 2] }], isBytes)).toEqual(range),
  );

  test('large images become small ones', () =>
    expect(
      pixelsOf(
        stored(
          Array.from({ length: 300 * 150 }, () => 7),
          [300, 150],
          'NHWC',
        ),
        0,
      ).size,
    ).toEqual([128, 64]));
});

test.each(['</script>', '<!--<script>', '\u2028\u2029', '&amp;', '"\\'])('%j inside the page’s data', (name) => {
  expect(embedded({ name })).not.toMatch(/[<>&\u2028\u2029]/);
  expect(JSON.parse(embedded({ name }))).toEqual({ name });
});

describe('reports of any size', () => {
  const page = (wide: Parameters<typeof wideReport>[0]) => reportPage(wideReport(wide), [], assets);

  test('hostile names are text wherever they stand', () => {
    const name = '</script><script>alert(1)</script><img src=x onerror=alert(2)>';
    const html = page({ models: 2, channels: 5, attacks: 2, errors: 2, name });
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html).not.toContain('<img');
    expect(dataOf(html)[0]!.sweep.path).toContain(name);
  });
  test('200 models make a page of less than 12 MB, 10,000 channels of less than 2', () => {
    expect(page({ models: 200, channels: 60, attacks: 2 }).length).toBeLessThan(12e6);
    const html = page({ models: 1, channels: 10_000, attacks: 1 });
    expect(html.length).toBeLessThan(2e6);
    expect(html).toMatch(/\d+ of 10001 steps as a table/);
  });
  test('pictures stop where the page would become too large', () => {
    const report = wideReport({ models: 3, channels: 5, attacks: 1 });
    const gallery: Gallery = {
      split: 'test',
      channelsPruned: 3,
      attacksLeftOut: 42,
      sets: [
        {
          attack: null,
          images: 9,
          looked: 9,
          differing: 0,
          pictures: [{ image: 4, label: 1, trueLabel: 1, original: 1, pruned: 1, png: 'A'.repeat(7e6) }],
        },
      ],
    };
    const html = reportPage(report, [gallery, gallery, gallery], assets);
    expect(html.match(/<img/g)).toHaveLength(1);
    expect(html.match(/would make the page too large/g)).toHaveLength(2);
    expect(html).toContain('42 more attacks are not shown.');
  });
  test('without a gallery the page says so', () =>
    expect(page({ models: 1, channels: 5, attacks: 1 })).toContain('made without the images at hand'));
});
