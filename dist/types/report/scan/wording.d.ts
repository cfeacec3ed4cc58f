import { type ModelScan, type Scan } from '../record/scan.ts';
import type { ScanFinding } from '../record/scan-findings.ts';
/** What was found of a scanned net, in words. */
export declare function scanSentence(found: ScanFinding): string;
/** What the limit says of a net, in one line; null where none is set. */
export declare function limitLine({ limit, triggers }: ModelScan): string | null;
/** The verdict on all nets in one line. */
export declare function scanLine({ verdict, models, errors }: Pick<Scan, 'verdict' | 'models' | 'errors'>): string;
