import { margins } from '../../models/layers/spec.ts';
import type { Shape } from '../../models/net.ts';

/** For each output position: which input positions it reads, and the first of the weight rows that belong to each. */
export type Taps = [position: number, base: number][][];

/** A Dense layer works on each position alone. */
export const samePosition = (positions: number): Taps => Array.from({ length: positions }, (_, p) => [[p, 0]]);

/** A mean over all positions, and a Dense layer on it. */
export const everyPosition = (positions: number): Taps => [Array.from({ length: positions }, (_, p) => [p, 0])];

interface Window {
  strides: [number, number];
  padding: 'valid' | 'same';
  dilation_rate: [number, number];
}

/** A convolution from `input` [rows, columns, channels] to `output` with a kernel [rows, columns, channels, filters]. */
export function windowTaps(
  [rows, columns, channels]: Shape,
  [height, width]: Shape,
  [kernelRows, kernelColumns]: Shape,
  { strides, padding, dilation_rate }: Window,
): Taps {
  const before = (size: number, kernel: number, axis: 0 | 1): number =>
    margins(size, kernel, strides[axis], padding, dilation_rate[axis])[0];
  const [top, left] = [before(rows!, kernelRows!, 0), before(columns!, kernelColumns!, 1)];
  const taps: Taps = [];
  for (let i = 0; i < height!; i++) {
    for (let j = 0; j < width!; j++) {
      const own: Taps[number] = [];
      for (let a = 0; a < kernelRows!; a++) {
        for (let b = 0; b < kernelColumns!; b++) {
          const [y, x] = [i * strides[0] - top + a * dilation_rate[0], j * strides[1] - left + b * dilation_rate[1]];
          if (y >= 0 && y < rows! && x >= 0 && x < columns!)
            own.push([y * columns! + x, (a * kernelColumns! + b) * channels!]);
        }
      }
      taps.push(own);
    }
  }
  return taps;
}
