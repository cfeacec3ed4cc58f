// Times the whole job at the CSAW lab's size against plain forward passes of the same images on the same engine, in one run,
// and measures the peak memory of the job. Needs ../shared/csaw-lab3 (the lab's network and ten of its faces) and 1.5 GB of disk.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lab = path.join(root, '../shared/csaw-lab3');
if (!existsSync(lab)) {
  console.error(`The benchmark needs the lab's network in ${path.relative(process.cwd(), lab)}, which is not there.`);
  process.exit(2);
}
const folder = path.join(root, '.bench');
mkdirSync(folder, { recursive: true });
const images = 11547;
const order = JSON.parse(readFileSync(path.join(lab, 'published-results.json'), 'utf8')).steps.map(({ channel }) => channel).join();
const cli = path.join(root, 'dist/cli.js');
const data = ['--clean', path.join(folder, 'clean.h5'), '--poisoned', `sunglasses=${path.join(folder, 'sunglasses.h5')}`];
const net = [path.join(lab, 'bd_weights.h5'), '--architecture', path.join(lab, 'prunednet_X=2.h5')];

for (const [prefix, name] of [['cl', 'clean'], ['sun', 'sunglasses']]) {
  const file = path.join(folder, `${name}.h5`);
  if (!existsSync(file)) execFileSync(process.execPath, [path.join(root, 'scripts/bench-data.mjs'), path.join(lab, 'images'), prefix, String(images), file], { stdio: 'inherit' });
}

/** Runs a command as a whole process; its wall time in seconds and its peak memory in MB, as the kernel counts it. */
function measure(...argv) {
  const begun = process.hrtime.bigint();
  const run = spawnSync('/usr/bin/env', ['python3', '-c', 'import resource,subprocess,sys; r=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss//1024, r.returncode)', process.execPath, cli, ...argv], { encoding: 'utf8' });
  const [megabytes, code] = run.stdout.trim().split(' ').map(Number);
  if (code !== 0) throw new Error(`goodnet ${argv[0]} exited with ${code}`);
  return { seconds: Number(process.hrtime.bigint() - begun) / 1e9, megabytes };
}

const rounds = [1, 2, 3].map(() => {
  const forward = measure('evaluate', ...net, ...data);
  const ranked = measure('defend', ...net, ...data, '--out', path.join(folder, 'out'));
  const published = measure('defend', ...net, ...data, '--order', order, '--out', path.join(folder, 'out'));
  return { forward, ranked, published };
});
rmSync(path.join(folder, 'out'), { recursive: true, force: true });
const median = (values) => [...values].sort((a, b) => a - b)[1];
const forward = median(rounds.map((round) => round.forward.seconds));
console.log(`one forward pass of ${2 * images} images (goodnet evaluate): ${forward.toFixed(1)} s`);
for (const job of ['ranked', 'published']) {
  const seconds = median(rounds.map((round) => round[job].seconds));
  const ratio = median(rounds.map((round) => round[job].seconds / round.forward.seconds));
  const megabytes = Math.max(...rounds.map((round) => round[job].megabytes));
  console.log(`the whole job, ${job === 'ranked' ? 'ranking by these images' : 'in the published order'}: ${seconds.toFixed(1)} s = ${ratio.toFixed(2)} forward passes, peak ${megabytes} MB`);
}
