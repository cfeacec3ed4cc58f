import { type Command, InvalidArgumentError } from 'commander';
import type { ServeFlags } from './serve/serve.ts';
import type { Terminal } from './terminal.ts';

/** `goodnet serve`. */
export function addServe(program: Command, terminal: Terminal, finish: (code: number) => void): void {
  program
    .command('serve')
    .description(
      'count for runs on other machines that name this one as an evaluator; they must show GOODNET_TOKEN, if it is set',
    )
    .option('--port <number>', 'port to listen at; 0: any that is free', integer(0, 65_535), 8080)
    .option('--host <host>', 'address to listen at; 0.0.0.0: all of this machine', '127.0.0.1')
    .option('--workers <number>', 'threads that compute (default: one for each core, up to 8)', integer(1, 64))
    .action(async (flags: ServeFlags) =>
      finish(await (await import('./serve/serve.ts')).serveCommand(flags, terminal)),
    );
}

const integer = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new InvalidArgumentError(`${text} is no number from ${least} to ${most}`);
};
