/**
 * Every way a user's input can be wrong: `code -> [reason, fix]`.
 * A `GoodnetError` is the user's to mend and prints as one line; anything else thrown is a bug.
 */
declare const table: {
    'file-missing': () => [string, string];
    'file-unreadable': (a: {
        cause: string;
    }) => [string, string];
    'file-empty': () => [string, string];
    'file-hash': (a: {
        expected: string;
        actual: string;
    }) => [string, string];
    'lfs-pointer': () => [string, string];
    'not-hdf5': () => [string, string];
    'hdf5-damaged': (a: {
        cause: string;
    }) => [string, string];
    'hdf5-link': (a: {
        at: string;
    }) => [string, string];
    'model-not-keras': () => [string, string];
    'model-weights-only': () => [string, string];
    'model-architecture': (a: {
        cause: string;
    }) => [string, string];
    'model-config': (a: {
        cause: string;
    }) => [string, string];
    'model-shape': (a: {
        cause: string;
    }) => [string, string];
    'layer-unsupported': (a: {
        layer: string;
        className: string;
    }) => [string, string];
    'layer-option': (a: {
        layer: string;
        className: string;
        cause: string;
    }) => [string, string];
    'layer-weights': (a: {
        layer: string;
        cause: string;
    }) => [string, string];
    'layer-unknown': (a: {
        layer: string;
        near: string;
    }) => [string, string];
    'layer-not-prunable': (a: {
        layer: string;
        cause: string;
    }) => [string, string];
    'rank-layer': (a: {
        layer: string;
        at: string;
        chain: string;
    }) => [string, string];
    'no-prunable-layer': () => [string, string];
    'order-invalid': (a: {
        layer: string;
        channels: number;
        cause: string;
    }) => [string, string];
    'goodnet-impossible': (a: {
        cause: string;
    }) => [string, string];
    'output-not-finite': (a: {
        cause: string;
    }) => [string, string];
    'data-missing': (a: {
        name: string;
        near: string;
    }) => [string, string];
    'data-dtype': (a: {
        name: string;
        dtype: string;
    }) => [string, string];
    'data-empty': () => [string, string];
    'data-shape': (a: {
        shape: string;
        input: string;
        layout: string;
    }) => [string, string];
    'data-ambiguous': (a: {
        shape: string;
    }) => [string, string];
    'data-values': (a: {
        image: number;
        value: string;
    }) => [string, string];
    'data-count': (a: {
        images: number;
        labels: number;
    }) => [string, string];
    'label-value': (a: {
        image: number;
        value: string;
        classes: number;
    }) => [string, string];
    'label-shape': (a: {
        shape: string;
        classes: number;
    }) => [string, string];
    'no-models': (a: {
        patterns: string;
    }) => [string, string];
    'no-clean-data': () => [string, string];
    usage: (a: {
        cause: string;
        fix: string;
    }) => [string, string];
    'config-invalid': (a: {
        cause: string;
        fix: string;
    }) => [string, string];
    'output-unwritable': (a: {
        cause: string;
    }) => [string, string];
    'output-foreign': () => [string, string];
};
type Table = typeof table;
export type ErrorCode = keyof Table;
type Args<C extends ErrorCode> = Parameters<Table[C]> extends [infer A] ? [args: A] : [];
/** A mistake in what the user gave: `file`, the reason and the fix, in one line. */
export declare class GoodnetError extends Error {
    readonly code: ErrorCode;
    /** The file, folder or setting that is wrong. */
    readonly subject: string;
    readonly reason: string;
    readonly hint: string;
    constructor(code: ErrorCode, 
    /** The file, folder or setting that is wrong. */
    subject: string, reason: string, hint: string, options?: ErrorOptions);
}
/** Builds the error `code` about `subject`; the table gives its words. */
export declare function failure<C extends ErrorCode>(code: C, subject: string, ...args: Args<C>): GoodnetError;
export {};
