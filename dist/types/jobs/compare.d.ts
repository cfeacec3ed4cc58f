import { type Leaderboard } from '../report/record/leaderboard.ts';
/** Reads reports, or folders that hold a report.json, and ranks their models. Nothing in them is trusted but the counts. Throws GoodnetError. */
export declare function compare(names: readonly string[], cwd: string): Leaderboard;
