import { type Theme } from './chart-theme.ts';
import { type Metric } from '../../verdict/metric-table.ts';
import type { ModelReport } from '../record/report.ts';
/** A limit with a place on an axis of accuracy or ASR: drops and changes have none. */
export interface ShownLimit {
    metric: Metric;
    limit: number;
}
/** The limits that the gate holds the candidates against, as far as charts show them. */
export declare function shownLimits({ gate }: Pick<ModelReport, 'gate'>): ShownLimit[];
/** Dotted lines at the limits, each with its label on the side where curves seldom are. */
export declare function limitLines(limits: readonly ShownLimit[], { text, background, accuracy, asr }: Theme): object[];
export interface Checkpoint {
    dropPoints: number;
    step: number | null;
}
/** Dashed lines at the checkpoints of a net with `channels` channels on a plot `width` pixels wide. Those too near for labels of their own share one. */
export declare function checkpointLines(checkpoints: readonly Checkpoint[], channels: number, width: number, { mark, text }: Theme): object[];
