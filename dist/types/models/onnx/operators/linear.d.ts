import type { Operator } from './site.ts';
export declare const products: Readonly<Record<string, Operator>>;
