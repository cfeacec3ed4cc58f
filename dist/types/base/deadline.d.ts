/**
 * Calls `over` once after `seconds` of the clock in which this process also worked that long, so that a busy machine ends nothing that gets
 * on; after six times as long whatever the process did. Answers what stops the wait.
 */
export declare function deadline(seconds: number, over: () => void): () => void;
