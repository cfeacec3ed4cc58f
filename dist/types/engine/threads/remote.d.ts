import type { EngineName } from '../../settings/config.ts';
import { GoodnetError } from '../../base/errors.ts';
/** What a thread is started with. */
export interface ThreadSetup {
    cwd: string;
    engine: EngineName;
    engineFolder: string;
    decoderFolder: string;
}
export interface Call {
    id: number;
    name: 'open' | 'sums' | 'tallies' | 'answers' | 'classes' | 'changed' | 'close';
    args: unknown[];
}
/** What a thread sends back for a call: a value, the parts of a GoodnetError, or a bug. */
export type Answer = {
    id: number;
} & ({
    value: unknown;
} | {
    refused: ConstructorParameters<typeof GoodnetError>;
} | {
    failed: Error;
});
/** A worker thread to be called from this one. While it waits for a call it does not keep the process. */
export declare class Remote {
    private readonly worker;
    private readonly waiting;
    private calls;
    private broken;
    constructor(file: string, setup: ThreadSetup);
    /** Whether the thread takes calls. */
    get lives(): boolean;
    /** Runs a call on the thread. Rejects with what it throws there, or once the thread is gone. */
    call<T>(name: Call['name'], ...args: unknown[]): Promise<T>;
    /** Ends the thread at once, whatever it is at: what is called rejects with `error`. */
    fail(error: Error): void;
    /** Ends the thread, and answers when it is gone. */
    stop(): Promise<void>;
    /** A thread that a bug has left in an unknown state takes no more calls. */
    private settle;
}
