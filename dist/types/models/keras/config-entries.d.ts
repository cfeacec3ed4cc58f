import { type Json, type Refuse } from './inbound-nodes.ts';
import type { Dialect } from '../layers/spec.ts';
import { type NetClass } from './net-classes.ts';
/** What the entry of a net or a layer says besides its options. */
export interface Entry {
    name: string;
    /** The class, or words that no class bears where it is not one of Keras's own. */
    className: string;
    config: Json;
    /** The shapes that the file gives for its input, batch axis first. */
    declaredShapes: unknown[];
    /** The class by which Keras saves its state, where it is none of its own. */
    savedAs?: string;
}
/** Reads the entry of a layer, or of the root net, whose name may be missing. Whether Keras writes all that stands there is left to `checkEntry`. */
export declare function readEntry(entry: Json, isRoot: boolean, refuse: Refuse): Entry;
/** The class that an entry names, or words that no class bears. */
export declare function classIn(given: string, module: unknown, registered: unknown): string;
/** Throws where an entry has a key that Keras does not write there, or calls its layer by two names. */
export declare function checkEntry(entry: Json, { name, className, config }: Entry, role: 'root' | NetClass, refuse: Refuse): void;
/** Checks that a net's own config holds nothing but what Keras writes there. */
export declare function checkNetKeys(name: string, className: NetClass, config: Json, refuse: Refuse): void;
/**
 * The family of Keras that wrote a config, by the form of its input layers and calls. `version` is what the file says of itself, null where it
 * says nothing. A net without such signs is loaded by both, and passes for one of Keras 2, which Keras 3 loads too. Throws where the two disagree, or
 * the config is of both families.
 */
export declare function dialectOf(root: Json, version: string | null, refuse: Refuse): Dialect;
