import { type Draw } from '../training/draw.ts';
/** The chunks that are computed again: some of every hundred, drawn by chance. */
export declare function picked(chunks: number, percent: number, draw: Draw): Set<number>;
