import type { Column } from '../columns.ts';
import type { ModelScan, ScannedTrigger } from '../record/scan.ts';
/** What is told of the trigger of each class of a net. */
export declare function triggerColumns({ triggers, classes }: ModelScan): Column<ScannedTrigger>[];
/** What is told of a net among others: the class with the smallest mask. `name` writes its path. */
export declare function scannedColumns(name: Column<ModelScan>['cell'], models: readonly ModelScan[]): Column<ModelScan>[];
