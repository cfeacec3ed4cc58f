/** rows.as.ts compiled, in base64: written by `npm run build:rows`. */
export declare const rowsWasm: string;
