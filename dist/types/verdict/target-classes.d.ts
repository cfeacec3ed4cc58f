import type { Split } from '../engine/split.ts';
/** Number of different labels of each attack's images: 1 for an all-to-one attack, more where true labels were stored by mistake. */
export declare function targetClasses({ attacks }: Split): Map<string, number>;
