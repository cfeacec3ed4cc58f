/** Numbers of 32 bits, one after the other, at random. */
export type Stream = () => number;
/**
 * A stream for one `use` of many, and there for one of `uses`, drawn by a model file's SHA-256 (hex): who makes a net
 * cannot choose it, only try files, each change of which changes all of it. Source: sfc32 of C. Doty-Humphrey's
 * PractRand, public domain.
 */
export declare function streamOf(sha256: string, use: number, uses?: number): Stream;
