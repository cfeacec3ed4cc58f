import type { Scan, ScanPictures } from '../record/scan.ts';
import type { Asset } from './page.ts';
/** report.html of a scan: a page that needs nothing but itself, without a script. */
export declare function scanPageOf(found: Scan, pictures: readonly ScanPictures[], style: Asset): string;
