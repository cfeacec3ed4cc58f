import { failure } from '../base/errors.ts';
import { decoders } from './element-types.ts';
import type { Hdf5Array } from './hdf5.ts';

const magic = '\x93NUMPY';
/** As numpy.load has it. */
const mostHeaderBytes = 10_000;
const kinds: Record<string, string> = { b: 'uint', u: 'uint', i: 'int', f: 'float' };

/**
 * Reads an array in numpy's .npy format, versions 1 to 3. Arrays of Python objects are pickles, that is code, and are refused.
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function readNpy(bytes: Uint8Array, name: string, file: string): Hdf5Array {
  const damaged = (cause: string) =>
    failure('npz-array', file, { name, cause, fix: 'write it again with `numpy.savez`' });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || String.fromCharCode(...bytes.subarray(0, 6)) !== magic) throw damaged('is no .npy file');
  const version = bytes[6]!;
  if (version < 1 || version > 3) throw damaged(`has version ${version} of the .npy format`);
  const start = version === 1 ? 10 : 12;
  const body = start + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (body - start > mostHeaderBytes) throw damaged(`has a header of ${body - start} bytes`);
  const header = new TextDecoder().decode(bytes.subarray(start, body));
  const found = /^\{'descr': '([^']*)', 'fortran_order': (True|False), 'shape': \(([\d, ]*)\),? *\}\s*$/.exec(header);
  if (found === null)
    throw failure('data-dtype', file, { name, dtype: /'descr': (.{0,40})/.exec(header)?.[1] ?? 'unknown' });
  const [, descr, fortran, dimensions] = found;
  if (descr!.endsWith('O'))
    throw failure('npz-array', file, {
      name,
      cause: 'holds Python objects: a pickle, which is code',
      fix: 'store plain numbers: `numpy.asarray(x, dtype="uint8")`',
    });
  const [, order, kind = '', size] = /^([<>|=])([a-zA-Z])(\d+)$/.exec(descr!) ?? [];
  const dtype = `${kinds[kind] ?? descr}${Number(size) * 8}`;
  const decode = decoders[dtype];
  if (decode === undefined) throw failure('data-dtype', file, { name, dtype: descr! });
  const lengths = dimensions!.split(',').filter((part) => part.trim() !== '');
  const shape = lengths.map(Number);
  const rowBytes = shape.slice(1).reduce((product, length) => product * length, Number(size));
  if (BigInt(bytes.length - body) !== lengths.reduce((product, length) => product * BigInt(length), BigInt(size!)))
    throw damaged('is shorter or longer than its shape says');
  const isTurned = fortran === 'True' && shape.length > 1;
  return {
    shape,
    dtype,
    rowBytes,
    rows: (from, to) => {
      const values = isTurned
        ? rowsOf(bytes.subarray(body), shape, Number(size), from, to)
        : bytes.slice(body + from * rowBytes, body + to * rowBytes);
      if (order === '>') swap(values, Number(size));
      return decode(values.buffer);
    },
  };
}

/** Rows of an array in Fortran order, whose first axis is the innermost one, as rows in C's. */
function rowsOf(
  stored: Uint8Array,
  shape: readonly number[],
  size: number,
  from: number,
  to: number,
): Uint8Array<ArrayBuffer> {
  const [count = 0, ...row] = shape;
  const length = row.reduce((product, axis) => product * axis, 1);
  const values = new Uint8Array((to - from) * length * size);
  const places = placesOf(row);
  for (let i = from; i < to; i++) {
    for (let k = 0; k < length; k++) {
      const at = (i + count * places[k]!) * size;
      values.set(stored.subarray(at, at + size), ((i - from) * length + k) * size);
    }
  }
  return values;
}

/** Where each number of a row in C's order stands in one in Fortran's. */
function placesOf(shape: readonly number[]): number[] {
  let step = 1;
  let places = [0];
  for (const axis of shape) {
    const stride = step;
    places = places.flatMap((place) => Array.from({ length: axis }, (_, i) => place + i * stride));
    step *= axis;
  }
  return places;
}

/** Turns every group of `size` bytes around. */
function swap(bytes: Uint8Array, size: number): void {
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}
