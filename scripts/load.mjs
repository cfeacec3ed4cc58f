// Runs dist/cli.js at sizes far above the usual: many models, many classes, many channels, images that do not fit the memory.
// node scripts/load.mjs [--small]. Makes its own models and data, checks that every model's result is there, prints peak memory and, at
// the end, `N passed, M failed`. Needs Linux, whose /proc tells a process's peak memory. --small takes a minute, the whole several.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundle } from './bundle.mjs';

const {
  values: { small },
} = parseArgs({ options: { small: { type: 'boolean', default: false } } });
const root = fileURLToPath(new URL('..', import.meta.url));
const work = mkdtempSync(path.join(tmpdir(), 'goodnet-load-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
await bundle(work, { entryPoints: { synthetic: 'test/synthetic.ts' } });
const { writeNet, writeImages } = await import(path.join(work, 'synthetic.js'));

/** What JavaScript may keep, in MB: without a limit V8 leaves garbage until it is several times what lives, and that would be measured. */
const heapMegabytes = 80;

/** Runs the command line in a folder; its exit code, what it prints on stderr and its peak memory in MB. */
async function command(cwd, heap, ...argv) {
  const child = spawn(process.execPath, [...heap, path.join(root, 'dist/cli.js'), ...argv], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '',
    megabytes = 0;
  child.stderr.on('data', (text) => (stderr += text));
  const watch = setInterval(() => {
    try {
      const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
      if (peak !== null) megabytes = Math.max(megabytes, Math.round(Number(peak[1]) / 1024));
    } catch {
      /* it has ended */
    }
  }, 20);
  const code = await new Promise((resolve) => child.on('exit', resolve));
  clearInterval(watch);
  return { code, stderr, megabytes };
}

/** Defends models on the data of a folder; the report and the peak memory in MB. */
async function defend(cwd, models, ...flags) {
  const begun = performance.now();
  const { code, stderr, megabytes } = await command(
    cwd,
    [`--max-old-space-size=${heapMegabytes}`],
    'defend',
    ...models,
    '--clean',
    'clean.h5',
    '--poisoned',
    'patch=poisoned.h5',
    '--scale',
    '1/255',
    '--out',
    'out',
    ...flags,
  );
  if (code !== 0) throw new Error(`exit ${code}\n${stderr.slice(-2000)}`);
  const report = JSON.parse(readFileSync(path.join(cwd, 'out/report.json'), 'utf8'));
  const missing =
    models.filter((name) => !report.models.some(({ path: found }) => found === name)).length +
    report.files.filter(
      (file) => !existsSync(path.join(cwd, 'out', file)) || statSync(path.join(cwd, 'out', file)).size === 0,
    ).length;
  return {
    report,
    megabytes,
    missing,
    seconds: Math.round((performance.now() - begun) / 1000),
    reportMegabytes: statSync(path.join(cwd, 'out/report.json')).size / 2 ** 20,
  };
}

async function folder(name, nets, { side, channels, classes, stride = 1, images }) {
  const cwd = path.join(work, name);
  mkdirSync(cwd);
  const models = Array.from({ length: nets }, (_, i) => `net-${i}.h5`);
  for (const [i, model] of models.entries())
    await writeNet(path.join(cwd, model), { side, channels, classes, stride }, i + 1);
  await writeImages(path.join(cwd, 'clean.h5'), { count: images, side, classes });
  await writeImages(path.join(cwd, 'poisoned.h5'), { count: Math.min(images, 500), side, classes, target: 0 });
  return { cwd, models };
}

const baseMegabytes = 450; // the engine, the bundle and both caches of images and features
let passed = 0,
  failed = 0;
function check(name, holds, words) {
  holds ? passed++ : failed++;
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${name}: ${words}`);
}

{
  const [few, many] = small ? [5, 40] : [20, 200];
  const { cwd, models } = await folder('models', many, { side: 12, channels: 8, classes: 10, images: 60 });
  const [one, all] = [await defend(cwd, models.slice(0, few)), await defend(cwd, models)];
  check(
    'load: models',
    all.missing === 0 && all.report.models.length === many && all.megabytes < one.megabytes * 1.25 + 30,
    `${many} in one run with a heap of ${heapMegabytes} MB, ${all.missing} results missing; peak ${one.megabytes} MB with ${few}, ${all.megabytes} MB with ${many}; ${all.seconds} s`,
  );
  rmSync(cwd, { recursive: true });
}
{
  const { cwd, models } = await folder('classes', 1, { side: 12, channels: 16, classes: 1283, images: 2566 });
  const { report, megabytes, missing, seconds } = await defend(cwd, models);
  check(
    'load: classes',
    missing === 0 && report.models[0].classes === 1283 && megabytes < baseMegabytes,
    `1,283 in a net, ${missing} results missing; peak ${megabytes} MB; ${seconds} s`,
  );
  rmSync(cwd, { recursive: true });
}
{
  const channels = small ? 1024 : 4096;
  const { cwd, models } = await folder('channels', 1, { side: 6, channels, classes: 10, images: 40 });
  const { report, megabytes, missing, seconds, reportMegabytes } = await defend(cwd, models);
  const { sweep, ranking } = report.models[0];
  check(
    'load: channels',
    missing === 0 &&
      sweep.steps.length === channels + 1 &&
      new Set(ranking.order).size === channels &&
      megabytes < baseMegabytes,
    `${channels.toLocaleString('en')} in the pruned layer, ${missing} results missing; peak ${megabytes} MB; report ${reportMegabytes.toFixed(1)} MB; ${seconds} s`,
  );
  rmSync(cwd, { recursive: true });
}
{
  const side = 256,
    [few, many] = small ? [500, 3000] : [2000, 24000];
  const peaks = [];
  for (const images of [few, many]) {
    const { cwd, models } = await folder(`images-${images}`, 1, { side, channels: 8, classes: 10, stride: 16, images });
    peaks.push({ images, ...(await defend(cwd, models)) });
    rmSync(cwd, { recursive: true });
  }
  const [one, all] = peaks;
  const asFloats = (many * side * side * 4) / 2 ** 20;
  check(
    'load: images',
    all.missing === 0 &&
      all.report.models[0].sweep.clean === many &&
      all.megabytes < Math.min(asFloats, one.megabytes * 1.5 + 50),
    `${many.toLocaleString('en')} images of ${Math.round(asFloats)} MB as the net takes them, ${all.missing} results missing; peak ${all.megabytes} MB, with ${few.toLocaleString('en')} images ${one.megabytes} MB; ${all.seconds} s`,
  );
}
{
  const count = 200_000;
  const { cwd, models } = await folder('report', 1, { side: 12, channels: 8, classes: 10, images: 60 });
  const { report } = await defend(cwd, models);
  const { ranking, sweep } = report.models[0];
  ranking.meanActivation = Array.from({ length: count - 1 }, (_, i) => i / count);
  ranking.order = [...ranking.meanActivation.keys()];
  sweep.steps = Array.from({ length: count }, (_, i) => ({
    ...sweep.steps.at(i < count - 1 ? 0 : -1),
    step: i,
    channel: i === 0 ? null : i - 1,
  }));
  writeFileSync(path.join(cwd, 'out/report.json'), `${JSON.stringify(report, null, 2)}\n`);
  const { code, megabytes } = await command(cwd, [], 'verify', 'out');
  check(
    'load: report',
    code === 1 && megabytes < 300,
    `${count.toLocaleString('en')} steps in a forged one, verify exits ${code}; peak ${megabytes} MB`,
  );
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
