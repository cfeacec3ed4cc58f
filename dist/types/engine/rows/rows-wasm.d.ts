export declare const rowsWasm: string;
export declare const fusedRowsWasm: string;
