import { limits } from '../base/limits.ts';
import { type Shape, sizeOf } from './net.ts';
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
export function excess(uses: readonly Use[]): string | null {
  const work = uses.reduce((sum, use) => sum + operations(use), 0);
  if (work > limits.operations)
    return `it takes ${work} multiply-adds for one image, at most ${limits.operations} are computed`;
  const [grown, shrunk] = [Math.max, Math.min].map((side) =>
    uses.flatMap(factors).reduce((product, factor) => product * side(1, Math.abs(factor)), 1),
  );
  if (!(grown! < 1 / limits.scaling && shrunk! > limits.scaling))
    return 'its rescalings multiply to numbers that float32 does not hold';
  const groups = uses.reduce((sum, { options }) => sum + ((options['groups'] as number | undefined) ?? 1), 0);
  return groups > limits.groups
    ? `its convolutions have ${groups} groups in all, at most ${limits.groups} are computed`
    : null;
}

/** What a layer multiplies by as its config says: TensorFlow may multiply such numbers of several layers beforehand. Zero is no factor. */
function factors({ className, options }: Use): number[] {
  if (className !== 'Rescaling') return [];
  return ([options['scale']].flat(Infinity) as number[])
    .filter((factor) => factor !== 0)
    .sort((a, b) => Math.abs(a) - Math.abs(b))
    .filter((_, i, all) => i === 0 || i === all.length - 1);
}

/** Multiply-adds of one use, or the numbers that it reads and writes where those are more. */
export function operations({ className, options, needs, inputs, shape }: Use): number {
  const read = inputs.reduce((sum, input) => sum + sizeOf(input), 0);
  const kernels = needs
    .filter(([name]) => name.endsWith('kernel'))
    .reduce((sum, [, kernel]) => sum + sizeOf(kernel), 0);
  const window = options['pool_size'] as number[] | undefined;
  const positions = sizeOf((className === 'Conv2DTranspose' ? inputs[0]! : shape).slice(0, -1));
  // Of a x k and b x k numbers to a x b.
  const products = className === 'Dot' ? Math.sqrt([...inputs, shape].reduce((all, each) => all * sizeOf(each), 1)) : 0;
  return (
    read + sizeOf(shape) + products + positions * kernels + (window === undefined ? 0 : sizeOf(shape) * sizeOf(window))
  );
}
