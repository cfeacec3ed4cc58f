import type { Parts } from './parts.ts';
/** Operations that an image takes at most: the net up to the cut once, the rest for each number of channels that are off. */
export declare function operationsAnImage({ cut, prefix, suffix, shapes, channels }: Parts): number;
