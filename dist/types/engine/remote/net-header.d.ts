/** The header for a net of so many bytes. */
export declare const netHeader: (hash: string, bytes: number) => Record<string, string>;
/** The net that a header tells of; null where it tells of none, or not in these words. */
export declare function netIn(headers: Headers): {
    hash: string;
    bytes: number;
} | null;
