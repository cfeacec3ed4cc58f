import type { Picture, PictureInfo } from './picture.ts';
interface Header extends PictureInfo {
    depth: number;
    color: number;
    interlaced: boolean;
}
/** Size and channels of a PNG, from its first bytes. Throws Error. */
export declare function pngInfo(bytes: Uint8Array): Header;
/**
 * Decodes a PNG of any kind to grey or RGB at 8 bits: palettes are looked up, fewer bits are stretched, of 16 bits the upper eight stay.
 * Transparent pixels keep their colour. Source: https://www.w3.org/TR/png-3/. Throws Error.
 */
export declare function decodePng(bytes: Uint8Array): Picture;
export {};
