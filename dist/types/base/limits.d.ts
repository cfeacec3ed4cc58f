/**
 * What a file may ask of this machine. Each limit lies far above honest models and data; a file beyond it is refused before memory is
 * taken. The limits that a user may need to move are settings: `max-file-bytes`, `max-memory-bytes` and `time-budget-minutes`.
 */
export declare const limits: {
    /** Bytes of a config file. */
    readonly configBytes: number;
    /** Bytes of a report of another run. */
    readonly reportBytes: number;
    /** Bytes of memory that the reports of other runs take once they are read: a step of a sweep with one attack takes 650. */
    readonly reportMemory: number;
    /** Bytes of a file of counts: of 4,096 channels it has 80 kB and what it answers to. */
    readonly countBytes: number;
    /** Steps of sweeps up to which `verify` draws a report's tables and pictures again: a chart takes several times the memory of its steps. */
    readonly drawnSteps: 50000;
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
    /** Bytes of the JSON that says which Keras wrote an archive; Keras writes 64. */
    readonly metadataBytes: number;
    /** Nets inside nets. */
    readonly netDepth: 24;
    /** Nodes of an ONNX graph, those that only compute shapes among them. */
    readonly onnxNodes: 20000;
    /** Uses of layers, before and after nets inside are unfolded. */
    readonly layerUses: 100000;
    /** Layers of a net with all nets inside unfolded: NASNetLarge has 1,040. Each takes the engine a moment, however small it is. */
    readonly calls: 2500;
    /** Tensors that the layers of a net read, all together. */
    readonly inputs: 10000;
    /** Convolutions that the groups of all grouped ones come to: ResNeXt101 (64x4d) has 2,112. */
    readonly groups: 10000;
    /** Axes that a layer answers for one image; the engine takes one more for the images. */
    readonly axes: 4;
    /** Numbers that one layer answers for one image: 1 GB of float32. */
    readonly layerValues: number;
    /** Rows or columns of a window, its strides, or its dilation. */
    readonly window: 1024;
    /** Positions that all windows of a layer look at for one image, which the engine lists in 32-bit memory: 3x3 windows over 2048x2048 pixels are 2 ** 25.2. */
    readonly windowTaps: number;
    /** Positions that are pooled into one, 512x512: float32 means of more, which each engine adds up in an order of its own, differ by over a thousandth. */
    readonly pooled: number;
    /** Rows or columns that UpSampling2D answers: past 2 ** 22 Keras's float32 positions point beside the pixel. */
    readonly upsampled: number;
    /** Multiply-adds that a net takes for one image: EfficientNetB7 at 600x600 pixels takes 2 ** 35.1. */
    readonly operations: number;
    /** What all Rescaling layers together may multiply by at least, and divide by at most. */
    readonly scaling: number;
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
