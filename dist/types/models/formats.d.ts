import type { ModelBytes, ModelFile, ModelFormat } from './format.ts';
/** Every format of model files. A file that is named as none of them is read as the first, which says what it is not. */
export declare const formats: readonly ModelFormat[];
/** The format of a model file by its name, which alone decides: it must be known where repaired copies go before the file is read. */
export declare const formatOf: (file: string) => ModelFormat;
/** Reads a model file in its format. Opens no file. Throws GoodnetError only. */
export declare const readModel: (file: ModelBytes) => Promise<ModelFile>;
/** How the name of a repaired copy of a model file ends: as its own. */
export declare function endingOf(file: string): string;
/** Whether a name ends as that of a model which is written here. */
export declare const hasModelEnding: (file: string) => boolean;
/** How people call what wrote a model file. */
export declare const dialectName: (file: string, dialect: string) => string;
