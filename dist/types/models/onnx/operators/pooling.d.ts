import type { Operator } from './site.ts';
export declare const poolings: Readonly<Record<string, Operator>>;
