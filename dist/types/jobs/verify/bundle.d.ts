import { type Manifest } from '../../report/record/manifest.ts';
import type { Report } from '../../report/record/report.ts';
/** Something to tell about a file, a setting or a figure. */
export interface Remark {
    subject: string;
    text: string;
}
/** What is said of a file that is not there. */
export declare const missing = "is missing";
/** A folder that `defend` wrote, in whoever's hands it has been since. */
export interface Bundle {
    /** What messages call the folder. */
    name: string;
    folder: string;
    manifest: Manifest;
    manifestSha256: string;
    /** What lies in it by its path: plain files, and what is neither file nor folder, such as links. */
    entries: ReadonlyMap<string, 'file' | 'other'>;
}
/** Opens the folder `name`. Only plain files in it are ever opened, no link is followed. Throws `manifest-missing`, `manifest-version` or `manifest-invalid`. */
export declare function openBundle(name: string, cwd: string): Bundle;
/** Reads report.json as it lies in the folder. Throws GoodnetError. */
export declare function reportOf({ folder, name, entries }: Bundle): Report;
/** Holds every file against the manifest: missing, changed, no plain file, or neither listed nor an input that the run read there. What `mayLack` answers true for may be absent; what stopped runs left is told, and is no difference. */
export declare function checkFiles({ folder, name, manifest, entries }: Bundle, mayLack: (file: string) => boolean): {
    differences: Remark[];
    absent: Remark[];
    leftovers: Remark[];
};
/** The SHA-256 of a file, for comparing; null where there is no plain file of that name that can be read. */
export declare function hashIn({ folder, name, entries }: Bundle, file: string): string | null;
