import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleTab } from '../../scripts/tab-bundle.mjs';
import { openZip } from '../../src/formats/archive.ts';
import { run } from '../../src/jobs/defend/run.ts';
import { parseReport } from '../../src/report/record/recount.ts';
import type { Report } from '../../src/report/record/report.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { command } from '../command.ts';
import { fixtures, pngFile, root, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { executable, launch, looks, seriousFindings } from './chromium.ts';
import { host, type StaticHost } from './static-host.ts';

const examples = (...names: string[]): string[] => names.map((name) => path.join(root, 'examples', name));
const small = (...names: string[]): string[] => names.map((name) => path.join(fixtures, 'small', name));

describe.skipIf(executable === null)('goodnet in a tab of Chromium', () => {
  const built = temporaryFolder();
  let browser: Browser;
  let server: StaticHost;

  beforeAll(async () => {
    await bundleTab(built);
    browser = await launch();
    server = await host(built);
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  /** The page, and all that it complained about or asked for elsewhere. */
  async function visit(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })).newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(server.url))
        complaints.push(`asks for ${request.url()}`);
    });
    await page.goto(server.url);
    return { page, complaints };
  }

  const give = (page: Page, ...files: string[]): Promise<void> => page.locator('#files-input').setInputFiles(files);
  const ready = (page: Page): Promise<void> => page.getByRole('button', { name: 'Run' }).waitFor();
  const done = (page: Page): Promise<void> => page.locator('#outcome').waitFor({ timeout: 100_000 });
  const problem = async (page: Page): Promise<string> => {
    await page.locator('#problem').waitFor();
    return page.locator('#problem').innerText();
  };

  async function saved(page: Page, name: string | RegExp): Promise<{ name: string; bytes: Buffer }> {
    const waiting: Promise<Download> = page.waitForEvent('download');
    await page.getByRole('link', { name, exact: true }).click();
    const download = await waiting;
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  }

  test('the example: inspection, run, report, and the same files as on the command line', async () => {
    const { page, complaints } = await visit();
    const begun = performance.now();
    await page.getByRole('button', { name: 'Try the example' }).click();
    await done(page);
    console.log(`FIGURE the example in a tab: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    expect(await page.locator('#outcome-name').innerText()).toBe('Passed: ship model_best.h5.');
    expect(await page.evaluate(() => document.activeElement!.id)).toBe('outcome-name');
    expect(await page.locator('#way').inputValue()).toBe('0');
    expect(await page.locator('#way option').first().innerText()).toContain('0..1, NCHW');

    const report = JSON.parse((await saved(page, 'report.json')).bytes.toString()) as Report;
    const here = await onThisMachine();
    const plain = ({ run: _, ...same }: Report): unknown =>
      JSON.parse(JSON.stringify({ ...same, config: settingsOf(same.config) }, inFewDigits));
    expect(plain(report)).toEqual(plain(here));
    expect(() => parseReport([Buffer.from(JSON.stringify(report))], 'report.json')).not.toThrow();

    const zip = openZip('zip', new Uint8Array((await saved(page, 'All files, as one zip')).bytes));
    expect([...zip.sizes.keys()].sort()).toEqual([...report.files, 'manifest.json'].filter(unique).sort());
    for (const { file, sha256 } of report.models[0]!.candidates) {
      if (file === null) continue;
      expect(createHash('sha256').update(zip.bytes(file)).digest('hex')).toBe(sha256);
    }
    const recommended = report.models[0]!.candidates[report.models[0]!.gate.recommended!]!;
    const { name, bytes } = await saved(page, recommended.file!.split('/').at(-1)!);
    expect([name, createHash('sha256').update(bytes).digest('hex')]).toEqual([
      path.basename(recommended.file!),
      recommended.sha256,
    ]);
    expect(await page.locator('tr.chosen').innerText()).toContain('recommended');

    const frame = page.frameLocator('iframe');
    const chart = frame.locator('.chart[data-chart=sweep]');
    await chart.scrollIntoViewIfNeeded();
    await chart.locator('svg').waitFor();
    expect(await frame.locator('h1').innerText()).toContain('Passed');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  /** The example's run, computed here. */
  async function onThisMachine(): Promise<Report> {
    const out = temporaryFolder();
    return run(
      resolveConfig(
        {
          models: ['badnet.h5'],
          clean: { validation: 'clean_valid.h5', test: 'clean_test.h5' },
          attacks: { poisoned: { validation: 'poisoned_valid.h5', test: 'poisoned_test.h5' } },
          scale: '1/255',
          'min-accuracy': 93,
          'max-asr': 20,
          accept: ['original', 'pruned', 'goodnet'],
          defenses: ['pruning'],
          out,
        },
        {},
        null,
      ),
      testWorld(path.join(root, 'examples')),
    );
  }
  const settingsOf = ({ out: _, ...config }: Report['config']): object => config;
  /** Node 20 multiplies and adds in two roundings, Chromium in one. */
  const inFewDigits = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Math.round(1e5 * value) / 1e5 : value;
  const unique = (name: string, place: number, all: readonly string[]): boolean => all.indexOf(name) === place;

  test('what a report of a tab says, `verify` finds again', async () => {
    const { page } = await visit();
    const given = small('badnet.h5', 'clean_valid.h5', 'poisoned_valid.h5');
    await give(page, ...given);
    await ready(page);
    await page.getByRole('button', { name: 'Run' }).click();
    await done(page);
    const zip = openZip('zip', new Uint8Array((await saved(page, 'All files, as one zip')).bytes));
    const folder = temporaryFolder();
    for (const file of given) copyFileSync(file, path.join(folder, path.basename(file)));
    for (const name of zip.sizes.keys()) {
      const file = path.join(folder, 'out', name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, zip.bytes(name));
    }
    const { code, stdout, stderr } = await command(folder, 'verify', 'out');
    expect([code, stderr], stdout).toEqual([0, '']);
    await page.context().close();
  });

  test('a wrong file is told of in one line, the one of the command line', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'net.h5'), 'no model');
    const { stderr } = await command(folder, 'inspect', 'net.h5');
    const { page, complaints } = await visit();
    await give(page, path.join(folder, 'net.h5'));
    expect(`${await problem(page)}\n`).toBe(stderr);
    await page.getByRole('button', { name: 'Leave out net.h5' }).click();
    expect(await page.locator('#problem').isVisible()).toBe(false);
    expect(await page.locator('#given table').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('settings that cannot be are told of, and nothing is computed', async () => {
    const { page, complaints } = await visit();
    await give(page, ...small('badnet.h5'));
    await ready(page);
    await page.getByRole('button', { name: 'Run' }).click();
    expect(await problem(page)).toMatch(/^badnet\.h5: .*clean/);
    await page.getByLabel('greatest attack success rate').fill('many');
    await page.getByRole('button', { name: 'Run' }).click();
    await expect.poll(() => problem(page)).toMatch(/max-asr/);
    for (const name of ['the model as it is', 'a repaired one', 'a GoodNet']) await page.getByLabel(name).uncheck();
    await page.getByLabel('greatest attack success rate').fill('20');
    await page.getByRole('button', { name: 'Run' }).click();
    await expect.poll(() => problem(page)).toMatch(/accept/);
    await page.getByLabel('What badnet.h5 is').selectOption('Not used');
    await expect.poll(() => page.locator('#seen').isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('its policy holds for the page and for its worker', async () => {
    const { page } = await visit();
    const violated = await page.evaluate(async () => {
      const found: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => found.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'document.title = "in"';
      document.body.append(script);
      new Image().src = 'http://127.0.0.1:9/x.png';
      await fetch('http://127.0.0.1:9/').catch(() => undefined);
      const code = `fetch('http://127.0.0.1:9/').catch(() => undefined);
        let evaluated = 'evaluates';
        try { new Function('return 1')(); } catch { evaluated = 'does not evaluate'; }
        addEventListener('securitypolicyviolation', ({ effectiveDirective }) => postMessage([effectiveDirective, evaluated]));`;
      const worker = new Worker(URL.createObjectURL(new Blob([code])));
      const told = await new Promise<string[]>((resolve) => {
        worker.onmessage = ({ data }: MessageEvent<string[]>) => resolve(data);
      });
      return [...found.sort(), document.title === 'in', ...told];
    });
    expect(violated).toEqual([
      'connect-src',
      'img-src',
      'script-src-elem',
      false,
      expect.stringMatching(/^(connect|script)-src$/),
      'does not evaluate',
    ]);
    await page.context().close();
  });

  test('a run is stopped, and another one done', async () => {
    const { page, complaints } = await visit();
    await give(page, ...examples('badnet.h5', 'clean_valid.h5', 'poisoned_valid.h5'));
    await ready(page);
    await page.getByLabel('unlearning too').check();
    await page.getByRole('button', { name: 'Run' }).click();
    await page.locator('#doing', { hasText: 'triggers, round 1' }).waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect.poll(() => page.locator('#status').innerText()).toBe('Stopped.');
    expect(await page.locator('#work').isVisible()).toBe(false);
    await page.getByLabel('unlearning too').uncheck();
    await page.getByRole('button', { name: 'Run' }).click();
    await done(page);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('the keyboard does all of it', async () => {
    const { page, complaints } = await visit();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement!.textContent)).toBe('Skip to the files');
    await page.keyboard.press('Enter');
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement!.textContent.trim());
    for (const name of ['Choose files', 'Choose a folder of images', 'Try the example']) {
      await page.keyboard.press('Tab');
      expect(await focused()).toBe(name);
      expect(await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)).toBe('solid');
    }
    await page.keyboard.press('Enter');
    await done(page);
    expect(await focused()).toBe('Passed: ship model_best.h5.');
    const names: string[] = [];
    for (let i = 0; i < 4; i++) {
      await page.keyboard.press('Tab');
      names.push(await focused());
    }
    expect(names.slice(1)).toEqual(expect.arrayContaining([expect.stringMatching(/^(model|goodnet)_/)]));
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test.each(looks)('axe finds nothing serious, %s at %i pixels', async (colorScheme, width) => {
    const { page } = await visit({ colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce' });
    expect(await seriousFindings(page)).toEqual([]);
    await give(page, ...examples('badnet.h5', 'clean_valid.h5', 'poisoned_valid.h5'));
    await ready(page);
    await page.locator('#way').selectOption('another: as set here');
    await page.locator('summary').click();
    expect(await seriousFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.locator('#way').selectOption({ index: 0 });
    await page.getByRole('button', { name: 'Run' }).click();
    await done(page);
    expect(await seriousFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.context().close();
  });

  test('files are dropped, one after the other', async () => {
    const { page, complaints } = await visit();
    for (const file of small('badnet.h5', 'clean_valid.h5')) {
      const content = readFileSync(file).toString('base64');
      await page.evaluate(
        ([name, base64]) => {
          const bytes = Uint8Array.from(atob(base64!), (sign) => sign.charCodeAt(0));
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([bytes], name!));
          document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
        },
        [path.basename(file), content],
      );
      await page.getByLabel(`What ${path.basename(file)} is`).waitFor();
    }
    await ready(page);
    expect(await page.locator('#way option').count()).toBeGreaterThan(1);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a folder of images, PNG and JPEG', async () => {
    const folder = path.join(temporaryFolder(), 'digits');
    const [png, jpeg] = [
      pngFile(8, 8, (row) => [row, row, row]),
      readFileSync(path.join(fixtures, 'images/pictures/16x16_411.jpg')),
    ];
    for (let label = 0; label < 10; label++) {
      mkdirSync(path.join(folder, String(label)), { recursive: true });
      writeFileSync(path.join(folder, String(label), 'a.png'), png);
    }
    const { page, complaints } = await visit();
    await give(page, ...small('badnet.h5'));
    await page.locator('#folder-input').setInputFiles(folder);
    await page.getByText('digits/').waitFor();
    await ready(page);
    expect(await page.getByLabel('What digits is').inputValue()).toBe('clean');
    expect(await page.locator('#doubt').innerText()).toMatch(/^None of these is right: .* \(mean M std S, in PyTorch/);
    writeFileSync(path.join(folder, '0', 'b.jpg'), jpeg);
    await page.getByRole('button', { name: 'Leave out digits' }).click();
    await page.locator('#folder-input').setInputFiles(folder);
    expect(await problem(page)).toMatch(/^digits: /);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test.each(['plain.onnx', 'deep.keras3.keras', 'deep.keras2.h5'])('%s is read', async (name) => {
    const { page, complaints } = await visit();
    await give(page, path.join(fixtures, 'formats', name));
    await ready(page);
    expect(await page.locator('#about dt').first().innerText()).toBe(name);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('weights alone are read with their architecture', async () => {
    const { page, complaints } = await visit();
    const [weights, whole] = ['deep.keras3.weights.h5', 'deep.keras3.keras'];
    await give(page, path.join(fixtures, 'formats', weights));
    expect(await problem(page)).toContain(`${weights}: holds weights only, no architecture`);
    await give(page, path.join(fixtures, 'formats', whole));
    expect(await problem(page)).toContain('a second model');
    await page.getByLabel(`What ${whole} is`).selectOption('Architecture of the model');
    await ready(page);
    expect(await page.locator('#about dt').first().innerText()).toBe(weights);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('hostile names stay text', async () => {
    const folder = temporaryFolder();
    const name = '<img src=x onerror=alert(1)>&.h5';
    writeFileSync(path.join(folder, name), readFileSync(small('badnet.h5')[0]!));
    const { page, complaints } = await visit();
    await give(page, path.join(folder, name));
    await ready(page);
    expect(await page.locator('#about dt').first().innerText()).toBe(name);
    expect(await page.locator('[src=x]').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('it asks its host for its own parts alone, and is small', () => {
    const known = readdirSync(built, { recursive: true, encoding: 'utf8' }).map((name) => `/${name}`);
    expect(server.asked.filter((each) => each !== '/' && !known.includes(each))).toEqual([]);
    const bytes = known.reduce(
      (sum, name) => sum + (statSync(path.join(built, name)).isFile() ? statSync(path.join(built, name)).size : 0),
      0,
    );
    console.log(`FIGURE docs/try: ${(bytes / 1e6).toFixed(2)} MB`);
    expect(bytes).toBeLessThan(3.2e6);
  });
});
