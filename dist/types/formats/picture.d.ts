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
export declare function inChannels({ values, channels }: Picture, wanted: 1 | 3): Uint8Array;
/** The first `channels` of four bytes a pixel. */
export declare function colours(pixels: Uint8ClampedArray, channels: 1 | 3): Uint8Array;
