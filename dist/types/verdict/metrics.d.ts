/** 100 * part / whole in percent points; null where there is nothing to divide by. */
export declare function percent(part: number, whole: number): number | null;
/** A percentage with two decimals; a dash where nothing was measured. */
export declare const percentText: (value: number | null) => string;
/** `1 channel`, `3 channels`. */
export declare const channelsText: (count: number) => string;
/**
 * The 95% Wilson score interval of a proportion, in percent points, without continuity correction; null for n = 0.
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
 */
export declare function wilsonInterval(part: number, whole: number): [low: number, high: number] | null;
/**
 * Of how many images a rate would have to be that of for its 95% Wilson interval to end at a limit, both in percent; null where no number does, the rate being the limit.
 * Source: the interval's ends are the limits that z = 1.96 standard errors of the limit lie beside the rate.
 */
export declare function imagesToDecide(ratePercent: number, limitPercent: number): number | null;
/**
 * Defense effectiveness rating, 0..1: (max(0, ASR drop) - max(0, accuracy drop) + 1) / 2 with drops as fractions.
 * Arguments in percent points. Source: M. Zhu et al., "Enhancing Fine-Tuning Based Backdoor Defense" (2023).
 */
export declare function effectivenessRating(original: {
    accuracy: number;
    asr: number;
}, candidate: {
    accuracy: number;
    asr: number;
}): number;
