// dist/worker.js in a workerd of its own, on this machine.
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { workerdConfig } from '../scripts/workerd-config.mjs';

/** What the worker asks for, and runs show. */
export const token = 'a secret of the bench and of its worker';

/** The files that are deployed: worker.js, and the modules of WebAssembly that it imports. */
function partsOf(dist) {
  const text = readFileSync(path.join(dist, 'worker.js'), 'utf8');
  const modules = new Set([...text.matchAll(/from"\.\/([\w-]+\.wasm)"/g)].map(([, name]) => name));
  if (modules.size === 0) throw new Error('worker.js imports no WebAssembly as it used to');
  return ['worker.js', ...modules];
}

/** Bytes of all that is deployed, as they are and gzipped. */
export function workerBytes(dist) {
  const parts = partsOf(dist).map((name) => readFileSync(path.join(dist, name)));
  const sum = (all) => all.reduce((bytes, part) => bytes + part.length, 0);
  return { plain: sum(parts), gzipped: sum(parts.map((part) => gzipSync(part))) };
}

/** Starts a workerd, and has `use` ask it. Answers seconds to its first answer, of the clock and of its processor time, MB of memory that it had then and that it had at most, and what came of `use`. */
export async function withWorkerd(program, dist, folder, use = () => undefined) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of partsOf(dist)) copyFileSync(path.join(dist, name), path.join(folder, name));
  const port = await freePort();
  const config = workerdConfig(folder, port, { GOODNET_TOKEN: token });
  const url = `http://127.0.0.1:${port}/`;
  const began = performance.now();
  const server = spawn(program, ['serve', config], { stdio: 'ignore' });
  try {
    while (!(await answers(url))) {
      if (server.exitCode !== null || performance.now() - began > longestStartMs)
        throw new Error('workerd does not start');
      await new Promise((resume) => setTimeout(resume, 5));
    }
    const cold = { seconds: (performance.now() - began) / 1000, cpu: cpuOf(server) };
    const idle = memoryOf(server, 'VmRSS');
    const run = await use(url);
    return { cold, idle, most: memoryOf(server, 'VmHWM'), run };
  } finally {
    server.kill('SIGKILL');
  }
}

const longestStartMs = 30_000;

const answers = (url) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Seconds of processor time that a process took until now: what the kernel counts in hundredths. */
function cpuOf({ pid }) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** MB of memory that a process has, `VmRSS`, or had at most, `VmHWM`. */
function memoryOf({ pid }, name) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)[1]) / 1024);
}
