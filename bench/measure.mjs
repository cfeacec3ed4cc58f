import { spawnSync } from 'node:child_process';

const wrapper = `import resource,subprocess,sys,time
b=time.time(); r=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.PIPE,text=True); t=time.time()-b
u=resource.getrusage(resource.RUSAGE_CHILDREN); print(t, u.ru_maxrss//1024, r.returncode)
sys.stderr.write(r.stderr[-400:] if r.returncode else "")`;

/** Runs a command as a whole process; its wall time in seconds, and its peak memory in MB with all its threads, as the kernel counts it. */
export function measure(...argv) {
  const run = spawnSync('python3', ['-c', wrapper, ...argv.map(String)], { encoding: 'utf8' });
  const [seconds, megabytes, code] = run.stdout.trim().split(' ').map(Number);
  if (code !== 0) throw new Error(`${argv.join(' ')} exited with ${code}: ${run.stderr}`);
  return { seconds, megabytes };
}

/** What a command prints last, as JSON. */
export function printed(...argv) {
  const [command, ...rest] = argv.map(String);
  const run = spawnSync(command, rest, { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`${argv.join(' ')} exited with ${run.status}: ${run.stderr.slice(-400)}`);
  return JSON.parse(run.stdout.trim().split('\n').at(-1));
}

/** The middle of some numbers, the least and the greatest. */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)], least: sorted[0], greatest: sorted.at(-1) };
}
