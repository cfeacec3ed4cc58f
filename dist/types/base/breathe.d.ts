/** Called between pieces of a long computation: now and then lets what waits have its turn, a Ctrl-C above all. Throws the signal's reason where an end was asked for. */
export declare function breathe(signal: AbortSignal | undefined): Promise<void>;
