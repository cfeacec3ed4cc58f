import type { Config } from '../../settings/config.ts';
import type { Layout } from '../../data/layout.ts';
import type { DataPlace } from '../../data/stored.ts';
import type { Model } from '../../models/net.ts';
import type { EvaluatorPlace } from '../../engine/evaluator.ts';
/** One way of turning stored pixels into the net's input: (x * scale - mean) / std, or what the settings say. */
export interface Preparation {
    layout: Layout;
    /** As a config has it: a number, or a fraction. */
    scale: number | string;
    mean: readonly number[];
    std: readonly number[];
    /** What it makes of the pixels: `as stored`, `as set`, `0..1`, `-1..1`, `0..255` or `ImageNet`. */
    range: string;
}
/** A preparation and what the net answered on it. Accuracy in percent, on `images` images. */
export interface Trial extends Preparation {
    /** How names of class folders were read, where they can be read in two ways. */
    folders: 'numbers' | 'sorted' | null;
    correct: number;
    images: number;
    accuracy: number;
}
/**
 * What the trials say. `right`: one preparation fits best; `close`: others that cannot be told from it; `set`: only what the settings say
 * was tried; `none`: no trial is better than
 * answering the most frequent class always.
 */
export interface Probe {
    trials: Trial[];
    /** Index of the most accurate trial. */
    best: number;
    /** Indices of trials inside the best one's 95% interval. */
    close: number[];
    verdict: 'right' | 'close' | 'set' | 'none';
}
/** Scores up to 256 clean images, spread over the file, at the usual pixel ranges and in each layout that fits; checks that the poisoned images fit the net too. Throws GoodnetError. */
export declare function probe(model: Model, config: Config, place: DataPlace & EvaluatorPlace): Promise<Probe>;
