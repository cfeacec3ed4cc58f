// npm run fuzz -- [--runs 20000] [--seed 1] [--kind model] [--keep FOLDER]: seeded mutations of the smallest valid files.
// Every input must be accepted or refused by a typed error within a second. Exit 1 after any crash or hang; the input is kept then.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { bundle } from './bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    kind: { type: 'string' },
    keep: { type: 'string', default: 'fuzz-failures' },
  },
});
const [runs, seed] = [Number(values.runs), Number(values.seed)];
if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed)) throw new Error('--runs and --seed take integers');

/** A case without an answer by then hangs; one of more work than this is slow. */
const hangSeconds = 5;
const slowSeconds = 1;
/** A thread is renewed after so many cases: what libhdf5 keeps of damaged files must not add up. */
const casesPerThread = 500;

const scratch = mkdtempSync(path.join(tmpdir(), 'goodnet-fuzz-'));
const folder = path.join(root, 'node_modules/.goodnet');
mkdirSync(folder, { recursive: true });
await bundle(folder, { entryPoints: { fuzz: 'test/fuzz/thread.ts' } });

const kinds =
  values.kind === undefined
    ? ['h5', 'keras', 'weights', 'onnx', 'data-h5', 'npz', 'png', 'jpeg', 'config', 'report']
    : values.kind.split(',');
/** Kinds that goodnet reads in a thread with a deadline: there the end of a hang is a typed error too. */
const withDeadline = new Set(['h5', 'keras', 'weights']);
const total = { runs: 0, refused: 0, accepted: 0, ended: 0, crashes: 0, hangs: 0 };
let slowest = { seconds: 0, kind: '', run: 0 };

for (const kind of kinds) {
  const counts = { refused: 0, accepted: 0, ended: 0, crashes: 0, hangs: 0 };
  for (let done = 0; done < runs;) {
    const stop = Math.min(done + casesPerThread, runs);
    done = await part(kind, done, stop, counts);
  }
  for (const name of Object.keys(counts)) total[name] += counts[name];
  total.runs += runs;
  console.log(
    `${kind}: ${runs} runs, ${counts.refused} typed errors, ${counts.accepted} accepted, ${counts.ended} ended by the deadline, ${counts.crashes} crashes, ${counts.hangs} hangs`,
  );
}
console.log(
  `FIGURE mutations run / crashes: ${total.runs} / ${total.crashes + total.hangs} (${total.refused} typed errors, ${total.accepted} accepted, ${total.ended} ended by the deadline, ${total.hangs} hangs; slowest ${slowest.seconds.toFixed(2)} s: ${slowest.kind} ${slowest.run})`,
);
process.exitCode = total.crashes + total.hangs > 0 ? 1 : 0;

/** Runs the cases `from` to `to` of a kind in one thread; answers the first case that is still to do. */
function part(kind, from, to, counts) {
  return new Promise((resolve, reject) => {
    const thread = new Worker(path.join(folder, 'fuzz.js'), {
      workerData: { kind, from, to, seed, root, scratch: path.join(scratch, 'case') },
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
    });
    let current = { run: from, bytes: new Uint8Array() };
    let timer;
    const end = (next) => {
      clearTimeout(timer);
      thread.removeAllListeners();
      thread.terminate().then(() => resolve(next), reject);
    };
    const failed = (what, sort) => {
      counts[sort]++;
      mkdirSync(path.resolve(root, values.keep), { recursive: true });
      const file = path.resolve(root, values.keep, `${kind}-${seed}-${current.run}`);
      writeFileSync(file, current.bytes);
      console.log(`${kind} ${current.run}: ${what}; kept as ${path.relative(process.cwd(), file)}`);
    };
    thread.on('message', (message) => {
      if ('bytes' in message) {
        current = message;
        clearTimeout(timer);
        timer = setTimeout(() => {
          if (withDeadline.has(kind)) counts.ended++;
          else failed(`no answer in ${hangSeconds} s`, 'hangs');
          end(current.run + 1);
        }, hangSeconds * 1000);
        return;
      }
      clearTimeout(timer);
      if (message.seconds > slowest.seconds) slowest = { seconds: message.seconds, kind, run: current.run };
      if (message.outcome === 'crash') failed(message.stack, 'crashes');
      else if (message.seconds > slowSeconds) failed(`${message.seconds.toFixed(1)} s of work`, 'hangs');
      else counts[message.outcome]++;
      if (current.run + 1 >= to) end(to);
    });
    thread.once('error', (error) => {
      failed(String(error), 'crashes');
      end(current.run + 1);
    });
    thread.once('exit', () => {
      failed('the thread ended', 'crashes');
      end(current.run + 1);
    });
  });
}
process.on('exit', () =>
  [path.join(folder, 'fuzz.js'), scratch].forEach((left) => rmSync(left, { recursive: true, force: true })),
);
