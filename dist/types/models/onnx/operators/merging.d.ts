import type { Operator } from './site.ts';
export declare const merging: Readonly<Record<string, Operator>>;
