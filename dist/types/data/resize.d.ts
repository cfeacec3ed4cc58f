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
export declare function resizeImage(image: TypedArray, from: Size, to: Size, channels: number, method: Resize): TypedArray;
/** Images [n, ...] brought to `size` as they are read, in their own layout. Images that have that size already stay as they are. */
export declare function resized(stored: StoredArray, layout: Layout, to: Size, method: Resize): StoredArray;
