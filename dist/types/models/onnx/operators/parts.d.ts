import type { Operator } from './site.ts';
export declare const parts: Readonly<Record<string, Operator>>;
