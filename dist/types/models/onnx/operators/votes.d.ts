import type { Operator, Site, Vote } from './site.ts';
/** What names a class stays so as an integer. */
export declare const voteIn: (site: Site) => Vote | null;
export declare const votes: Readonly<Record<string, Operator>>;
