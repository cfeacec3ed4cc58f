/** One of those who train a net together: each computes a share of every batch, and they add up what they find. */
export interface Member {
    place: number;
    of: number;
    /** What all of them write to and read. It can be sent to threads. */
    memory: SharedArrayBuffer;
}
/** Memory for so many members: a count, and two slots for each of them, which they take in turn. */
export declare const exchangeMemory: (members: number) => SharedArrayBuffer;
/** Says to all members that one of them is not coming any more. */
export declare function leave(memory: SharedArrayBuffer): void;
/** Where a member meets the others. */
export declare class Exchange {
    private readonly member;
    private readonly arrivals;
    private meetings;
    constructor(member: Member);
    /**
     * Adds up the numbers of all members, in place: of two halves of the members, of halves of these, and so on. All have
     * as many. False where a member left.
     */
    addUp(numbers: Float32Array): Promise<boolean>;
    /** A member's slot until the next meeting. What was written before the last one may be read until then. */
    private slot;
    /** Waits for all others; false where one left. */
    private meet;
}
/** What `add` makes of all: of what it makes of each half of them. They are a power of two. */
export declare function inHalves<T>(all: readonly T[], add: (a: T, b: T) => T): T;
