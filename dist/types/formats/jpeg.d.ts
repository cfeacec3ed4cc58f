import { type Picture, type PictureInfo } from './picture.ts';
/** Size and channels of a JPEG, from its frame header. Throws Error. */
export declare function jpegInfo(bytes: Uint8Array): PictureInfo;
/**
 * Starts libjpeg's decoder (MozJPEG on WebAssembly): its pixels are those of libjpeg-turbo, and so of Pillow. `folder` holds its .wasm file.
 * libjpeg leaves by exit() at a damaged image and what it holds is lost: such a decoder is not used again.
 */
export declare function startJpegDecoder(folder: string): Promise<(bytes: Uint8Array) => Picture>;
