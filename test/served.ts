import { Writable } from 'node:stream';
import { serveCommand } from '../src/cli/serve/serve.ts';
import { root, testWorld } from './support.ts';

/** A `goodnet serve` on this machine: where it listens, and how it is ended, which answers its exit code. */
export interface Served {
  url: string;
  stderr: () => string;
  stop: () => Promise<number>;
}

/** Starts one on loopback, at any port that is free. */
export async function serve(token?: string, workers = 1): Promise<Served> {
  const end = new AbortController();
  let told = '';
  const stderr = new Writable({
    write: (chunk: Buffer, _, done) => {
      told += chunk.toString();
      done();
    },
  });
  let code: Promise<number> | undefined;
  const line = await new Promise<string>((resolve, reject) => {
    const stdout = new Writable({ write: (chunk: Buffer, _, done) => (resolve(chunk.toString()), done()) });
    const terminal = { ...testWorld(root), token, signal: end.signal, stdout, stderr, packageFolder: root };
    code = serveCommand({ host: '127.0.0.1', port: 0, workers }, terminal);
    code.catch(reject);
  });
  const [url] = /http:\S+/.exec(line)!;
  return { url: url, stderr: () => told, stop: () => (end.abort(), code!) };
}
