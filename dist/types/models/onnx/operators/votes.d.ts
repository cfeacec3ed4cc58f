import type { Operator, Site, Vote } from './site.ts';
/** A class stays a class as an integer in a row. */
export declare const voteIn: (site: Site) => Vote | null;
export declare const votes: Readonly<Record<string, Operator>>;
