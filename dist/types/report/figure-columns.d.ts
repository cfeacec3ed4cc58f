import type { Metric } from '../verdict/metric-table.ts';
import type { Column } from './columns.ts';
import type { CandidateReport } from './record/report.ts';
export type Figures = CandidateReport['validation'];
/** A rate with the counts that it comes from. */
export interface Share {
    rate: number | null;
    part: number;
    whole: number;
    interval: [number, number] | null | undefined;
    /** Whose it is, where its column is that of the attack with the highest rate. */
    attack?: string;
}
/** How a table writes what nets answered. */
export interface FigureStyle {
    /** Attacks up to which each has columns of its own; of more there is the one with the highest ASR alone. */
    mostAttacks: number;
    /** Heads a figure of one split, which is null where there is no other; `metric` is what it can be limited by. */
    head: (words: string, split: string | null, metric?: Metric) => string;
    /** Names a figure of one attack out of so many. */
    ofAttack: (figure: 'ASR' | 'DER' | 'RA', attack: string, of: number) => string;
    share: (share: Share) => string;
    /** Whether it has DER and RA. */
    ratings: boolean;
}
/** What nets answered on one split. RA stands for those attacks that are `known` by their true labels. */
export declare function figureColumns<Row>(of: (row: Row) => Figures, { attacks, known, split }: {
    attacks: readonly string[];
    known: readonly string[];
    split: string | null;
}, { mostAttacks, head, ofAttack, share, ratings }: FigureStyle): Column<Row>[];
