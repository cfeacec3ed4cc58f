#!/usr/bin/env node
import { main } from './cli/program.ts';
import { packageFolder, processWorld } from './world.ts';

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());
// A reader that has seen enough, such as `head`, closes the pipe: the exit code still tells the outcome.
const onStreamError = ({ code }: NodeJS.ErrnoException): void => { if (code !== 'EPIPE') process.exit(2); };
for (const stream of [process.stdout, process.stderr]) stream.on('error', onStreamError);
process.exitCode = await main(process.argv.slice(2), { ...processWorld(), packageFolder, signal: interrupt.signal, stdout: process.stdout, stderr: process.stderr });
