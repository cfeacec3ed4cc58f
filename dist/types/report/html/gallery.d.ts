import type { Gallery } from '../record/gallery.ts';
/** Bytes of all pictures of a gallery inside a page. */
export declare const galleryBytes: ({ sets, triggers }: Gallery) => number;
/** The triggers that were unlearned, each as its mask and on an image; before them an image of each attack. */
export declare const triggerPictures: ({ sets, triggers }: Gallery) => string;
/** The pictures as figures with the answers below. */
export declare function gallery({ split, channelsPruned, stage, sets, attacksLeftOut }: Gallery): string;
