import type { Report } from '../record/report.ts';
import type { Gallery } from '../record/gallery.ts';
import type { Scan, ScanPictures } from '../record/scan.ts';
/** The script of the page beside the bundle, built from client.ts. */
export declare const pageScript = "report-page.js";
/** report.html with its script out of the folder `assets`, which ends with a slash. */
export declare function reportPage(report: Report, galleries: readonly (Gallery | null)[], assets: string): string;
/** report.html of a scan, with the pictures of each model. */
export declare const scanPage: (found: Scan, pictures: readonly ScanPictures[]) => string;
