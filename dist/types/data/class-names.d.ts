import type { FolderReading } from '../settings/config.ts';
/** What a net in front of class folders answers. */
interface Classes {
    classes: number;
    rejects: boolean;
}
/** Class index of each class folder; and what the other reading of their names makes of them, where nobody said which is meant and both can be. */
export interface FolderClasses {
    labels: number[];
    otherwise: number[] | null;
}
/**
 * Classes of folders whose names come sorted. With `auto`, names that are all integers are the indices, otherwise a folder's place is, as in
 * keras.utils.image_dataset_from_directory. Throws `folder-classes` and `folder-numbers`.
 */
export declare function classesOfFolders(names: readonly string[], net: Classes | null, reading: FolderReading, file: string): FolderClasses;
/** The class index in a file name like `face_label=12.png`. */
export declare function classOfFile(name: string, file: string): number;
export {};
