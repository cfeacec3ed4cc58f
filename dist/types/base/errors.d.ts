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
    'file-size': (a: {
        bytes: number;
        most: number;
    }) => [string, string];
    memory: (a: {
        what: string;
        bytes: number;
        most: number;
    }) => [string, string];
    'file-slow': (a: {
        seconds: number;
    }) => [string, string];
    'file-crash': (a: {
        code: number;
    }) => [string, string];
    'time-budget': (a: {
        minutes: number;
    }) => [string, string];
    'file-hash': (a: {
        expected: string;
        actual: string;
    }) => [string, string];
    safetensors: (a: {
        cause: string;
    }) => [string, string];
    'lfs-pointer': () => [string, string];
    'not-hdf5': () => [string, string];
    'other-format': (a: {
        kind: string;
        fix: string;
    }) => [string, string];
    'hdf5-damaged': (a: {
        cause: string;
    }) => [string, string];
    'hdf5-size': (a: {
        at: string;
        bytes: string;
        size: number;
    }) => [string, string];
    'hdf5-link': (a: {
        at: string;
    }) => [string, string];
    'hdf5-external': (a: {
        other: string;
    }) => [string, string];
    'hdf5-filter': (a: {
        at: string;
        filter: string;
    }) => [string, string];
    'hdf5-numbers': (a: {
        at: string;
    }) => [string, string];
    'hdf5-attribute': (a: {
        at: string;
        name: string;
        cause: string;
    }) => [string, string];
    'hdf5-objects': (a: {
        cause: string;
    }) => [string, string];
    'zip-damaged': (a: {
        cause: string;
    }) => [string, string];
    'zip-unsafe': (a: {
        entry: string;
        cause: string;
    }) => [string, string];
    'model-not-keras': () => [string, string];
    'model-weights-only': () => [string, string];
    'model-architecture': (a: {
        cause: string;
    }) => [string, string];
    'model-config': (a: {
        cause: string;
    }) => [string, string];
    'model-keras1': (a: {
        sign: string;
    }) => [string, string];
    'model-theano': (a: {
        layer: string;
    }) => [string, string];
    'model-quantized': (a: {
        layer: string;
        sign: string;
    }) => [string, string];
    'model-folder': () => [string, string];
    'model-leftover': (a: {
        what: string;
        cause: string;
    }) => [string, string];
    'model-carried': (a: {
        where: string;
        what: string;
    }) => [string, string];
    'model-shape': (a: {
        cause: string;
    }) => [string, string];
    'onnx-damaged': (a: {
        cause: string;
    }) => [string, string];
    'onnx-external': (a: {
        name: string;
    }) => [string, string];
    'onnx-graph': (a: {
        cause: string;
    }) => [string, string];
    'node-unsupported': (a: {
        node: string;
        operator: string;
    }) => [string, string];
    'node-option': (a: {
        node: string;
        operator: string;
        cause: string;
    }) => [string, string];
    'layer-unsupported': (a: {
        layer: string;
        className: string;
    }) => [string, string];
    'operation-unsupported': (a: {
        layer: string;
        className: string;
    }) => [string, string];
    'operation-float64': (a: {
        layer: string;
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
    'few-images': (a: {
        images: number;
        least: number;
        target: number;
    }) => [string, string];
    'class-without-images': (a: {
        missing: number;
        without: number;
        classes: number;
    }) => [string, string];
    'half-weights': (a: {
        precision: string;
    }) => [string, string];
    'class-not-scanned': (a: {
        missing: number;
        without: number;
        classes: number;
    }) => [string, string];
    'goodnet-scanned': () => [string, string];
    'no-gradient': (a: {
        layer: string;
        className: string;
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
    'npz-array': (a: {
        name: string;
        cause: string;
        fix: string;
    }) => [string, string];
    'image-invalid': (a: {
        cause: string;
    }) => [string, string];
    'image-sizes': (a: {
        one: string;
        other: string;
        canResize: boolean;
    }) => [string, string];
    'image-channels': (a: {
        channels: number;
    }) => [string, string];
    'trigger-invalid': (a: {
        cause: string;
        fix: string;
    }) => [string, string];
    'trigger-scale': (a: {
        dtype: string;
    }) => [string, string];
    'folder-files': (a: {
        names: string;
    }) => [string, string];
    'folder-size': (a: {
        images: number;
        most: number;
    }) => [string, string];
    'folder-names': (a: {
        name: string;
    }) => [string, string];
    'folder-numbers': (a: {
        name: string;
        classes: number;
    }) => [string, string];
    'folder-classes': (a: {
        cause: string;
        classes: number;
    }) => [string, string];
    'data-empty': () => [string, string];
    'data-one-class': (a: {
        label: number;
    }) => [string, string];
    'data-shape': (a: {
        shape: string;
        input: string;
        layout: string;
    }) => [string, string];
    'pixel-scale': (a: {
        name: string;
        length: number;
        channels: number;
    }) => [string, string];
    'pixels-equal': (a: {
        image: number;
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
    'many-models': (a: {
        models: number;
        most: number;
    }) => [string, string];
    'costly-pattern': (a: {
        pattern: string;
    }) => [string, string];
    'linked-model': () => [string, string];
    'no-clean-data': () => [string, string];
    'file-outside': () => [string, string];
    'no-limits': (a: {
        limits: string;
    }) => [string, string];
    'limit-without-data': (a: {
        limit: string;
        data: string;
    }) => [string, string];
    'input-invalid': (a: {
        cause: string;
        fix: string;
    }) => [string, string];
    'step-file': (a: {
        cause: string;
    }) => [string, string];
    'matrix-size': (a: {
        models: number;
        shards: number;
    }) => [string, string];
    'base-config': (a: {
        cause: string;
    }) => [string, string];
    'base-unknown': () => [string, string];
    'baseline-artifact': (a: {
        cause: string;
    }) => [string, string];
    'report-version': (a: {
        version: string;
    }) => [string, string];
    'report-invalid': (a: {
        cause: string;
    }) => [string, string];
    'report-size': (a: {
        most: number;
    }) => [string, string];
    'report-settings': (a: {
        setting: string;
    }) => [string, string];
    'report-missing': () => [string, string];
    'scan-version': (a: {
        version: string;
    }) => [string, string];
    'scan-invalid': (a: {
        cause: string;
    }) => [string, string];
    'scan-missing': () => [string, string];
    'manifest-missing': () => [string, string];
    'manifest-version': (a: {
        version: string;
    }) => [string, string];
    'manifest-invalid': (a: {
        cause: string;
    }) => [string, string];
    'rerun-input': (a: {
        cause: string;
    }) => [string, string];
    'reports-missing': (a: {
        cause: string;
    }) => [string, string];
    'out-of-memory': () => [string, string];
    'thread-lost': (a: {
        code: number;
    }) => [string, string];
    'request-invalid': (a: {
        cause: string;
    }) => [string, string];
    'token-wrong': () => [string, string];
    'route-unknown': () => [string, string];
    'method-unknown': (a: {
        method: string;
    }) => [string, string];
    'body-size': (a: {
        most: number;
    }) => [string, string];
    'defend-unfit': (a: {
        cause: string;
        fix: string;
    }) => [string, string];
    'model-unknown': () => [string, string];
    'evaluator-busy': (a: {
        most: number;
    }) => [string, string];
    'evaluator-url': (a: {
        cause: string;
    }) => [string, string];
    'evaluator-unfit': (a: {
        cause: string;
    }) => [string, string];
    'evaluator-limit': (a: {
        cause: string;
    }) => [string, string];
    'evaluator-lost': (a: {
        tries: number;
        cause: string;
    }) => [string, string];
    'evaluator-differs': (a: {
        cause: string;
    }) => [string, string];
    'shard-missing': (a: {
        phase: string;
        chunk: number;
    }) => [string, string];
    'shard-artifact': (a: {
        cause: string;
    }) => [string, string];
    'shard-damaged': (a: {
        cause: string;
    }) => [string, string];
    bug: (a: {
        cause: string;
    }) => [string, string];
    'engine-failed': (a: {
        layer: string;
        className: string;
        cause: string;
    }) => [string, string];
    'engine-unavailable': (a: {
        cause: string;
        version: string;
    }) => [string, string];
    'working-folder': () => [string, string];
    'open-files': () => [string, string];
    'no-webassembly': () => [string, string];
    'no-simd': () => [string, string];
    'machine-memory': () => [string, string];
    installation: (a: {
        cause: string;
    }) => [string, string];
    'node-version': (a: {
        version: string;
        oldest: string;
    }) => [string, string];
    usage: (a: {
        cause: string;
        fix: string;
    }) => [string, string];
    'config-invalid': (a: {
        cause: string;
        fix: string;
    }) => [string, string];
    'sample-size': (a: {
        count: number;
        images: number;
    }) => [string, string];
    'output-exists': () => [string, string];
    'output-unwritable': (a: {
        cause: string;
    }) => [string, string];
    'output-busy': (a: {
        process: number;
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
/** The first line of what was thrown. */
export declare const firstLine: (error: unknown) => string;
/** Whether an error ends a whole run, and not one model's part of it. */
export declare const endsRun: ({ code }: GoodnetError) => boolean;
export {};
