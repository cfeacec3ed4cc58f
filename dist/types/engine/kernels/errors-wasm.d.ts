export declare const errorsWasm: string;
