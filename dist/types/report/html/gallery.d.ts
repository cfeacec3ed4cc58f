import type { Gallery } from '../record/gallery.ts';
/** Bytes of all pictures of a gallery inside a page. */
export declare const galleryBytes: ({ sets }: Gallery) => number;
/** The pictures as figures with the answers below. */
export declare function gallery({ split, channelsPruned, sets, attacksLeftOut }: Gallery): string;
