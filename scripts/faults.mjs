// Kills runs of dist/cli.js (kill -9) at random moments and looks at what is left: node scripts/faults.mjs [--kills 200] [--seed 1].
// Each run starts in the folder that the last one left. Two jobs are drawn, which write the same files with other contents, so that at any
// moment it is known whose a file is; nearly a third of the runs resume. Every tenth run goes through. Prints how many kills fell in which phase and, at the end, `N passed, M failed`.
// What it finds is told with the file, the run and its phase, and the folder as it then was is kept.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const [kills, seed] = [Number(values.kills), Number(values.seed)];
const root = fileURLToPath(new URL('..', import.meta.url));
const cli = path.join(root, 'dist/cli.js');
const work = mkdtempSync(path.join(tmpdir(), 'goodnet-faults-'));
process.on(
  'exit',
  () => Object.values(found).some((count) => count > 0) || rmSync(work, { recursive: true, force: true }),
);

const found = { lost: 0, half: 0, mixed: 0, foreign: 0, left: 0, wrong: 0 };
const told = new Set();

/** Numbers in 0..1 from a seed (mulberry32). */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const small = (name) => path.join(root, 'test/fixtures/small', name);
const models = ['a.h5', 'b.h5'];
const jobs = ['one', 'other'].map((name, k) => {
  const cwd = path.join(work, name);
  mkdirSync(cwd);
  models.forEach((model, i) => cpSync(small((i + k) % 2 === 0 ? 'badnet.h5' : 'resistant.h5'), path.join(cwd, model)));
  return cwd;
});
const start = (job, out, ...flags) =>
  spawn(
    process.execPath,
    [
      cli,
      'defend',
      ...models,
      '--clean',
      small('clean_valid.h5'),
      '--poisoned',
      `p=${small('poisoned_valid.h5')}`,
      '--scale',
      '1/255',
      '--out',
      out,
      ...flags,
    ],
    { cwd: jobs[job], stdio: ['ignore', 'ignore', 'pipe'] },
  );
const ended = (child) => new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));

/** The files of a folder, staging folders and the ledger aside: SHA-256 by path; of the report's files without what tells of one run alone. */
function filesIn(folder, below = '') {
  if (!existsSync(folder)) return {};
  return Object.fromEntries(
    readdirSync(path.join(folder, below), { withFileTypes: true }).flatMap((entry) => {
      const name = path.posix.join(below, entry.name);
      if (entry.name.startsWith('.goodnet-')) return [];
      return entry.isDirectory() ? Object.entries(filesIn(folder, name)) : [[name, digest(path.join(folder, name))]];
    }),
  );
}

function digest(file) {
  let content = readFileSync(file);
  if (/(report\.(json|md|html)|manifest\.json)$/.test(file)) {
    content = content
      .toString()
      .replace(/<details class="printed"><summary>Environment[\s\S]*?<\/details>/, '')
      .replace(/("path": "report\.\w+",)[^}]*/g, '$1')
      .replace(/"run": \{([^{}]|\{[^}]*\})*\}/, '')
      .replace(/\d+(\.\d+)? s\b|20\d\d-\d\d-\d\dT[\d:.]+Z/g, '')
      .replaceAll(/"(one|other|first|lane-\d)"|<td>(one|other|first|lane-\d)<\/td>|\/[^"]*goodnet-faults-[^"]*/g, '');
  }
  return createHash('sha256').update(content).digest('hex');
}

const staging = (out) => (existsSync(out) ? readdirSync(out).filter((name) => name.endsWith('.tmp')) : []);
const foreign = ['notes.txt', 'a.h5/notes.txt'];

const wholeRuns = await Promise.all(
  jobs.map(async (_, job) => {
    const out = path.join(work, `whole-${job}`);
    const begun = performance.now();
    const child = start(job, out);
    let firstStaged = null;
    const watch = setInterval(() => {
      if (firstStaged === null && staging(out).length > 0) firstStaged = performance.now() - begun;
    }, 5);
    const { code } = await ended(child);
    clearInterval(watch);
    if (code !== 0) throw new Error(`goodnet exits with ${code}`);
    return { files: filesIn(out), ms: performance.now() - begun, firstStaged };
  }),
);
const whole = wholeRuns.map(({ files }) => files);
const names = Object.keys(whole[0]);
if (names.length < 10 || names.some((name) => whole[1][name] === whole[0][name]))
  throw new Error('The two jobs must write the same files with other contents');

const phases = {
  'before its folder was made': 0,
  'computing the first model': 0,
  'computing the others': 0,
  'staging the report': 0,
  'moving files into place': 0,
  'ended before the kill': 0,
};
let done = 0,
  through = 0;

/** Counts what is wrong, once for each state of a file, says it, and keeps the folder as it is. */
function tell(kind, run, what, sha256 = '') {
  if (told.has(`${kind} ${run.out} ${what} ${sha256}`)) return;
  told.add(`${kind} ${run.out} ${what} ${sha256}`);
  found[kind]++;
  const kept = path.join(work, `found-${told.size}`);
  cpSync(run.out, kept, { recursive: true });
  console.log(
    `${kind}: ${what}, run ${run.turn} in ${path.basename(run.out)}, ${run.state}; the folder is in ${kept}${run.said === '' ? '' : `; it said: ${run.said}`}`,
  );
}

/** Tells what is wrong with the folder after a run, and answers its files: every file must be one job's, and all of them those that report.json came with, if it is there. */
function look(run) {
  const files = filesIn(run.out);
  for (const name of foreign) if (readFileSync(path.join(run.out, name), 'utf8') !== 'mine') tell('foreign', run, name);
  const own = Object.entries(files).filter(([name]) => !foreign.includes(name));
  for (const [name, sha256] of own) if (!whole.some((set) => set[name] === sha256)) tell('half', run, name, sha256);
  const report = whole.find((set) => set['report.json'] === files['report.json']);
  for (const name of report === undefined ? [] : names) {
    if (files[name] === undefined) tell('lost', run, name);
    else if (files[name] !== report[name]) tell('mixed', run, name, files[name]);
  }
  return files;
}

function phaseOf(out, before) {
  const mine = staging(out).filter((name) => !before.has(name));
  if (mine.length === 0) return 'before its folder was made';
  const inside = (name) => path.join(out, mine[0], name);
  if (existsSync(inside('commit.json'))) return 'moving files into place';
  if (existsSync(inside('files/report.md')) || existsSync(inside('files/a.h5/sweep.csv'))) return 'staging the report';
  return existsSync(inside('kept')) ? 'computing the others' : 'computing the first model';
}

/** One lane of runs in a folder of its own. */
async function lane(number) {
  const r = random(seed * 1000 + number);
  const out = path.join(work, `lane-${number}`);
  mkdirSync(path.join(out, 'a.h5'), { recursive: true });
  for (const name of foreign) writeFileSync(path.join(out, name), 'mine');
  for (let turn = 0; done < kills; turn++) {
    const job = Math.floor(r() * 2);
    const before = new Set(staging(out));
    const child = start(job, out, ...(r() < 0.3 ? ['--resume'] : []));
    const exit = ended(child);
    let said = '';
    child.stderr.on('data', (text) => (said += text));
    const last = turn % 10 === 9;
    if (!last) {
      done++;
      // A quarter each: anywhere in the run, once it has a folder, once its report is staged, once it moves files.
      const aim = Math.floor(r() * 4),
        at = r();
      const mine = () => staging(out).find((name) => !before.has(name));
      const has = (file) => {
        const folder = mine(); // it may go at any moment
        return folder !== undefined && existsSync(path.join(out, folder, file));
      };
      let over = false;
      void exit.then(() => (over = true));
      const wait = async (ms) => {
        for (const until = performance.now() + ms; !over && performance.now() < until;) await tick(ms < 10);
      };
      const computed = ['', `kept/${models.at(-1)}.json`]; // what lies behind it goes by in milliseconds
      for (const file of [
        [],
        [''],
        [...computed, 'files/report.json'],
        [...computed, 'files/report.md', 'commit.json'],
      ][aim])
        while (!over && !has(file)) await tick(!computed.includes(file));
      await wait(at * [wholeRuns[job].ms, wholeRuns[job].ms - wholeRuns[job].firstStaged, 4, 2][aim]);
      child.kill('SIGKILL');
    }
    const { code, signal } = await exit;
    const phase = signal === 'SIGKILL' ? phaseOf(out, before) : 'ended before the kill';
    if (!last) phases[phase]++;
    const run = {
      out,
      turn,
      state: signal === 'SIGKILL' ? `killed ${phase}` : `ended with ${code}`,
      said: said.trim(),
    };
    const files = look(run);
    if (signal === 'SIGKILL') continue;
    through++;
    const others = names.filter((name) => files[name] !== whole[job][name]);
    if (code !== 0 || others.length > 0)
      tell('wrong', run, `other than a run left alone writes: ${others.join(' ')}`, `${turn}`);
    for (const name of staging(out)) tell('left', run, name);
  }
}

const tick = (soon) => new Promise((resolve) => (soon ? setImmediate(resolve) : setTimeout(resolve, 2)));
const begun = performance.now();
await Promise.all(Array.from({ length: Math.max(1, Math.min(4, availableParallelism())) }, (_, i) => lane(i)));
console.log(
  `faults: ${kills} kills -9 in ${Math.round((performance.now() - begun) / 1000)} s, seed ${seed}: ${Object.entries(
    phases,
  )
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')}`,
);
console.log(
  `faults: ${found.lost} files lost, ${found.half} cut short, ${found.mixed} beside another run's report, ${found.foreign} of somebody else's touched; ${through} runs went through, ${found.wrong} of them with another result, ${found.left} staging folders left`,
);
const failed = Object.values(found).filter((count) => count > 0).length;
console.log(`${Object.keys(found).length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
