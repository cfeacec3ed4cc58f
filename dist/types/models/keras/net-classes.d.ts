export type NetClass = 'Functional' | 'Sequential';
/** Keras's words for its two kinds of nets; `Model` is a Functional net in files up to TensorFlow 2.2. */
export declare const netClasses: ReadonlyMap<string, NetClass>;
