import type { TransferListItem, Worker } from 'node:worker_threads';
import { GoodnetError } from './errors.ts';
/** A call of a thread by the name of what it is to do. */
export interface ThreadCall {
    id: number;
    name: string;
    args: unknown[];
    /** Whether somebody wants to be told how far the call has come. */
    heard: boolean;
}
/** What a thread sends back for a call: how far it has come; then a value, the parts of a GoodnetError, or a bug. */
export type ThreadAnswer = {
    id: number;
} & ({
    told: unknown;
} | {
    value: unknown;
} | {
    refused: ConstructorParameters<typeof GoodnetError>;
} | {
    failed: Error;
});
/** Told by a thread, on its way to a value, how far it has come. */
export type Told = (told: never) => void;
/** A thread ended by itself: with an exit code, or since its memory was full. */
export declare class ThreadEnded extends Error {
    readonly by: number | 'memory';
    constructor(by: number | 'memory');
}
/** A worker thread to be called from this one; `answerCalls` is its other end. While it waits for a call it does not keep the process. */
export declare class CalledThread {
    private readonly worker;
    private readonly waiting;
    private calls;
    private broken;
    constructor(worker: Worker);
    /** Whether the thread takes calls. */
    get lives(): boolean;
    /**
     * Runs a call on the thread, which is given the memory in `given`. Rejects with what it throws there or `told` throws
     * here, or once the thread is gone.
     */
    call<T>(name: string, args: unknown[], given?: readonly TransferListItem[], told?: Told): Promise<T>;
    /** Ends the thread at once, whatever it is at: what is called rejects with `error`. */
    fail(error: Error): void;
    /** Ends the thread, and answers when it is gone. */
    stop(): Promise<void>;
    /** A thread that a bug has left in an unknown state takes no more calls. */
    private settle;
    /** Where who is told throws, nobody wants the value any more: the thread ends. */
    private tell;
}
