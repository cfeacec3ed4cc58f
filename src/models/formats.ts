import type { ModelBytes, ModelFile, ModelFormat } from './format.ts';
import { keras } from './keras/keras.ts';
import { onnx } from './onnx/onnx.ts';

/** Every format of model files. A file that is named as none of them is read as the first, which says what it is not. */
export const formats: readonly ModelFormat[] = [keras, onnx];

/** The format of a model file by its name, which alone decides: it must be known where repaired copies go before the file is read. */
export const formatOf = (file: string): ModelFormat =>
  formats.find(({ endings }) => endings.some((ending) => file.endsWith(ending))) ?? formats[0]!;

/** Reads a model file in its format. Opens no file. Throws GoodnetError only. */
export const readModel = (file: ModelBytes): Promise<ModelFile> => formatOf(file.name).read(file);

/** How the name of a repaired copy of a model file ends: as its own. */
export function endingOf(file: string): string {
  const { endings } = formatOf(file);
  return endings.find((ending) => file.endsWith(ending)) ?? endings.at(-1)!;
}

/** Whether a name ends as that of a model which is written here. */
export const hasModelEnding = (file: string): boolean =>
  formats.some(({ endings, goodnetEnding }) => [...endings, goodnetEnding].some((ending) => file.endsWith(ending)));

/** How people call what wrote a model file. */
export const dialectName = (file: string, dialect: string): string => formatOf(file).dialects[dialect] ?? dialect;
