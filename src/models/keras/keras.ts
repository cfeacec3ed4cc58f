import type { ModelFormat } from '../format.ts';
import { readKeras } from './read-model.ts';
import { writeGoodnet, writePruned } from './write-model.ts';

/** Keras's files: HDF5 of Keras 2 and 3, and the zip archives of Keras 3. A GoodNet is an `.h5`, which every Keras reads. */
export const keras: ModelFormat = {
  name: 'keras',
  endings: ['.weights.h5', '.keras', '.h5'],
  goodnetEnding: '.h5',
  dialects: { keras2: 'Keras 2', keras3: 'Keras 3' },
  read: readKeras,
  repaired: ({ bytes }, edits) => writePruned(bytes, edits),
  joined: ({ model }, edits, content) => writeGoodnet(model, edits, content),
};
