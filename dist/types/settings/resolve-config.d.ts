import { type Config } from './config.ts';
/** Where a setting's value comes from, strongest first. */
export type Source = 'flag' | 'config' | 'default';
/** All settings with their defaults, and the source of each value. */
export interface ResolvedConfig {
    config: Config;
    sources: Record<string, Source>;
}
/** Validates settings on their own, before they are joined with others. */
export declare const checkConfig: (value: unknown) => import("../base/schema.ts").Checked<{
    baseline?: string | undefined;
    architecture?: string | {
        file: string;
        sha256: string;
    } | undefined;
    layer?: string | undefined;
    'rank-at'?: string | undefined;
    'prune-inputs-of'?: string | undefined;
    order?: number[] | undefined;
    clean?: {
        test?: string | {
            file: string;
            sha256: string;
        } | undefined;
        validation: string | {
            file: string;
            sha256: string;
        };
    } | undefined;
    resize?: "bilinear" | "nearest" | undefined;
    mean?: number[] | undefined;
    std?: number[] | undefined;
    'min-accuracy'?: number | undefined;
    'max-asr'?: number | undefined;
    'max-accuracy-drop'?: number | undefined;
    'max-asr-increase'?: number | undefined;
    'max-accuracy-decrease'?: number | undefined;
    workers?: number | undefined;
    'sarif-file'?: string | undefined;
    scale: string | number;
    models: string[];
    checkpoints: number[];
    attacks: {
        [x: string]: {
            validation?: string | {
                file: string;
                sha256: string;
            } | undefined;
            test?: string | {
                file: string;
                sha256: string;
            } | undefined;
            target?: number | undefined;
            trigger?: {
                mask?: string | {
                    file: string;
                    sha256: string;
                } | undefined;
                opacity?: number | undefined;
                scale?: string | number | undefined;
                at: [number, number];
                image: string | {
                    file: string;
                    sha256: string;
                };
            } | undefined;
        };
    };
    'data-name': string;
    'label-name': string;
    layout: "auto" | "NCHW" | "NHWC";
    accept: ("original" | "pruned" | "goodnet")[];
    'max-file-bytes': number;
    'max-memory-bytes': number;
    'time-budget-minutes': number;
    engine: "wasm" | "tensorflow";
    out: string;
}>;
/** Joins flags over the config file over the defaults. Flags replace a setting whole. `path` names the config in messages. Throws `config-invalid`. */
export declare function resolveConfig(flags: Partial<Config>, fromFile: Record<string, unknown>, path: string | null): ResolvedConfig;
