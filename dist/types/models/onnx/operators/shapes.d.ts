import type { Operator } from './site.ts';
/** Stands for the number of images, which is open. */
export declare const images: number;
export declare const shapes: Readonly<Record<string, Operator>>;
