import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/settings/config-file.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { comparisonSvg } from '../../src/report/charts/comparison-chart.ts';
import { leaderboard } from '../../src/report/record/leaderboard.ts';
import { leaderboardSvg } from '../../src/report/charts/leaderboard-chart.ts';
import { reportPage } from '../../src/report/html/write-page.ts';
import type { ModelReport, Report } from '../../src/report/record/report.ts';
import { sweepSvg } from '../../src/report/charts/sweep-chart.ts';
import { plot } from '../../src/report/charts/sweep-option.ts';
import { run } from '../../src/jobs/defend/run.ts';
import { assets, root, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { type Wide, wideReport } from '../wide-report.ts';
import { executable, launch, looks, seriousFindings, visit } from './chromium.ts';

const hostile = '</script><script>alert(1)</script><img src=x onerror=alert(2)>\u202e\u2028"\'&`<!--';

describe.skipIf(executable === null)('report.html in Chromium', () => {
  const out = temporaryFolder();
  const example = path.join(out, 'report.html');
  let browser: Browser;
  let report: Report;

  beforeAll(async () => {
    browser = await launch();
    report = await run(
      resolveConfig(
        { out },
        parseConfig(readFileSync(path.join(root, 'examples/goodnet.yml'), 'utf8'), 'goodnet.yml'),
        'goodnet.yml',
      ),
      testWorld(root),
    );
  });
  afterAll(() => browser.close());

  /** The page of a made-up report, as a file. */
  function written(name: string, wide: Wide): string {
    const file = path.join(out, `${name}.html`);
    writeFileSync(file, reportPage(wideReport(wide), [], assets));
    return file;
  }

  async function drawn(page: Page, kind: string, index = 0): Promise<void> {
    const place = page.locator(`.chart[data-chart=${kind}][data-model="${index}"]`);
    await place.scrollIntoViewIfNeeded();
    await place.locator('svg').waitFor();
  }

  /** Puts the pointer over the plot of a chart, at a share of its width. */
  async function hover(page: Page, kind: string, share: number): Promise<Locator> {
    await drawn(page, kind);
    const place = page.locator(`.chart[data-chart=${kind}][data-model="0"]`);
    await place.scrollIntoViewIfNeeded();
    const box = (await place.boundingBox())!;
    await page.mouse.move(box.x + plot.left + (box.width - plot.left - plot.right) * share, box.y + 60);
    return place.locator('.tip');
  }

  /** How a step's counts are read out. */
  const figures = ({ sweep }: ModelReport, k: number): string[] => {
    const step = sweep.steps[k]!;
    const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(2)}% (${part}/${whole})`;
    return [
      `${k} of ${sweep.steps.length - 1} channels pruned`,
      `channel ${step.channel}`,
      ...[step, step.goodnet].flatMap(({ correct, hits }) => [
        share(correct, sweep.clean),
        ...Object.entries(hits).map(([attack, count]) => share(count, sweep.poisoned[attack]!)),
      ]),
    ];
  };

  test('opens from disk without a complaint or a request', async () => {
    const { page, complaints } = await visit(browser, example);
    for (const kind of ['comparison', 'sweep', 'activation'])
      for (const index of [0, 1]) await drawn(page, kind, index);
    expect(await page.locator('h1').innerText()).toContain('Gate not met: 1 of 2 models');
    expect(
      await page.evaluate(() => [...document.images].every((image) => image.complete && image.naturalWidth > 0)),
    ).toBe(true);
    expect(await page.locator('.pictures img').count()).toBe(4 * 6);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('its own policy lets nothing in', async () => {
    const { page } = await visit(browser, example);
    const violated = await page.evaluate(async () => {
      const found: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => found.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'document.title = "in"';
      document.body.append(script);
      new Image().src = 'http://127.0.0.1:9/x.png';
      await fetch('http://127.0.0.1:9/').catch(() => undefined);
      await new Promise((resume) => setTimeout(resume, 200));
      return [...found.sort(), document.title === 'in'];
    });
    expect(violated).toEqual(['connect-src', 'img-src', 'script-src-elem', false]);
    await page.context().close();
  });

  test('hovering shows the channel and the counts', async () => {
    const { page, complaints } = await visit(browser, example);
    for (const kind of ['sweep', 'activation']) {
      for (const k of [5, 23, 47]) {
        const tip = await (await hover(page, kind, k / 48)).innerText();
        for (const figure of figures(report.models[0]!, k)) expect(tip).toContain(figure);
      }
      await page.mouse.move(2, 2);
      expect(await page.locator('.tip:visible').count()).toBe(0);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('the cursor and the checkpoints stand where the steps are', async () => {
    const { page } = await visit(browser, example);
    await drawn(page, 'sweep');
    const place = page.locator('.chart[data-chart=sweep][data-model="0"]');
    const marks = await place.evaluate((node) =>
      [...node.querySelectorAll('svg path[stroke-dasharray]')]
        .map((line) => line.getBoundingClientRect())
        .filter(({ width, height }) => width < 2 && height > 100)
        .map(({ left, width }) => left + width / 2),
    );
    const [cursor, box] = [(await place.locator('.cursor').boundingBox())!, (await place.boundingBox())!];
    const steps = [...new Set(report.models[0]!.checkpoints.map(({ step }) => step!))];
    const x = (step: number) => box.x + plot.left + ((box.width - plot.left - plot.right) * step) / 48;
    expect(marks).toHaveLength(steps.length);
    steps.forEach((step, i) => expect(Math.abs(marks.sort((a, b) => a - b)[i]! - x(step))).toBeLessThan(1.5));
    expect(Math.abs(cursor.x + cursor.width / 2 - x(steps[0]!))).toBeLessThan(2.5);
    await page.context().close();
  });

  test('the keyboard reaches everything', async () => {
    const { page, complaints } = await visit(browser, example);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement!.textContent)).toBe('Skip to the report');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement!.id)).toBe('main');
    await drawn(page, 'sweep');
    const slider = page.locator('input[type=range]').first();
    await slider.focus();
    await page.keyboard.press('Home');
    for (let i = 0; i < 7; i++) await page.keyboard.press('ArrowRight');
    const readout = await page.locator('.readout').first().innerText();
    for (const figure of figures(report.models[0]!, 7)) expect(readout).toContain(figure);
    expect(await slider.getAttribute('aria-valuetext')).toContain(figures(report.models[0]!, 7)[2]);
    const lines = () => page.locator('.chart[data-chart=sweep][data-model="0"] svg path').count();
    const before = await lines();
    await page.getByRole('checkbox', { name: 'ASR' }).first().focus();
    await page.keyboard.press('Space');
    expect(await lines()).toBeLessThan(before);
    const summary = page.locator('summary', { hasText: 'All 49 steps' }).first();
    await summary.focus();
    await page.keyboard.press('Enter');
    expect(
      await page
        .getByRole('table', { name: /^All 49 steps of the sweep/ })
        .getByRole('row')
        .count(),
    ).toBe(50);
    const ring = await summary.evaluate((node) => getComputedStyle(node).outlineStyle);
    expect(ring).toBe('solid');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test.each(looks)('axe finds nothing serious, %s at %i pixels', async (colorScheme, width) => {
    for (const file of [example, written('many', { models: 4, channels: 8, attacks: 9, errors: 2 })]) {
      const { page } = await visit(browser, file, { colorScheme, viewport: { width, height: 900 } });
      await page.evaluate(() =>
        document.querySelectorAll('details').forEach((part) => {
          part.open = true;
        }),
      );
      for (const kind of ['comparison', 'sweep', 'activation']) await drawn(page, kind);
      expect(await seriousFindings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await page.context().close();
    }
  });

  test('the candidates on both splits fit beside each other, with the counts of the lab', async () => {
    for (const attacks of [1, 3]) {
      const { page } = await visit(browser, written(`lab-${attacks}`, { models: 1, channels: 60, attacks }));
      const table = page.getByRole('region', { name: 'Candidates' });
      expect(await table.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0);
      const edges = await table.evaluate((node) =>
        [...node.querySelectorAll('thead th.number')].map((head) => getComputedStyle(head).textAlign),
      );
      expect(new Set(edges)).toEqual(new Set(['right']));
      await page.context().close();
    }
  });

  test('a table that scrolls sideways keeps its caption and its first column in view', async () => {
    const { page } = await visit(browser, example, { viewport: { width: 390, height: 800 } });
    const table = page.getByRole('region', { name: 'Candidates' }).first();
    await table.evaluate((node) => {
      node.scrollLeft = 300;
    });
    const left = (await table.boundingBox())!.x;
    for (const part of [table.locator('caption span'), table.locator('tbody th').nth(1)]) {
      const box = (await part.boundingBox())!;
      expect([box.x - left < 20, box.x + box.width <= 390]).toEqual([true, true]);
    }
    await page.context().close();
  });

  test('on paper the configuration stands open, and parts that are folded are left out', async () => {
    const { page, complaints } = await visit(browser, example);
    await page.evaluate(() => {
      addEventListener('beforeprint', () => {
        document.title = String(document.querySelectorAll('details[open]').length);
      });
    });
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.length).toBeGreaterThan(10_000);
    expect(await page.title()).toBe('3');
    expect(await page.locator('details[open]').count()).toBe(0);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('summary', { hasText: 'All 49 steps' }).first().isVisible()).toBe(false);
    expect(await page.locator('summary', { hasText: 'Environment' }).isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('hostile names stay text', async () => {
    const file = written('hostile', { models: 2, channels: 12, attacks: 3, errors: 2, name: hostile });
    const { page, complaints } = await visit(browser, file, { viewport: { width: 390, height: 800 } });
    await page.evaluate(() =>
      document.querySelectorAll('details').forEach((part) => {
        part.open = true;
      }),
    );
    for (const kind of ['comparison', 'sweep', 'activation']) await drawn(page, kind);
    expect(await (await hover(page, 'sweep', 0.4)).innerText()).toContain('ASR attack 0 </script><script>alert(1)');
    expect(
      await page.evaluate(() => [document.scripts.length, document.querySelectorAll('img[onerror], [src=x]').length]),
    ).toEqual([2, 0]);
    expect(await page.locator('h2 code').nth(0).innerText()).toContain(
      '</script><script>alert(1)</script><img src=x onerror=alert(2)>',
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('200 models: nothing is drawn before it is looked at, links open their model', async () => {
    const { page, complaints } = await visit(browser, written('models', { models: 200, channels: 60, attacks: 2 }));
    expect(await page.locator('svg:not(.mark)').count()).toBe(0);
    await page.locator('a[href="#m150"]').click();
    await drawn(page, 'sweep', 150);
    expect(await page.locator('details[open]').count()).toBe(1);
    expect(await page.locator('svg:not(.mark)').count()).toBeLessThanOrEqual(3);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test.each<[string, Wide]>([
    ['10,000 channels', { models: 1, channels: 10_000, attacks: 1 }],
    ['50 attacks', { models: 1, channels: 64, attacks: 50 }],
    ['no attack', { models: 1, channels: 20, attacks: 0 }],
    ['no limit', { models: 1, channels: 20, attacks: 2, gated: false }],
    ['one channel', { models: 1, channels: 1, attacks: 1 }],
    ['long names in several scripts', { models: 2, channels: 20, attacks: 3, name: 'مرحبا模型שלוםทดสอบ'.repeat(20) }],
  ])('%s', async (name, wide) => {
    const { page, complaints } = await visit(browser, written(name.replaceAll(' ', '-'), wide), {
      viewport: { width: 390, height: 800 },
    });
    for (const kind of ['comparison', 'sweep', 'activation']) await drawn(page, kind);
    expect(await (await hover(page, 'sweep', 1)).innerText()).toContain(
      `${wide.channels} of ${wide.channels} channels pruned`,
    );
    expect(await page.evaluate(() => document.body.innerText)).not.toMatch(/NaN|undefined|Infinity|null/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('prints in light colours, with its charts', async () => {
    const { page, complaints } = await visit(browser, example, { colorScheme: 'dark' });
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await page.locator('.chart svg').count()).toBe(6);
    expect(await page.locator('.chart[data-chart=sweep] svg').first().innerHTML()).toContain('#0072B2');
    await page.emulateMedia({ media: 'print', colorScheme: 'light' });
    await page.setViewportSize({ width: 640, height: 900 });
    const boxes = await page.evaluate(() =>
      [...document.querySelectorAll('.chart')].map((place) =>
        [place, place.querySelector('svg')!]
          .map((node) => node.getBoundingClientRect())
          .map(({ width, height }) => ({ width, height })),
      ),
    );
    for (const [room, drawing] of boxes) {
      expect(drawing!.width).toBe(room!.width);
      expect(drawing!.height).toBeGreaterThan(80);
      expect(drawing!.height).toBeLessThan(room!.height + 1);
    }
    await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await page.locator('.chart[data-chart=sweep] svg').first().innerHTML()).not.toContain('#0072B2');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('without script the tables are there, and no empty boxes', async () => {
    const { page } = await visit(browser, example, { javaScriptEnabled: false });
    expect(await page.getByText('The charts need JavaScript').isVisible()).toBe(true);
    expect(await page.locator('.chart').first().isVisible()).toBe(false);
    expect(await page.getByRole('table', { name: /^Candidates/ }).count()).toBe(2);
    await page.context().close();
  });

  test('no text of the SVG files lies on another, or outside', async () => {
    const folder = path.join(out, 'svg');
    mkdirSync(folder);
    const wides: Wide[] = [0, 1, 2, 3, 4, 5, 50].map((attacks) => ({ models: 1, channels: 60, attacks }));
    const models = [
      ...report.models,
      ...[
        ...wides,
        { models: 1, channels: 1000, attacks: 1 },
        { models: 1, channels: 2, attacks: 1 },
        { models: 1, channels: 60, attacks: 4, name: 'a rather long name of an attack' },
        { models: 1, channels: 10_000, attacks: 50, name: '長い名前'.repeat(20) },
      ].map((wide) => wideReport(wide).models[0]!),
    ];
    const board = (name: string) => leaderboardSvg(leaderboard(['a', name].map((each) => ({ name: each, report }))));
    const boards = ['b', 'goodnet-out/another-version', '長い名前'.repeat(20), '👩‍👩‍👧‍👦'.repeat(60)].map((name) => ({
      leaderboard: board(name),
    }));
    for (const [i, pictures] of [
      ...models.map((model) => ({ sweep: sweepSvg(model), comparison: comparisonSvg(model) })),
      ...boards,
    ].entries()) {
      for (const [kind, svg] of Object.entries(pictures)) {
        const file = path.join(folder, `${kind}${i}.svg`);
        writeFileSync(file, svg);
        const { page } = await visit(browser, file);
        const clashes = await page.evaluate(() => {
          const { width, height } = document.documentElement.getBoundingClientRect();
          const boxes = [...document.querySelectorAll('text')]
            .filter((node) => node.textContent.trim() !== '')
            .map((node) => ({
              text: node.textContent,
              ...(({ left, right, top, bottom }) => ({ left, right, top, bottom }))(node.getBoundingClientRect()),
            }));
          const outside = boxes
            .filter(({ left, right, top, bottom }) => left < 0 || top < 0 || right > width || bottom > height)
            .map(
              ({ text, left, right, top, bottom }) => `${text} lies outside: ${left} to ${right}, ${top} to ${bottom}`,
            );
          const slack = 2;
          return [
            ...outside,
            ...boxes.flatMap((a, i) =>
              boxes
                .slice(i + 1)
                .filter(
                  (b) =>
                    a.left < b.right - slack &&
                    b.left < a.right - slack &&
                    a.top < b.bottom - slack &&
                    b.top < a.bottom - slack,
                )
                .map((b) => `${a.text} lies on ${b.text}`),
            ),
          ];
        });
        expect(clashes, `${kind} ${i}`).toEqual([]);
        await page.context().close();
      }
    }
  });
});
