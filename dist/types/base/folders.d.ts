/** Whether a folder stands at `path`; what cannot be looked at is none. */
export declare function isFolder(path: string): boolean;
/** A system's way to write paths. */
export interface SystemPaths {
    sep: string;
    relative(from: string, to: string): string;
    isAbsolute(path: string): boolean;
}
/** Whether a file lies in a folder, or is that folder. `paths` is the system's. */
export declare function inside(root: string, file: string, paths?: SystemPaths): boolean;
/** What stands in a folder under a name; a link is neither file nor folder. */
export interface FolderEntry {
    name: string;
    isFile(): boolean;
    isDirectory(): boolean;
}
/** The entries of a folder. Throws `file-unreadable`. */
export declare function listFolder(path: string, name: string): FolderEntry[];
