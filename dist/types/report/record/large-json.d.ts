/**
 * The value of a JSON text that is read block by block: the text is never whole in memory, a large value is seen by `weigh` part by part as
 * it grows. Throws SyntaxError for what is no JSON, RangeError for a part beyond a megabyte, and what `weigh` throws.
 */
export declare function readLargeJson(blocks: Iterable<Uint8Array>, weigh: (part: unknown) => void): unknown;
