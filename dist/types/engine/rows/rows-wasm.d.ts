export declare const rowsWasm: string;
