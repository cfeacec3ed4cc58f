import { failure, GoodnetError } from '../base/errors.ts';
import { machineFault } from '../base/machine.ts';
import { plainLines, plainText } from '../report/escape.ts';

/** As package.json has it. */
export const oldestNode = '20.19';

const inputError = 2,
  bug = 3;

/** How a process ends by an error that nobody handled. */
export interface End {
  code: typeof inputError | typeof bug;
  /** One line where the error can be mended, else the trace of a bug. */
  text: string;
}

/**
 * From here on no error ends this process with the exit code that Node gives it, 1, which says that a gate is not met; `tell` prints it.
 * To be called before anything else is loaded: some libraries ask for WebAssembly as they load. Throws `node-version` or `no-webassembly`.
 */
export function lastResort(tell: (end: End) => void): void {
  process.on('uncaughtException', (error: unknown) => {
    // what a promise was rejected with and nobody handled comes here as well
    const end = endOf(error);
    tell(end);
    process.exit(end.code);
  });
  if (isOlder(process.versions.node, oldestNode))
    throw failure('node-version', 'Node.js', { version: process.versions.node, oldest: oldestNode });
  if (typeof WebAssembly === 'undefined') throw failure('no-webassembly', 'this Node.js');
}

/** The end that an error makes. */
export function endOf(error: unknown): End {
  const known = error instanceof GoodnetError ? error : machineFault(error);
  if (known !== null) return { code: inputError, text: `${plainText(known.message)}\n` };
  return {
    code: bug,
    text: `This is a bug in goodnet:\n${plainLines(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
  };
}

function isOlder(version: string, oldest: string): boolean {
  const [[major = 0, minor = 0], [most = 0, least = 0]] = [version, oldest].map((each) =>
    each.split('.').map(Number),
  ) as [number[], number[]];
  return major < most || (major === most && minor < least);
}
