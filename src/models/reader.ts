import { answerCalls } from '../base/answer-calls.ts';
import { type HeldFile, readingOf } from '../base/files.ts';
import { memoryFiles } from '../formats/memory-files.ts';
import { tryHdf5 } from '../formats/try-hdf5.ts';
import type { ModelBytes, ModelFile } from './format.ts';
import { readModel } from './formats.ts';

/** A thread that reads what it is told to, one file after the other: the file at hand cannot outlast its deadline. */
void memoryFiles(); // it starts before the first file is there
answerCalls(
  {
    readModel: (model: ModelBytes) => readModel(model),
    tryArrays: ({ name, ...held }: HeldFile & { name: string }, arrays: readonly string[]) =>
      tryHdf5(readingOf(held, name), arrays),
  },
  memoryOf,
);

/** The memory of a model that was read: its file's bytes and its weights. */
function memoryOf(value: unknown): ArrayBuffer[] {
  const file = value as ModelFile | undefined;
  if (file === undefined) return [];
  const weights = file.model.calls.flatMap(({ layer }) => layer.weights.map(({ values }) => values));
  return [...new Set([file.bytes, ...weights].map(({ buffer }) => buffer as ArrayBuffer))];
}
