import { type Patience } from './patience.ts';
/** Whether an evaluator is to be asked: one that failed rests, longer each time, and is then asked one question at first. */
export declare class Rest {
    private readonly patience;
    /** Times that it failed since it last answered; what was asked before the last of them counts no more. */
    private failures;
    private until;
    constructor(patience: Patience);
    /** Milliseconds until it is asked again. */
    get leftMs(): number;
    /** Whether it answered the last time that counts. */
    get isOver(): boolean;
    /** It is asked. What this answers is told to `failed`. */
    begin(): number;
    answered(): void;
    /** What was asked when it began came to nothing; it wants to be left alone for so many milliseconds. */
    failed(begun: number, afterMs?: number): void;
}
