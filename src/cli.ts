#!/usr/bin/env node
// Nothing is imported before an error has its end: what cannot be loaded would end the process with Node's own exit code, 1, which says that a gate is not met.
const { lastResort } = await import('./jobs/last-resort.ts').catch((error: NodeJS.ErrnoException) => {
  process.stderr.write(
    `goodnet: cannot be loaded (${error.code ?? error.message}); allow more open files, or install it again\n`,
  );
  return process.exit(2);
});

lastResort(({ text }) => process.stderr.write(text));
const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());
// A reader that has seen enough, such as `head`, closes the pipe: the exit code still tells the outcome.
const onStreamError = ({ code }: NodeJS.ErrnoException): void => {
  if (code !== 'EPIPE') process.exit(2);
};
for (const stream of [process.stdout, process.stderr]) stream.on('error', onStreamError);
const [{ main }, { packageFolder, processWorld }] = await Promise.all([
  import('./cli/program.ts'),
  import('./jobs/world.ts'),
]);
process.exitCode = await main(process.argv.slice(2), {
  ...processWorld(),
  packageFolder,
  signal: interrupt.signal,
  stdout: process.stdout,
  stderr: process.stderr,
});
