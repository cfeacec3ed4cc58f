import { buildPageScript } from '../scripts/page-script.mjs';
import { pageFolder } from './support.ts';

/** Builds the script of report.html from its sources, once for all tests. */
export default async function setup(): Promise<void> {
  await buildPageScript(`${pageFolder}report-page.js`);
}
