/**
 * What a file may ask of this machine. Each limit lies far above honest models and data; a file beyond it is refused before memory is
 * taken. The limits that a user may need to move are settings: `max-file-bytes`, `max-memory-bytes` and `time-budget-minutes`.
 */
export const limits = {
  /** Bytes of a config file. */
  configBytes: 64 * 1024,
  /** Bytes of a report of another run. */
  reportBytes: 256 * 2 ** 20,
  /** Files that the patterns in `models` match. */
  models: 10_000,
  /** How many times its packed size an array in chunks, or an entry of a zip, may unpack to. */
  packingRatio: 1000,
  /** Bytes of an HDF5 array that are read at once, and of one of its chunks. */
  readBytes: 2 ** 30,
  /** Bytes that libhdf5's memory may grow by for anything but values, besides the size of the file. */
  libraryBytes: 2 ** 25,
  /** Objects in one group of an HDF5 file. */
  groupMembers: 20_000,
  /** Objects in an HDF5 file that is passed on, each counted by all of its names, and groups inside groups. */
  fileObjects: 100_000,
  groupDepth: 60,
  /** Entries of a zip, and bytes that they unpack to in all. */
  zipEntries: 10_000,
  zipBytes: 2 ** 30,
  /** Bytes of the JSON that describes a net; Keras's largest have 2 MB. */
  netBytes: 16 * 2 ** 20,
  /** Nets inside nets. */
  netDepth: 24,
  /** Uses of layers, before and after nets inside are unfolded. */
  layerUses: 100_000,
  calls: 5000,
  /** Numbers that one layer answers for one image: 1 GB of float32. */
  layerValues: 2 ** 28,
  /** Pixels of one image file. */
  pixels: 2 ** 25,
  /** Scans of a progressive JPEG; encoders write about ten. */
  jpegScans: 100,
  /** Images in a folder. */
  folderImages: 1_000_000,
  /** Seconds of work that reading a model, or trying a data file, may take (deadline.ts); for a model one more for so many bytes. Damaged files send libhdf5 round in circles. */
  readSeconds: 10,
  readBytesPerSecond: 4 * 2 ** 20,
} as const;

/** The limits that a user may move: bytes of one file, and bytes of memory that a model, or what is read of data at once, may ask for. */
export interface Bounds {
  fileBytes: number;
  memoryBytes: number;
}

export const defaultBounds: Bounds = { fileBytes: 2 ** 34, memoryBytes: 2 ** 32 };
