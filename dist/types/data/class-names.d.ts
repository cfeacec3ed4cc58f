/**
 * Class index of each class folder, whose names come sorted. Names that are all integers are the indices; otherwise a folder's
 * place is, as in keras.utils.image_dataset_from_directory. Places mean classes only if there are as many folders as classes.
 */
export declare function classesOfFolders(names: readonly string[], net: {
    classes: number;
    rejects: boolean;
} | null, file: string): number[];
/** The class index in a file name like `face_label=12.png`. */
export declare function classOfFile(name: string, file: string): number;
