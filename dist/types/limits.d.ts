/**
 * What a file may ask of this machine. Each limit lies far above honest models and data; a file beyond it is refused before memory is
 * taken. The limits that a user may need to move are settings: `max-file-bytes`, `max-memory-bytes` and `time-budget-minutes`.
 */
export declare const limits: {
    /** Bytes of a config file. */
    readonly configBytes: number;
    /** Bytes of a report of another run. */
    readonly reportBytes: number;
    /** Files that the patterns in `models` match. */
    readonly models: 10000;
    /** How many times its packed size an array in chunks, or an entry of a zip, may unpack to. */
    readonly packingRatio: 1000;
    /** Bytes of an HDF5 array that are read at once, and of one of its chunks. */
    readonly readBytes: number;
    /** Bytes that libhdf5's memory may grow by for anything but values, besides the size of the file. */
    readonly libraryBytes: number;
    /** Objects in one group of an HDF5 file. */
    readonly groupMembers: 20000;
    /** Objects in an HDF5 file that is passed on, each counted by all of its names, and groups inside groups. */
    readonly fileObjects: 100000;
    readonly groupDepth: 60;
    /** Entries of a zip, and bytes that they unpack to in all. */
    readonly zipEntries: 10000;
    readonly zipBytes: number;
    /** Bytes of the JSON that describes a net; Keras's largest have 2 MB. */
    readonly netBytes: number;
    /** Nets inside nets. */
    readonly netDepth: 24;
    /** Uses of layers, before and after nets inside are unfolded. */
    readonly layerUses: 100000;
    readonly calls: 5000;
    /** Numbers that one layer answers for one image: 1 GB of float32. */
    readonly layerValues: number;
    /** Pixels of one image file. */
    readonly pixels: number;
    /** Scans of a progressive JPEG; encoders write about ten. */
    readonly jpegScans: 100;
    /** Images in a folder. */
    readonly folderImages: 1000000;
    /** Seconds of work that reading a model, or trying a data file, may take (deadline.ts); for a model one more for so many bytes. Damaged files send libhdf5 round in circles. */
    readonly readSeconds: 10;
    readonly readBytesPerSecond: number;
};
/** The limits that a user may move: bytes of one file, and bytes of memory that a model, or what is read of data at once, may ask for. */
export interface Bounds {
    fileBytes: number;
    memoryBytes: number;
}
export declare const defaultBounds: Bounds;
