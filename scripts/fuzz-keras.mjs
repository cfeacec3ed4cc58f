// npm run fuzz:keras -- [--runs 2000] [--from 0] [--seed 1] [--python PATH] [--keep FOLDER] [--kind NAME,NAME]: files that goodnet accepts, against real Keras.
// Small nets of every format are changed by 1 to 3 mutations, and each tenth net is of random layers and names (kind `wired`). What goodnet reads must answer in Keras 3 and tf-keras as it does in goodnet, or
// fail to load there; so must what goodnet writes of it. Exit 1 after any difference or crash; the file is kept then, with both answers.
// Python needs tensorflow, keras, tf_keras and h5py.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { Asked, python, thread } from '../test/fuzz-keras/asked.mjs';
import { Figures } from '../test/fuzz-keras/figures.mjs';
import { Judge } from '../test/fuzz-keras/judge.mjs';
import { bundle } from './bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const here = (name) => path.join(root, 'test/fuzz-keras', name);
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '2000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    python: { type: 'string', default: 'python3' },
    keep: { type: 'string', default: 'fuzz-failures' },
    kind: { type: 'string' },
  },
});
const [runs, from, seed] = [values.runs, values.from, values.seed].map(Number);
if (![runs, from, seed].every(Number.isInteger) || runs < 0 || from < 0)
  throw new Error('--runs, --from and --seed take integers');

/** Files on their way at once: each process has its next one when it is done. */
const atOnce = 8;
/** Of so many nets one is wired at random. */
const wiredEach = 10;
/** How long a file may take: goodnet is held to it, Keras is waited for. */
const hangSeconds = 60,
  patience = 600;

const built = path.join(root, 'node_modules/.goodnet/fuzz-keras');
mkdirSync(built, { recursive: true });
await bundle(built, { entryPoints: { thread: 'test/fuzz-keras/thread.ts', compare: 'test/fuzz-keras/compare.ts' } });
const scratch = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'goodnet-fuzz-keras-'));
const seeds = madeSeeds();

const mutator = new Asked(python(values.python, [here('mutate.py'), seeds, scratch]), patience);
const wirer = new Asked(python(values.python, [here('wire.py'), scratch]), patience);
const judge = new Judge(
  {
    goodnet: new Asked(thread(path.join(built, 'thread.js'), { assets: `${built}/` }), hangSeconds),
    keras3: new Asked(python(values.python, [here('oracle.py'), 'keras3']), patience),
    tf_keras: new Asked(python(values.python, [here('oracle.py'), 'tf_keras']), patience),
  },
  await import(path.join(built, 'compare.js')),
  path.resolve(root, values.keep),
);

process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

try {
  const { seeds: count, kinds } = await mutator.ready();
  const figures = new Figures([...kinds, { name: 'wired', neutral: false }]);
  const only = values.kind?.split(',') ?? null;
  const isWired = (run) => only?.includes('wired') ?? run % wiredEach === 0;
  const start = (run) =>
    (run >= 0 && isWired(run) ? wirer : mutator)
      .ask({ seed, run, only })
      .then((mutant) => {
        if (mutant.ended !== undefined) throw new Error(`no mutant ${run}: ${mutant.ended}`);
        return judge.judge(run, mutant);
      })
      .then((outcome) => figures.add(outcome));
  await inTurn(
    Array.from({ length: count }, (_, i) => -i - 1),
    start,
  );
  figures.begin();
  await inTurn(
    Array.from({ length: runs }, (_, i) => from + i),
    start,
  );
  figures.print();
  process.exitCode = figures.failed > 0 ? 1 : 0;
} finally {
  for (const one of [mutator, wirer, ...judge.all]) one.close();
}

/** Does `work` for each item, some at once. */
async function inTurn(items, work) {
  const rest = items.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of rest) await work(item);
    }),
  );
}

/** The folder of the seeds; they are made once for each state of the scripts that make them. */
function madeSeeds() {
  const hash = createHash('sha256');
  for (const name of ['seeds.py', 'nets.py', 'dialects.py', 'images.py']) hash.update(readFileSync(here(name)));
  const folder = path.join(built, `seeds-${hash.digest('hex').slice(0, 12)}`);
  if (!existsSync(path.join(folder, 'seeds.json'))) {
    mkdirSync(folder, { recursive: true });
    try {
      execFileSync(values.python, [here('seeds.py'), folder], { stdio: ['ignore', 'ignore', 'pipe'] });
    } catch (error) {
      writeFileSync(path.join(folder, 'log'), error.stderr ?? '');
      throw new Error(`the seeds could not be made; see ${folder}/log`, { cause: error });
    }
  }
  return folder;
}
