import type { resizeMethods } from '../settings/config.ts';
import type { TypedArray } from '../formats/element-types.ts';
import type { Layout } from './layout.ts';
import type { StoredArray } from './stored.ts';

export type Resize = (typeof resizeMethods)[number];

/** Rows and columns of an image. */
export type Size = readonly [rows: number, columns: number];

/**
 * image [rows, columns, channels] -> [size[0], size[1], channels]; `nearest` keeps the type, `bilinear` gives float32.
 * Half-pixel centres, all steps rounded to float32. Source: TensorFlow, kernels/image/resize_bilinear_op.cc and image_resizer_state.h.
 */
export function resizeImage(image: TypedArray, from: Size, to: Size, channels: number, method: Resize): TypedArray {
  return method === 'nearest' ? nearest(image, from, to, channels) : bilinear(image, from, to, channels);
}

/** Images [n, ...] brought to `size` as they are read, in their own layout. Images that have that size already stay as they are. */
export function resized(stored: StoredArray, layout: Layout, to: Size, method: Resize): StoredArray {
  const [count, ...image] = stored.shape;
  const planes = layout === 'NCHW' ? image[0]! : 1;
  const channels = layout === 'NHWC' ? (image[2] ?? 1) : 1;
  const from: Size = layout === 'NCHW' ? [image[1]!, image[2]!] : [image[0]!, image[1]!];
  if (from[0] === to[0] && from[1] === to[1]) return stored;
  const [size, newSize] = [from[0] * from[1] * channels, to[0] * to[1] * channels];
  return {
    shape: [count!, ...(layout === 'NCHW' ? [planes, ...to] : [...to, ...image.slice(2)])],
    dtype: method === 'nearest' ? stored.dtype : 'float32',
    rowBytes: stored.rowBytes + newSize * planes * Float32Array.BYTES_PER_ELEMENT,
    rows: (start, stop) => {
      const values = stored.rows(start, stop);
      const total = (stop - start) * planes;
      const out =
        method === 'nearest'
          ? new (values.constructor as new (length: number) => TypedArray)(total * newSize)
          : new Float32Array(total * newSize);
      for (let plane = 0; plane < total; plane++) {
        const picture = resizeImage(values.subarray(plane * size, (plane + 1) * size), from, to, channels, method);
        out.set(picture as never, plane * newSize);
      }
      return out;
    },
  };
}

function nearest(image: TypedArray, from: Size, to: Size, channels: number): TypedArray {
  const out = new (image.constructor as new (length: number) => TypedArray)(to[0] * to[1] * channels);
  const [rows, columns] = [0, 1].map((axis) =>
    Array.from({ length: to[axis]! }, (_, i) =>
      Math.min(Math.floor(Math.fround(Math.fround(i + 0.5) * scaleOf(from[axis]!, to[axis]!))), from[axis]! - 1),
    ),
  );
  let at = 0;
  for (const row of rows!)
    for (const column of columns!)
      for (let c = 0; c < channels; c++) out[at++] = image[(row * from[1] + column) * channels + c]!;
  return out;
}

function bilinear(image: TypedArray, from: Size, to: Size, channels: number): Float32Array {
  const round = Math.fround;
  const values =
    image instanceof BigInt64Array || image instanceof BigUint64Array
      ? Float32Array.from(image, Number)
      : new Float32Array(image);
  const out = new Float32Array(to[0] * to[1] * channels);
  const [rows, columns] = [blends(from[0], to[0]), blends(from[1], to[1])];
  let at = 0;
  for (const y of rows) {
    const [upper, lower] = [y.lower * from[1], y.upper * from[1]];
    for (const x of columns) {
      for (let c = 0; c < channels; c++) {
        const topLeft = values[(upper + x.lower) * channels + c]!,
          topRight = values[(upper + x.upper) * channels + c]!;
        const bottomLeft = values[(lower + x.lower) * channels + c]!,
          bottomRight = values[(lower + x.upper) * channels + c]!;
        const top = round(topLeft + round(round(topRight - topLeft) * x.share));
        const bottom = round(bottomLeft + round(round(bottomRight - bottomLeft) * x.share));
        out[at++] = round(top + round(round(bottom - top) * y.share));
      }
    }
  }
  return out;
}

/** For each new position the two old ones that it lies between, and the share of the upper one. */
function blends(from: number, to: number): { lower: number; upper: number; share: number }[] {
  return Array.from({ length: to }, (_, i) => {
    const place = Math.fround(Math.fround(Math.fround(i + 0.5) * scaleOf(from, to)) - 0.5);
    const lower = Math.floor(place);
    return {
      lower: Math.max(lower, 0),
      upper: Math.min(Math.ceil(place), from - 1),
      share: Math.fround(place - lower),
    };
  });
}

const scaleOf = (from: number, to: number): number => Math.fround(from / to);
