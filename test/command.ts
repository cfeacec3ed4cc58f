import { Writable } from 'node:stream';
import { main } from '../src/cli/program.ts';
import type { World } from '../src/jobs/world.ts';
import { root, testWorld } from './support.ts';

/** Collects what is written to it. */
class Text extends Writable {
  text = '';
  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** Runs a command line in a folder, or a world that differs in more, and answers its exit code and all that it printed. */
export async function command(
  place: string | (Partial<World> & { cwd: string }),
  ...argv: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const world = typeof place === 'string' ? { cwd: place } : place;
  const [stdout, stderr] = [new Text(), new Text()];
  const code = await main(argv, { ...testWorld(world.cwd), ...world, packageFolder: root, stdout, stderr });
  return { code, stdout: stdout.text, stderr: stderr.text };
}
