import { type Config } from './config.ts';
/** Settings with `change` applied to the name of every file and model that is read. */
export declare const mapFiles: <C extends Partial<Config>>(settings: C, change: (file: string) => string) => C;
/** The name of every file, folder of images and model that the settings have read. */
export declare function namedFiles(settings: Partial<Config>): string[];
/** The same without the models: what all of them share. */
export declare const sharedFiles: ({ models: _, ...settings }: Partial<Config>) => string[];
/** The file and the folder that the settings have written. */
export declare const writtenFiles: (settings: Config) => string[];
/** The settings that name files that are read, or patterns of such. */
export declare const readSettings: ("scale" | "models" | "checkpoints" | "defenses" | "rounds" | "attacks" | "data-name" | "label-name" | "layout" | "class-folders" | "accept" | "judge-by" | "max-file-bytes" | "max-memory-bytes" | "time-budget-minutes" | "engine" | "evaluator-check" | "out" | ("baseline" | "architecture" | "layer" | "rank-at" | "prune-inputs-of" | "order" | "clean" | "resize" | "mean" | "std" | "min-accuracy" | "max-asr" | "max-accuracy-drop" | "max-anomaly-index" | "max-asr-increase" | "max-accuracy-decrease" | "workers" | "evaluator" | "concurrency" | "sarif-file"))[];
/** The settings that say where files lie, and nothing of what is in them. */
export declare const fileSettings: ("scale" | "models" | "checkpoints" | "defenses" | "rounds" | "attacks" | "data-name" | "label-name" | "layout" | "class-folders" | "accept" | "judge-by" | "max-file-bytes" | "max-memory-bytes" | "time-budget-minutes" | "engine" | "evaluator-check" | "out" | ("baseline" | "architecture" | "layer" | "rank-at" | "prune-inputs-of" | "order" | "clean" | "resize" | "mean" | "std" | "min-accuracy" | "max-asr" | "max-accuracy-drop" | "max-anomaly-index" | "max-asr-increase" | "max-accuracy-decrease" | "workers" | "evaluator" | "concurrency" | "sarif-file"))[];
