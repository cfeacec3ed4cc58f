/** SHA-256 in hex, by what every runtime of the web has. */
export declare function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string>;
