/** JSON in which -0 stands as it is. */
export declare const exactJson: (value: unknown) => string;
