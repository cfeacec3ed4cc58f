import type { TrainingStore } from '../defense/retraining/attempts.ts';
import type { Output } from '../output/output.ts';
/**
 * What trainings came to, in an output folder, for a run that resumes this one: the weights as one file of float32, and
 * a text that tells what is in it. `name` is the net's, `identity` stands for all that a training depends on.
 */
export declare function keptTrainings(output: Output, name: string, identity: () => string | null): TrainingStore;
