/** The bytes of a PNG file of RGB values [rows, columns, 3]. */
export declare function encodePng(values: Uint8Array, rows: number, columns: number): Uint8Array;
