import { type ModelScan, type Scan } from './scan.ts';
import { type Json } from './versioned.ts';
import type { Weight } from './weight.ts';
/** Reads somebody's scan.json; `name` is how messages call it. Throws `scan-version`, `report-size` or `scan-invalid`. */
export declare function parseScan(json: Json, name: string, weight?: Weight): Scan;
/** Where a net's part of a scan first says otherwise than its own masks and counts do, in words; null where it nowhere does. */
export declare function scanContradiction(model: ModelScan, limit: number | undefined): string | null;
