import { type ChartOption, type Shades, type Theme } from './chart-theme.ts';
import { type Checkpoint, type ShownLimit } from './chart-marks.ts';
import type { ModelReport } from '../record/report.ts';
/** Counts at every step of one net: images given their label, clean and by attack. */
export interface StepCounts {
    correct: number[];
    hits: number[][];
}
/** What the chart of a sweep is drawn from: counts, and what they are divided by. */
export interface SweepData {
    path: string;
    layer: string;
    channels: number;
    clean: number;
    attacks: {
        name: string;
        images: number;
    }[];
    pruned: StepCounts;
    goodnet: StepCounts;
    checkpoints: Checkpoint[];
    limits: ShownLimit[];
}
export declare function sweepData(model: ModelReport): SweepData;
/** A line of the chart, for both nets: accuracy, an attack's ASR, or the highest of all. `thin` lines are those behind the highest. */
export interface SweepLine {
    name: string;
    shades: Shades;
    thin: boolean;
    pruned: (number | null)[];
    goodnet: (number | null)[];
}
/** Accuracy, and every attack's ASR in a colour of its own; where there are more attacks than colours, the highest ASR before thin lines of all. */
export declare function sweepLines({ clean, attacks, pruned, goodnet }: SweepData, { accuracy, asr }: Theme): SweepLine[];
/** Room around the plot, in pixels; what is drawn over it must find it where it is. */
export declare const plot: {
    left: number;
    right: number;
    top: number;
    bottom: number;
    outerBoundsMode: string;
};
/** Accuracy and ASR in percent over the fraction of channels pruned: solid for the pruned net, dashed for the GoodNet. `width` in pixels. */
export declare function sweepOption(data: SweepData, theme: Theme, width: number, lines?: SweepLine[]): ChartOption;
