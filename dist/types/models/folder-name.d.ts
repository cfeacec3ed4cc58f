/** The path of a model as the name of one folder, with `/` turned into `__`. */
export declare const folderName: (model: string) => string;
