import { type Call } from '../../models/net.ts';
/** The calls of a net as ones that do one thing each. Weights keep the path that they have in the file. */
export declare const elementary: (calls: readonly Call[]) => Call[];
