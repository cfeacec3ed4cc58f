/**
 * Checks the JSON that a repaired model carries on from its input though no figure depends on it: initializers, regularizers,
 * constraints, and how the model was compiled. Keras builds every object that stands there when it loads the file, a layer or a net too, and calls it; so
 * only its own are let through, each kind in its place. Objects of one `shared_object_id` are one object for Keras, the first: they must be alike,
 * and none with weights, which would be those of all.
 * `where` names the JSON in messages. Throws `model-carried`.
 */
export declare function checkCarried(json: string, where: 'config' | 'training_config', file: string): void;
/** The text of a value, keys in order. */
export declare const inOrder: (value: unknown) => string;
