import type { Topology } from '../build-model.ts';
import type { Place } from './flatten.ts';
interface Flat {
    topology: Topology;
    places: Map<string, Place>;
}
/** Layers that stand as objects where an activation's name stands otherwise. */
export declare const activationClasses: ReadonlySet<string>;
/** The same net with each activation that is a layer as a layer of its own behind the one that has it. Throws `layer-option`. */
export declare function withActivationLayers({ topology, places }: Flat, file: string): Flat;
export {};
