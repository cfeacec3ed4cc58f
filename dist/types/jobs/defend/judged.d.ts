import { type Net, type Nets, type Proposal, type Subject } from '../../defense/defense.ts';
import { type DefenseFinding } from '../../defense/registry.ts';
import type { ModelOutcome } from '../../report/record/assemble.ts';
import { type Baseline } from '../../report/record/baseline.ts';
import type { OpenedData } from '../opened-data.ts';
/** What a net is judged by besides its subject. */
export interface Judging {
    /** The model's path. */
    name: string;
    /** The files that it was read from. */
    inputs: ModelOutcome['inputs'];
    data: OpenedData;
    baseline: Baseline | null;
    signal?: AbortSignal | undefined;
}
/** What all defenses came to on one net, and the verdict. */
export interface Judged extends Pick<ModelOutcome, 'inputs' | 'candidates' | 'changes' | 'rounding' | 'verdict' | 'findings'> {
    proposals: (Proposal<object, DefenseFinding> & Nets)[];
    /** In the order of the candidates; open as long as the data is. */
    nets: Net[];
}
/** All defenses on one net, from its data to its verdict. Needs nothing of Node's. Throws GoodnetError for data that cannot be used. */
export declare function judged(subject: Subject, judging: Judging): Promise<Judged>;
