import type { Parts } from './parts.ts';
/** Operations that an image takes at most: the net up to the cut once, the rest for each number of channels that are off. */
export declare function operationsAnImage({ cut, prefix, suffix, shapes, channels }: Parts): number;
/** Bytes of the tensors of an image that are there at once, at most, while the whole net is computed: each goes after its last reader. */
export declare function livingBytesAnImage({ prefix, suffix, shapes }: Parts): number;
