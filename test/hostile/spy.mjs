// Loaded before the command line in a child process: notes each file and network address that is opened, and the peak memory at the end.
import dns from 'node:dns';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { isMainThread } from 'node:worker_threads';

/** Threads get no environment, but the flags of the process. */
const log = new URL(import.meta.url).searchParams.get('log');
const note = fs.appendFileSync;
const watch = (owner, names, kind) => {
  for (const name of names) {
    const original = owner[name];
    owner[name] = function (target, ...rest) {
      if (typeof target !== 'number')
        note(
          log,
          `${JSON.stringify({ [kind]: kind === 'open' ? String(target) : String(target?.path ?? target?.host ?? target) })}\n`,
        );
      return Reflect.apply(original, this, [target, ...rest]);
    };
  }
};
watch(
  fs,
  ['open', 'openSync', 'readFile', 'readFileSync', 'createReadStream', 'opendirSync', 'readdirSync', 'copyFileSync'],
  'open',
);
watch(fs.promises, ['open', 'readFile', 'opendir', 'readdir'], 'open');
watch(net, ['connect', 'createConnection'], 'connect');
watch(net.Socket.prototype, ['connect'], 'connect');
watch(dns, ['lookup'], 'connect');
syncBuiltinESMExports();
if (isMainThread)
  process.on('exit', () => note(log, `${JSON.stringify({ megabytes: process.resourceUsage().maxRSS / 1024 })}\n`));
