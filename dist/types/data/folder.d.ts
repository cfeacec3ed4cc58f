import { type PinnedFile } from '../base/files.ts';
import { type Bounds } from '../base/limits.ts';
import { type Resize } from './resize.ts';
import type { FolderReading } from '../settings/config.ts';
import type { Source } from './stored.ts';
/**
 * What the net in front of the images takes: rows, columns, channels; its classes; and what to do about other sizes.
 */
export interface Wanted {
    input: readonly number[];
    classes: number;
    /** Whether its last class may be a GoodNet's own. */
    rejects: boolean;
    /** What the names of class folders mean. */
    folders: FolderReading;
    resize: Resize | null;
}
/**
 * Opens a folder of PNG, JPEG and WebP files: one subfolder a class, or files named `name_label=K.png`. Its SHA-256 is
 * that of the text which `sha256sum` prints for all its images, sorted by path. Without `wanted` the images say their
 * size and channels themselves.
 */
export declare function openFolder(folder: string, { file, sha256: pinned }: PinnedFile, wanted: Wanted | null, assets: string, { fileBytes }: Bounds, signal?: AbortSignal): Promise<Source>;
/** SHA-256 and size of a folder of images, as `openFolder` tells them. Throws GoodnetError. */
export declare function folderDigest(folder: string, file: string): {
    sha256: string;
    bytes: number;
};
/**
 * The SHA-256 in hex of what stands at `place`, a file or a folder of images, as a report names it. Throws
 * GoodnetError.
 */
export declare const hashInput: (place: string, pinned: PinnedFile) => string;
