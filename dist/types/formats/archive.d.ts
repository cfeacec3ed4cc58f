/** An opened zip: its entries in the archive's order, with their unpacked sizes in bytes. */
export interface Archive {
    sizes: ReadonlyMap<string, number>;
    /** The unpacked bytes of an entry, checked against its size and checksum. */
    bytes(entry: string): Uint8Array;
}
export declare const isZip: (bytes: Uint8Array) => boolean;
/**
 * Opens a zip in memory; nothing is unpacked before it is asked for. `name` is the file that messages name.
 * Throws `zip-damaged` or `zip-unsafe`. Source of the layout: PKWARE's APPNOTE 6.3.
 */
export declare function openZip(name: string, bytes: Uint8Array): Archive;
/** A zip of stored entries, as Keras writes it. The same entries always give the same bytes. */
export declare function writeZip(entries: ReadonlyMap<string, Uint8Array>): Uint8Array;
/** Whether a file is one that readers which begin at its end, as Python's do, might take for a zip. */
export declare function endsAsZip(bytes: Uint8Array): boolean;
