import type { Clock } from '../../base/clock.ts';
import type { Config } from '../../settings/config.ts';
import type { Subject } from '../../defense/defense.ts';
import type { ModelOutcome } from '../../report/record/assemble.ts';
import type { Baseline } from '../../report/record/baseline.ts';
import type { Output } from '../../output/output.ts';
import type { Stage } from '../profile.ts';
import type { Listener } from '../listener.ts';
import type { World } from '../world.ts';
import type { Evaluator } from '../../engine/evaluator.ts';
type Place = Pick<World, 'cwd' | 'assets' | 'signal' | 'version'> & {
    listener: Listener;
    evaluator: Evaluator;
    clock: Clock<Stage>;
    /** Whether to measure how long unlearning would take. */
    estimates?: boolean;
    /** What was found of the model. */
    kept: Subject['kept'];
    /** The folder in which a scan left triggers of the model. */
    scanFolder?: string | undefined;
};
/** All defenses on one model, from its file to its verdict. Throws GoodnetError for a model or data that cannot be used. */
export declare function defend(name: string, folder: string, config: Config, output: Output, { kept, scanFolder, ...place }: Place, baseline?: Baseline | null): Promise<ModelOutcome>;
export {};
