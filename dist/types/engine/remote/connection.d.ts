import { type Hello } from './hello.ts';
import type { Patience } from './patience.ts';
import { type Calling, type Outcome } from './request.ts';
import { Rest } from './rest.ts';
/** A net as it is sent. */
export interface SentNet {
    hash: string;
    body: Uint8Array<ArrayBuffer>;
}
/** A question on its way: its route, its body and the hash of its pixels. */
export interface SentQuestion {
    route: 'sums' | 'tallies';
    body: Uint8Array<ArrayBuffer>;
    data: string;
    /** Bytes that an answer has at most. */
    mostBytes: number;
    /** How long its work may take. */
    workMs: number;
}
/** One evaluator on another machine. */
export declare class Connection {
    readonly url: URL;
    private readonly calling;
    private readonly signal;
    readonly rest: Rest;
    /** Chunks that it answered, and those of them that were computed again here. */
    chunks: number;
    checked: number;
    private greeting;
    private readonly nets;
    /** `signal` ends all that is asked. */
    constructor(url: URL, calling: Calling, patience: Patience, signal: AbortSignal);
    /** What it said of itself; it was greeted. */
    get hello(): Hello;
    /** Hears what the evaluator says of itself. Throws `evaluator-unfit` where its figures could be others. */
    greet(own: Pick<Hello, 'version' | 'kernels'>): Promise<Outcome>;
    /**
     * Asks once, after the net was sent. Behind one address there may be many that each lack it: `bringing` sends it along
     * with the question where there is room. Throws `evaluator-unfit` or `evaluator-limit` where to ask again is no use.
     */
    ask(net: SentNet, question: SentQuestion, signal: AbortSignal, bringing?: boolean): Promise<Outcome>;
    /** Sends a net unless it was sent before, or is being sent. */
    private send;
    private checkSize;
}
