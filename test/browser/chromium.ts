import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** The browser of the distribution; null, said loudly, where there is none. */
export const executable = ((): string | null => {
  try {
    return execFileSync(
      'sh',
      ['-c', 'command -v chromium || command -v chromium-browser || command -v google-chrome'],
      { encoding: 'utf8' },
    ).trim();
  } catch {
    process.stderr.write(
      '\n*** SKIPPED: report.html is tested in Chromium, which is not installed here (`apt-get install chromium`). ***\n',
    );
    return null;
  }
})();

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: executable!, args: ['--no-sandbox'] });

/** Schemes of colours, and widths in pixels, in which a page is looked at. */
export const looks = [
  ['light', 1280],
  ['dark', 1280],
  ['light', 390],
  ['dark', 390],
] as const;

/** A page of its own, and all that it complained about or asked for besides itself. */
export interface Visit {
  page: Page;
  complaints: string[];
}

/** Opens a file from disk. */
export async function visit(browser: Browser, file: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })).newPage();
  const complaints: string[] = [];
  const own = pathToFileURL(file).href;
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith('data:') && request.url() !== own) complaints.push(`asks for ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    complaints.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(own);
  return { page, complaints };
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds serious or critical in the page as it stands, a line each. The page's own policy lets no foreign script in, so it comes through the debugger. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const axe = (
      globalThis as unknown as {
        axe: {
          run: (options: object) => Promise<{
            violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
          }>;
        };
      }
    ).axe;
    const { violations } = await axe.run({ resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
      );
  });
}
