import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { failure, type GoodnetError } from './errors.ts';

/** Folder of goodnet's own files; package.json lies above it. */
const own = path.dirname(fileURLToPath(import.meta.url));

/**
 * What the machine, or the way in which goodnet is installed, lacks, where an error comes from that; null for any other. Node's own words tell:
 * what was thrown in a thread or by a library is text by the time it is here.
 */
export function machineFault(error: unknown): GoodnetError | null {
  const { name = '', code = '', message = String(error), stack = '' } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  const [line = ''] = message.split('\n');
  const words = `${name}: ${code} ${line} ${stack.split('\n')[0]}`; // the name of an error from a thread is left in its stack alone
  if (/uv_cwd/.test(words)) return failure('working-folder', 'the working folder');
  if (/\b(EMFILE|ENFILE)\b/.test(words)) return failure('open-files', 'goodnet');
  if (typeof WebAssembly === 'undefined') return failure('no-webassembly', 'this Node.js');
  if (
    /\b(ENOMEM|EAGAIN|ERR_WORKER_INIT_FAILED|ERR_WORKER_OUT_OF_MEMORY)\b|out of memory|cannot allocate|could not allocate/i.test(
      words,
    )
  )
    return failure('machine-memory', 'goodnet');
  const file = /'([^']+)'/.exec(line)?.[1];
  if (file !== undefined && [own, path.dirname(own)].includes(path.dirname(path.resolve(own, file))))
    return failure('installation', path.basename(file), { cause: 'cannot be loaded' });
  return /CompileError:.*WebAssembly/.test(words)
    ? failure('installation', 'a .wasm file', { cause: 'does not compile' })
    : null;
}
