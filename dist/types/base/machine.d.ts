import { type GoodnetError } from './errors.ts';
/**
 * What the machine, or the way in which goodnet is installed, lacks, where an error comes from that; null for any other. Node's own words tell:
 * what was thrown in a thread or by a library is text by the time it is here.
 */
export declare function machineFault(error: unknown): GoodnetError | null;
