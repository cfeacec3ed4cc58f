/** What an image file says about itself. */
export interface PictureInfo {
  rows: number;
  columns: number;
  /** 1: grey, 3: RGB. */
  channels: 1 | 3;
}

/** A decoded image at 8 bits: values [rows, columns, channels], and how opaque each pixel is where the file tells. */
export interface Picture extends PictureInfo {
  values: Uint8Array;
  alpha: Uint8Array | null;
}

/** The values of a picture in grey or in RGB. Grey is ITU-R 601 luma in Pillow's fixed-point form. */
export function inChannels({ values, channels }: Picture, wanted: 1 | 3): Uint8Array {
  if (channels === wanted) return values;
  const out = new Uint8Array((values.length / channels) * wanted);
  if (wanted === 3) for (let i = 0; i < out.length; i++) out[i] = values[Math.floor(i / 3)]!;
  else
    for (let i = 0; i < out.length; i++)
      out[i] = (values[3 * i]! * 19595 + values[3 * i + 1]! * 38470 + values[3 * i + 2]! * 7471 + 0x8000) >> 16;
  return out;
}

/** The first `channels` of four bytes a pixel. */
export function colours(pixels: Uint8ClampedArray, channels: 1 | 3): Uint8Array {
  const values = new Uint8Array((pixels.length / 4) * channels);
  for (let from = 0, at = 0; from < pixels.length; from += 4)
    for (let c = 0; c < channels; c++) values[at++] = pixels[from + c]!;
  return values;
}
