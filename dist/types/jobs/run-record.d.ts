import type { Report } from '../report/record/report.ts';
import type { World } from './world.ts';
/** What a report tells of the run that made it, which ends now. */
export declare function runRecord({ version, now }: Pick<World, 'version' | 'now'>, startedAt: Date, { engine, workers, plan, evaluators, unlearningSeconds, }: Pick<Report['run'], 'engine' | 'workers' | 'evaluators' | 'plan' | 'unlearningSeconds'>): Report['run'];
