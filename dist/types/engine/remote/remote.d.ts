import type { SplitData } from '../../data/splits.ts';
import { type Elsewhere, type Evaluator, type Load, type Opened, type Used, type Work } from '../evaluator.ts';
import type { Parts } from '../parts.ts';
import { type Draw } from '../training/draw.ts';
import { type AwsKeys } from './aws-keys.ts';
import { Fleet } from './fleet.ts';
import { type Patience } from './patience.ts';
/** Which evaluators are asked, and how. */
export interface RemoteSettings {
    urls: readonly string[];
    /** Requests at once for each; undefined: as many as it asks for. */
    concurrency: number | undefined;
    /** Chunks of a hundred that are computed again here. */
    checkPercent: number;
}
/** What asking takes of the world. */
export interface RemotePlace {
    version: string;
    kernels: string;
    token?: string | undefined;
    /** What requests to functions of AWS are signed with, where there is no token. */
    aws?: AwsKeys | undefined;
    fetch?: typeof fetch;
    signal?: AbortSignal;
    patience?: Patience;
    /** What the chunks that are computed again are drawn by; by chance unless given, so that no evaluator knows them. */
    seed?: number;
}
/** The evaluators that the settings name, for sums and tallies; `local` computes all else. Throws `usage`, `evaluator-url`, `evaluator-unfit` or `evaluator-lost`. */
export declare function openRemote(settings: RemoteSettings, local: Evaluator, place: RemotePlace): Promise<Remote>;
/** Sums and tallies of evaluators on other machines, everything else of a local one, which computes some chunks again. */
export declare class Remote implements Evaluator {
    private readonly local;
    private readonly fleet;
    private readonly settings;
    private readonly draw;
    private readonly ended;
    constructor(local: Evaluator, fleet: Fleet, settings: Omit<RemoteSettings, 'urls'>, draw: Draw, ended: AbortController);
    get count(): number;
    get work(): Work;
    get used(): Used[];
    get elsewhere(): Elsewhere;
    /** Puts the data in front of the net here. Evaluators are sent the net with the first of its chunks. */
    open(parts: Parts, data: readonly SplitData[], load?: Load): Promise<Opened>;
    stop(): Promise<void>;
    /** The chunks of a dataset that are computed again here. */
    private picked;
    /** The place of an evaluator for each request that is made at once: each evaluator's first, then each one's second. */
    private lanes;
}
