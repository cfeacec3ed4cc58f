import { answerCalls } from '../base/answer-calls.ts';
import { type HeldFile, readingOf } from '../base/files.ts';
import { memoryFiles } from '../formats/memory-files.ts';
import { tryHdf5 } from '../formats/try-hdf5.ts';
import type { WholeArrays } from '../formats/whole-arrays.ts';
import type { ModelFile } from './format.ts';
import { readingHere } from './reading.ts';

/** A thread that reads what it is told to, one file after the other: the file at hand cannot outlast its deadline. */
void memoryFiles(); // it starts before the first file is there
answerCalls(
  {
    readModel: readingHere.model,
    readArrays: readingHere.arrays,
    tryArrays: ({ name, ...held }: HeldFile & { name: string }, arrays: readonly string[]) =>
      tryHdf5(readingOf(held, name), arrays),
  },
  memoryOf,
);

/** The memory of what was read: a model's file and its weights, or arrays. */
function memoryOf(value: unknown): ArrayBuffer[] {
  const read = value as ModelFile | WholeArrays | undefined;
  if (read === undefined) return [];
  const parts = 'arrays' in read ? [...read.arrays.values()].map(({ bytes }) => bytes) : partsOf(read);
  return [...new Set(parts.map(({ buffer }) => buffer as ArrayBuffer))];
}

const partsOf = ({ bytes, model }: ModelFile): ArrayBufferView[] => [
  bytes,
  ...model.calls.flatMap(({ layer }) => layer.weights.map(({ values }) => values)),
];
