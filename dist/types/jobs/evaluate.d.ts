import type { ResolvedConfig } from '../settings/resolve-config.ts';
import { type Figures } from '../verdict/figures.ts';
import type { Report } from '../report/record/report.ts';
import type { Listener } from './listener.ts';
import type { World } from './world.ts';
/** Accuracy and ASR of one model as it stands; a GoodNet's last class counts as wrong and as no hit. */
export interface Evaluation {
    path: string;
    sha256: string;
    /** Number of outputs: N classes, or N + 1 of a GoodNet. */
    outputs: number;
    validation: Figures;
    test: Figures | null;
    /** Whether names of class folders, all of them numbers, were taken for the classes where Keras would sort them as text. */
    foldersByNumber: boolean;
}
/** Scores many models on the same data. Models that are refused, or that a bug ends, stand in `errors`. Throws GoodnetError for settings that no model could run with. */
export declare function evaluate({ config }: ResolvedConfig, world: World, listener?: Listener): Promise<{
    models: Evaluation[];
    errors: Report['errors'];
}>;
