/** New values for some of a model's weights, by their path in the file. */
export type Edits = ReadonlyMap<string, Float32Array>;
