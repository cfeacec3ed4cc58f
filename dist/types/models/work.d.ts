import { type Shape } from './net.ts';
import type { Needs } from './build-model.ts';
/** What one use of a layer computes for one image. */
export interface Use {
    className: string;
    options: Record<string, unknown>;
    /** Its weights by name and shape. */
    needs: Needs;
    inputs: readonly Shape[];
    shape: Shape;
}
/** Why a net's work for one image is more than is computed; null if it is not. */
export declare function excess(uses: readonly Use[]): string | null;
/** Multiply-adds of one use, or the numbers that it reads and writes where those are more. */
export declare function operations({ className, options, needs, inputs, shape }: Use): number;
