import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What `use` measures with evaluators of one thread each on this machine, whose addresses it is given as flags. */
export async function withEvaluators(count, node, cli, use) {
  const servers = Array.from({ length: count }, () =>
    spawn(node, [cli, 'serve', '--port', '0', '--workers', '1'], { stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  try {
    const urls = await Promise.all(servers.map(addressOf));
    return use(urls.flatMap((url) => ['--evaluator', url]));
  } finally {
    for (const server of servers) server.kill('SIGKILL');
  }
}

/** Where a server says that it listens. Throws where it ends before. */
async function addressOf({ stdout }) {
  for await (const line of createInterface(stdout)) return /http:\S+/.exec(line)[0];
  throw new Error('an evaluator does not start');
}
