import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { oldestNode } from '../../src/jobs/last-resort.ts';
import { bundledCli } from '../bundled.ts';
import { root } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

let cli: string;
let action: string;
beforeAll(async () => {
  cli = await bundledCli();
  action = path.join(path.dirname(cli), 'action.js');
});

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a shell's line, `$NODE`, `$CLI` and `$ACTION` in it, in a folder of its own. */
function shell(line: string, env: Record<string, string> = {}): Ended {
  const variables = {
    PATH: process.env['PATH'],
    NODE: process.execPath,
    CLI: cli,
    ACTION: action,
    EXAMPLES: path.join(root, 'examples'),
    ...env,
  };
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', line], {
    cwd: temporaryFolder(),
    encoding: 'utf8',
    env: variables,
  });
  return { code: status, stdout, stderr: stderr.replace(/^Warning: disabling flag --expose_wasm.*\n/, '') };
}

const defend =
  'defend $EXAMPLES/badnet.h5 --clean $EXAMPLES/clean_valid.h5 --poisoned bd=$EXAMPLES/poisoned_valid.h5 --max-asr 20 --out out';
const oneLine = (words: string): unknown => expect.stringMatching(new RegExp(`^[^\\n]*${words}[^\\n]*; [^\\n]+\\n$`));

describe.runIf(process.platform === 'linux')('what the machine lacks is one line and exit code 2', () => {
  test.each([
    [
      'the folder it starts in',
      `mkdir gone; cd gone; rmdir ../gone; "$NODE" "$CLI" ${defend}`,
      'the working folder: is gone',
    ],
    ['a way to open files', `ulimit -n 20; "$NODE" "$CLI" ${defend}`, '(EMFILE)'],
    ['24 open files', `ulimit -n 24; "$NODE" "$CLI" ${defend}`, 'as many files are open as this process may have'],
    ['48 open files', `ulimit -n 48; "$NODE" "$CLI" ${defend}`, 'as many files are open as this process may have'],
    ['WebAssembly', `"$NODE" --jitless "$CLI" ${defend}`, 'has no WebAssembly'],
    ['WebAssembly, to look at a model', '"$NODE" --jitless "$CLI" inspect $EXAMPLES/badnet.h5', 'has no WebAssembly'],
    ...(process.arch === 'x64'
      ? [['SIMD in WebAssembly', `"$NODE" --no-enable-sse4-1 "$CLI" ${defend}`, 'has no SIMD in its WebAssembly']]
      : []),
    ['memory', `ulimit -v 3000000; "$NODE" "$CLI" ${defend}`, 'gives no more memory or threads'],
    [
      'a newer Node.js',
      `"$NODE" --import "data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'18.20.4'}})" "$CLI" --version`,
      'is version 18.20.4, goodnet needs 20.19',
    ],
  ])('%s', (_, line, words) => {
    expect(shell(line)).toEqual({ code: 2, stdout: '', stderr: oneLine(words.replaceAll(/[().]/g, '.')) });
  });

  test.each([
    ['the folder it starts in', 'mkdir gone; cd gone; rmdir ../gone; "$NODE" "$ACTION"', 'the working folder: is gone'],
    ['a way to open files', 'ulimit -n 20; "$NODE" "$ACTION"', 'EMFILE'],
    ['a way to open all its parts', 'ulimit -n 24; "$NODE" "$ACTION"', 'EMFILE'],
    ['28 open files', 'ulimit -n 28; "$NODE" "$ACTION"', 'as many files are open as this process may have'],
  ])('the action: %s', (_, line, words) => {
    expect(shell(line)).toEqual({
      code: 2,
      stdout: expect.stringMatching(new RegExp(`^::error title=goodnet::[^\n]*${words}[^\n]*\n$`)) as unknown,
      stderr: '',
    });
  });

  test('the action without WebAssembly', () => {
    const { code, stdout } = shell('"$NODE" --jitless "$ACTION"', { INPUT_MODELS: 'badnet.h5' });
    expect([code, stdout.match(/^::error.*/gm)]).toEqual([2, [expect.stringContaining('has no WebAssembly')]]);
  });
});

test.runIf(process.platform === 'linux').each([
  ['a file that is not there', 'nope.h5', 'nope.h5: does not exist'],
  ['a folder', '.', 'is a folder, as TensorFlow.s SavedModel'],
  ['an option that is wrong', '$EXAMPLES/badnet.h5 --scale 1/0', '1/0 leaves no image'],
])('inspect ends on %s, though its reader has read nothing', (_, argument, words) => {
  const line = `timeout -s KILL 60 "$NODE" "$CLI" inspect ${argument}`;
  expect(shell(line)).toEqual({ code: 2, stdout: '', stderr: oneLine(words) });
});

describe('a part of goodnet that is not there, or damaged, is one line and exit code 2', () => {
  const without = (name: string, job: () => Ended): Ended => {
    const [file, aside] = [path.join(path.dirname(cli), name), path.join(temporaryFolder(), 'aside')];
    renameSync(file, aside);
    try {
      return job();
    } finally {
      rmSync(file, { force: true });
      renameSync(aside, file);
    }
  };

  test('each file that a defense loads', () => {
    const parts = readdirSync(path.dirname(cli)).filter(
      (name) =>
        /^(program|world|last-resort|defend|escape|reader|hdf5|tfjs|errors)[-.].*(js|wasm)$|\.wasm$/.test(name) &&
        !/^(mozjpeg|webp)/.test(name),
    );
    expect(parts.length).toBeGreaterThan(4);
    for (const part of [...parts, '../package.json']) {
      const { code, stderr } = without(part, () => shell(`"$NODE" "$CLI" ${defend}`));
      expect([part, code, stderr.replaceAll(/^.*: (ranking|sweeping).* images.*\n/gm, '')]).toEqual([
        part,
        2,
        oneLine('(a part of goodnet itself|cannot be loaded)'),
      ]);
    }
  });

  test.each(['hdf5.wasm', 'tfjs-backend-wasm-simd.wasm'])('%s that is cut', (part) => {
    const { code, stderr } = without(part, () => {
      writeFileSync(path.join(path.dirname(cli), part), 'cut');
      return shell(`"$NODE" "$CLI" ${defend}`);
    });
    expect([code, stderr]).toEqual([2, oneLine('does not compile, a part of goodnet itself')]);
  });
});

test('an error that nobody handled is a bug, with exit code 3', () => {
  for (const thrown of ['throw new Error("boom")', 'void Promise.reject(new Error("boom"))']) {
    const hook = `const waiting=setInterval(()=>{if(process.listenerCount("uncaughtException")>0){clearInterval(waiting);${thrown}}})`;
    const { code, stderr } = shell(`"$NODE" --import 'data:text/javascript,${hook}' "$CLI" ${defend}`);
    expect([code, stderr]).toEqual([3, expect.stringMatching(/This is a bug in goodnet:\nError: boom\n/)]);
  }
});

test('the oldest Node.js that is run on is the one that the package asks for', () => {
  expect((JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { engines: object }).engines).toEqual({
    node: `>=${oldestNode}`,
  });
});
