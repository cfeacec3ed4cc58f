import type { Operator } from './site.ts';
/** Every operator that is read; one that is not here is refused by name. */
export declare const operators: ReadonlyMap<string, Operator>;
