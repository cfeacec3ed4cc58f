/**
 * Does `work` and throws what is printed meanwhile: the engine says on the console that a kernel failed, and goes on with memory that
 * nobody wrote. `work` waits for nothing, so that nobody else can print in that time.
 */
export declare function listening<T>(work: () => T): T;
/** The engine's loader binds the console's functions once for all. Until the answer is called, it is given ones that look for the console's own at each print. */
export declare function audible(): () => void;
