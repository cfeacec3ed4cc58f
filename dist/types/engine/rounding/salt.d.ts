/** Numbers of 32 bits, one after the other, at random. */
export type Stream = () => number;
/**
 * A stream for one `use`, drawn by a model file's SHA-256 (hex): who makes a net cannot choose it, since each change of the file changes all of it, and
 * to try many files takes long. Source: sfc32 of C. Doty-Humphrey's PractRand, public domain.
 */
export declare function streamOf(sha256: string, use: number): Stream;
