// What write_training.mjs needs of the engine, for a bundle.
export { openSplit } from '../../src/data/splits.ts';
export { defaultBounds } from '../../src/base/limits.ts';
export { startEngine } from '../../src/engine/start-engine.ts';
export { mulberry32, batches, split } from '../../src/engine/training/draw.ts';
export { reverse } from '../../src/engine/training/reverse.ts';
export { train } from '../../src/engine/training/train.ts';
export { Trainer } from '../../src/engine/training/trainer.ts';
export { readModel } from '../../src/models/formats.ts';
