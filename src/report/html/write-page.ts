import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Report } from '../record/report.ts';
import type { Gallery } from '../record/gallery.ts';
import type { Scan, ScanPictures } from '../record/scan.ts';
import { type Asset, page } from './page.ts';
import { scanPageOf } from './scan-page.ts';
import { style } from './style.ts';

/** The script of the page beside the bundle, built from client.ts. */
export const pageScript = 'report-page.js';

/** report.html with its script out of the folder `assets`, which ends with a slash. */
export function reportPage(report: Report, galleries: readonly (Gallery | null)[], assets: string): string {
  return page(report, galleries, {
    script: asset(readFileSync(`${assets}${pageScript}`, 'utf8').trim()),
    style: asset(style),
  });
}

/** report.html of a scan, with the pictures of each model. */
export const scanPage = (found: Scan, pictures: readonly ScanPictures[]): string =>
  scanPageOf(found, pictures, asset(style));

const asset = (text: string): Asset => ({ text, hash: `sha256-${createHash('sha256').update(text).digest('base64')}` });
