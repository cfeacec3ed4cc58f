import type { Picture, PictureInfo } from './picture.ts';
/** Decodes a PNG, JPEG or WebP as Pillow does; `file` is how messages call it. Throws `image-invalid`. */
export type Decoder = (bytes: Uint8Array, file: string) => Picture;
/** `folder` holds the decoders' .wasm files and ends with a slash. */
export declare function startDecoder(folder: string): Promise<Decoder>;
/** Size and channels of an image, without decoding it. Throws `image-invalid`. */
export declare function pictureInfo(bytes: Uint8Array, file: string): PictureInfo;
