import { spawnSync } from 'node:child_process';

const wrapper = `import resource,subprocess as sp,sys,time
b=time.time(); n=int(sys.argv[1]); p=[sp.Popen([a.replace("{}",str(i)) for a in sys.argv[2:]],stdout=sp.DEVNULL,stderr=sp.PIPE,text=True) for i in range(n)]
e=[each.communicate()[1] for each in p]; t=time.time()-b; codes=[each.returncode for each in p]
u=resource.getrusage(resource.RUSAGE_CHILDREN); print(t, u.ru_maxrss//1024, max(codes,key=abs), u.ru_utime+u.ru_stime)
sys.stderr.write(max(e,key=len)[-400:] if any(codes) else "")`;

/** Runs a command as a whole process; its wall time and processor time in seconds, and its peak memory in MB with all its threads, as the kernel counts it. */
export const measure = (...argv) => measureAtOnce(1, ...argv);

/** The same of several processes side by side, until the last has ended; `{}` in an argument is the number of the process. */
export function measureAtOnce(count, ...argv) {
  const run = spawnSync('python3', ['-c', wrapper, ...[count, ...argv].map(String)], { encoding: 'utf8' });
  const [seconds, megabytes, code, cpu] = run.stdout.trim().split(' ').map(Number);
  if (code !== 0) throw new Error(`${argv.join(' ')} exited with ${code}: ${run.stderr}`);
  return { seconds, cpu, megabytes };
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
