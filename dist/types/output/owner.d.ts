/**
 * Whose a temporary name is: `live`, a process that runs, this one included; `gone`, one that ended; `elsewhere`, one of another machine or
 * container, of which nothing can be known.
 */
export type Owner = 'live' | 'gone' | 'elsewhere';
/** A new name that tells which process made it: machine, start of the machine, process space, process and its start. */
export declare function ownName(): string;
/** Gives up a name of `ownName`: what is called so belongs to no run any more. */
export declare function release(name: string): void;
/** Whose name this is; null if it is none of `ownName`. */
export declare function ownerOf(name: string): {
    owner: Owner;
    pid: number;
} | null;
