import { type GoodnetError } from '../../base/errors.ts';
import type { Connection, SentNet, SentQuestion } from './connection.ts';
import type { Hello } from './hello.ts';
import { type Patience } from './patience.ts';
/** What one evaluator answered, or refused to. */
export type Told<T> = {
    by: Connection;
} & ({
    value: T;
} | {
    refused: string;
});
/** A question, how its answers are read, which throws for what is none, and whether two of them are the same. */
export interface Asking<T> {
    net: SentNet;
    question: SentQuestion;
    read: (answer: Uint8Array) => T;
    areAlike: (one: T, other: T) => boolean;
}
/** Several evaluators, each of which answers the same. */
export declare class Fleet {
    readonly connections: readonly Connection[];
    private readonly patience;
    readonly signal: AbortSignal;
    /** Tries that came to nothing, of all of them. */
    retries: number;
    private liar;
    private readonly paces;
    /** `signal` ends all that is asked. */
    constructor(connections: readonly Connection[], patience: Patience, signal: AbortSignal);
    /** Greets all of them. Throws `evaluator-unfit` or `evaluator-lost`. */
    greet(own: Pick<Hello, 'version' | 'kernels'>): Promise<void>;
    /** Throws `evaluator-differs` where an answer was none. */
    believe(): void;
    /** What is thrown of an evaluator that answered otherwise than this machine: from now on none is believed. */
    distrust({ url }: Connection, cause: string): GoodnetError;
    /**
     * The answer to a question, from the evaluator of this place, or from another where that one fails. Where it is late
     * another is asked, too: the first answer counts, and one that comes behind it must be the same. Throws
     * `evaluator-lost`, and what asking throws.
     */
    ask<T>({ net, question, read, areAlike }: Asking<T>, home: number, signal: AbortSignal): Promise<Told<T>>;
    private paceOf;
    private tried;
    /** Of those that need no rest, or all but need none, the one at `home` or the next behind it. */
    private best;
}
