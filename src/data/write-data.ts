import type { Hdf5Array } from '../formats/hdf5.ts';
import { isDataset } from '../formats/hdf5-tree.ts';
import { written } from '../formats/write-hdf5.ts';
import { WrittenBytes } from '../formats/written-bytes.ts';

/** What h5wasm calls the element types; half floats were widened when they were read. */
const types: Record<string, string> = {
  int8: '<b',
  uint8: '<B',
  int16: '<h',
  uint16: '<H',
  int32: '<i',
  uint32: '<I',
  int64: '<q',
  uint64: '<Q',
  float16: '<f',
  float32: '<f',
  float64: '<d',
};
const chunkBytes = 1 << 18;
const gzipLevel = 6;

/**
 * The bytes of an HDF5 file of arrays, compressed with gzip. Arrays are read chunk by chunk, so that only the compressed file
 * is in memory. The same content always gives the same bytes. `signal` ends it between two chunks.
 */
export async function createDataFile(
  arrays: Record<string, Hdf5Array>,
  attributes: Record<string, string | number>,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const content = new WrittenBytes();
  await written(
    'w',
    content,
    function* (file) {
      for (const [name, value] of Object.entries(attributes)) file.create_attribute(name, value);
      for (const [name, array] of Object.entries(arrays)) {
        const { shape, dtype, rowBytes } = array;
        const [count = 0, ...row] = shape;
        const chunk = Math.min(count, Math.max(1, Math.floor(chunkBytes / rowBytes)));
        file.create_dataset({
          name,
          data: array.rows(0, chunk),
          shape: [chunk, ...row],
          maxshape: shape,
          dtype: types[dtype]!,
          chunks: [chunk, ...row],
          compression: 'gzip',
          compression_opts: gzipLevel,
        });
        const dataset = file.get(name);
        if (!isDataset(dataset)) throw new Error(`No dataset at ${name}`);
        dataset.resize(shape);
        for (let start = chunk; start < count; start += chunk) {
          const stop = Math.min(start + chunk, count);
          yield;
          dataset.write_slice(
            [[start, stop], ...row.map((size): [number, number] => [0, size])],
            array.rows(start, stop),
          );
        }
        yield;
      }
    },
    signal,
  );
  return content.bytes;
}
