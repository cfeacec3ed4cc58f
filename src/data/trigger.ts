import path from 'node:path';
import { scaleOf } from '../settings/data-format.ts';
import { pinned, type StampSetting } from '../settings/split-files.ts';
import { failure } from '../base/errors.ts';
import { openFile, type PinnedFile, readAll } from '../base/files.ts';
import type { TypedArray } from '../formats/element-types.ts';
import { type Bounds, defaultBounds } from '../base/limits.ts';
import type { DataInput, DataPlace, StoredImages } from './stored.ts';
import { subset } from './gather.ts';
import { startDecoder } from '../formats/decode-picture.ts';
import { inChannels, type Picture } from '../formats/picture.ts';

/** A trigger in the units of the images that it is stamped on. */
interface Trigger {
  rows: number;
  columns: number;
  channels: 1 | 3;
  /** [rows, columns, channels] */
  values: Float64Array;
  /** How much of each pixel is the trigger's, 0..1: [rows, columns] */
  share: Float64Array;
  at: readonly [row: number, column: number];
}

/**
 * Stamps a trigger on clean images: x becomes x * (1 - a) + t * a, a = opacity * mask / 255. Images of the target class are left out,
 * the others are labelled as the target and keep their true labels. `inputs` are the files that the trigger was read from.
 */
export async function stamped(
  clean: StoredImages,
  { target, trigger: setting }: StampSetting,
  classes: number,
  place: DataPlace,
  bounds = defaultBounds,
): Promise<{ stored: StoredImages; inputs: DataInput[] }> {
  const image = pinned(setting.image).file;
  if (target >= classes)
    throw failure('trigger-invalid', image, {
      cause: `\`target\` ${target} is no class`,
      fix: `name one of 0..${classes - 1}`,
    });
  const kept = Int32Array.from([...clean.labels.keys()].filter((i) => clean.labels[i] !== target));
  if (kept.length === 0)
    throw failure('trigger-invalid', image, {
      cause: `there is no clean image but of the target class ${target}`,
      fix: 'name clean images of other classes, or another target',
    });
  const { trigger, inputs } = await readTrigger(setting, clean, place, bounds);
  const data = subset(clean.data, kept);
  const integers = /^u?int/.test(data.dtype);
  return {
    stored: {
      ...clean,
      data: {
        ...data,
        rows: (start, stop) => overlay(data.rows(start, stop), data.shape, clean.layout === 'NCHW', trigger, integers),
      },
      labels: new Int32Array(kept.length).fill(target),
      otherLabels: null,
      trueLabels: kept.map((i) => clean.labels[i]!),
    },
    inputs: inputs.map((input) => ({ ...input, samples: 1 })),
  };
}

/** Stamps images [n, c, h, w] or [n, h, w, c] in place; integers stay integers. */
function overlay(
  values: TypedArray,
  [, ...image]: number[],
  channelsFirst: boolean,
  { rows, columns, channels, values: trigger, share, at }: Trigger,
  integers: boolean,
): TypedArray {
  const [height, width] = channelsFirst ? [image[1]!, image[2]!] : [image[0]!, image[1]!];
  const size = height * width * channels;
  const big = values instanceof BigInt64Array || values instanceof BigUint64Array;
  for (let base = 0; base < values.length; base += size) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const pixel = (at[0] + row) * width + at[1] + column;
        const a = share[row * columns + column]!;
        for (let c = 0; c < channels; c++) {
          const to = base + (channelsFirst ? c * height * width + pixel : pixel * channels + c);
          const mixed = Number(values[to]) * (1 - a) + trigger[(row * columns + column) * channels + c]! * a;
          const kept = integers ? Math.round(mixed) : mixed;
          values[to] = big ? BigInt(kept) : kept;
        }
      }
    }
  }
  return values;
}

async function readTrigger(
  setting: StampSetting['trigger'],
  { data, layout, byteUnits }: StoredImages,
  place: DataPlace,
  bounds: Bounds,
): Promise<{ trigger: Trigger; inputs: Omit<DataInput, 'samples'>[] }> {
  const [, ...shape] = data.shape;
  const [height, width, channels = 1] = layout === 'NCHW' ? [shape[1]!, shape[2]!, shape[0]!] : shape;
  const image = await readPicture(pinned(setting.image), place, bounds);
  const { file } = image.input;
  const refuse = (cause: string, fix: string) => failure('trigger-invalid', file, { cause, fix });
  if (channels !== 1 && channels !== 3) throw failure('image-channels', file, { channels });
  const mask = setting.mask === undefined ? null : await readPicture(pinned(setting.mask), place, bounds);
  const { rows, columns, alpha } = image.picture;
  const sizeOf = (picture: { rows: number; columns: number }) => `${picture.rows} x ${picture.columns} pixels`;
  if (mask !== null && sizeOf(mask.picture) !== sizeOf(image.picture)) {
    throw failure('trigger-invalid', mask.input.file, {
      cause: `has ${sizeOf(mask.picture)}, its trigger has ${sizeOf(image.picture)}`,
      fix: 'make the mask as large as the trigger',
    });
  }
  const [top, left] = setting.at;
  if (top + rows > height! || left + columns > width!)
    throw refuse(
      `${sizeOf(image.picture)} at row ${top}, column ${left} reach out of images of ${sizeOf({ rows: height!, columns: width! })}`,
      'move `at`, or make the trigger smaller',
    );
  if (setting.scale === undefined && !byteUnits) throw failure('trigger-scale', file, { dtype: data.dtype });
  const pixels = inChannels(image.picture, channels);
  const values = Float64Array.from(pixels, (value) => value * scaleOf(setting.scale ?? 1));
  const stored = /^u?int/.test(data.dtype) ? values.map(Math.round) : Float32Array.from(values);
  if (new Set(pixels).size > 1 && new Set(stored).size === 1)
    throw refuse(
      `its pixels differ, and are all ${stored[0]} among images of ${data.dtype}`,
      'raise `scale` of the trigger',
    );
  const largest = largestOf[data.dtype] ?? Infinity;
  if (values.some((value) => value > largest))
    throw refuse(`its pixels exceed ${largest}, the largest ${data.dtype}`, 'lower `scale` of the trigger');
  const covers = mask === null ? alpha : inChannels(mask.picture, 1);
  const share = Float64Array.from(
    { length: rows * columns },
    (_, i) => (setting.opacity! * (covers?.[i] ?? 255)) / 255,
  );
  return {
    trigger: { rows, columns, channels, values, share, at: [top, left] },
    inputs: mask === null ? [image.input] : [image.input, mask.input],
  };
}

const largestOf: Record<string, number> = { int8: 127, uint8: 255, int16: 32767, uint16: 65535 };

async function readPicture(
  setting: PinnedFile,
  { cwd, assets }: DataPlace,
  { fileBytes }: Bounds,
): Promise<{ picture: Picture; input: Omit<DataInput, 'samples'> }> {
  const file = openFile(path.resolve(cwd, setting.file), setting, fileBytes);
  try {
    const decode = await startDecoder(assets);
    return {
      picture: decode(readAll(file), file.name),
      input: { file: file.name, sha256: file.sha256, bytes: file.size },
    };
  } finally {
    file.close();
  }
}
