import { failure } from '../../base/errors.ts';
import type { PinnedFile } from '../../base/files.ts';
import { sha256 } from '../../engine/remote/sha256.ts';
import type { Config } from '../../settings/config.ts';
import { namedFiles } from '../../settings/file-settings.ts';

/** A file of a request and its SHA-256. */
export interface SentFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
  sha256: string;
}

/** The files of a request by their names: no other place is looked at. */
export class SentFiles {
  private constructor(private readonly files: ReadonlyMap<string, SentFile>) {}

  /** Throws `request-invalid` for a file that the settings do not name. */
  static async of(parts: ReadonlyMap<string, Uint8Array<ArrayBuffer>>, config: Config): Promise<SentFiles> {
    const named = namedFiles(config);
    const files = new Map<string, SentFile>();
    for (const [name, bytes] of parts) {
      if (!named.includes(name)) throw refused(`its ${called(name)} is no file that the config names`);
      files.set(name, { name, bytes, sha256: await sha256(bytes) });
    }
    return new SentFiles(files);
  }

  /** Throws `request-invalid` for one that was not sent, and `file-hash`. */
  get({ file, sha256: pin }: PinnedFile): SentFile {
    const found = this.files.get(file);
    if (found === undefined) throw refused(`it has no ${called(file)}`);
    const expected = pin?.toLowerCase() ?? found.sha256;
    if (expected !== found.sha256) throw failure('file-hash', file, { expected, actual: found.sha256 });
    return found;
  }
}

const called = (name: string): string => `part called ${JSON.stringify(name.slice(0, 200))}`;
const refused = (cause: string) => failure('request-invalid', 'request', { cause });
