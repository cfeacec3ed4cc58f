import type { Config } from '../settings/config.ts';
/** Does a job whose signal is also given when `time-budget-minutes` are over, with the error `time-budget` as its reason. */
export declare function withinBudget<W extends {
    signal?: AbortSignal;
}, T>({ 'time-budget-minutes': minutes }: Pick<Config, 'time-budget-minutes'>, world: W, job: (world: W) => Promise<T>): Promise<T>;
