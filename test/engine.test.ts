import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../src/report/report.ts';
import { bundleInto } from './bundled.ts';
import { command } from './command.ts';
import { root, startEngine, testEngine } from './support.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('jobs that start at once share the engine', async () => {
  await expect(Promise.all([startEngine(), startEngine(), startEngine()])).resolves.toHaveLength(3);
});

describe('the engine tensorflow where it cannot start', () => {
  const folder = temporaryFolder();
  const installed = path.join(folder, 'node_modules/@tensorflow/tfjs-node');
  beforeAll(() => bundleInto(folder));

  /** The built command line, with a tfjs-node beside it that consists of `script`, or with none. */
  function evaluateBeside(script: string | null, cwd = root) {
    rmSync(installed, { recursive: true, force: true });
    if (script !== null) {
      mkdirSync(installed, { recursive: true });
      writeFileSync(path.join(installed, 'index.js'), script);
    }
    const args = [path.join(folder, 'dist/cli.js'), 'evaluate', '--config', path.join(root, 'examples/goodnet.yml'), path.join(root, 'examples/badnet.h5'), '--engine', 'tensorflow'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, env: { ...process.env, NODE_PATH: '' }, encoding: 'utf8' });
    return { status, stdout, stderr };
  }
  const line = (cause: string) => `engine tensorflow: does not start (${cause}); install @tensorflow/tfjs-node 4.22.0 where goodnet is installed, with its native part (docs/engines.md), or leave \`engine\` out\n`;

  test.each([
    ['is not installed', null, '@tensorflow/tfjs-node is not installed'],
    ['lacks its native part', 'throw new Error("The Node.js native addon module (tfjs_binding.node) can not be found at path: /x. \\nPlease run command")', 'The Node.js native addon module (tfjs_binding.node) can not be found at path: /x'],
    ['is another version', 'exports.version = { "tfjs-core": "3.9.0" }', '@tensorflow/tfjs-node 3.9.0 is installed'],
  ])('it %s: one line, exit 2, nothing computed', (_, script, cause) => {
    expect(evaluateBeside(script)).toEqual({ status: 2, stdout: '', stderr: line(cause) });
  });

  test('a tfjs-node in the folder of the models is not loaded', () => {
    const cwd = temporaryFolder();
    const planted = path.join(cwd, 'node_modules/@tensorflow/tfjs-node');
    mkdirSync(planted, { recursive: true });
    writeFileSync(path.join(planted, 'index.js'), 'process.exit(0)');
    expect(evaluateBeside(null, cwd)).toEqual({ status: 2, stdout: '', stderr: line('@tensorflow/tfjs-node is not installed') });
  });

  test('an engine that there is none of is refused by the schema', async () => {
    const { code, stderr } = await command(root, 'evaluate', 'examples/badnet.h5', '--engine', 'cuda');
    expect([code, stderr]).toEqual([2, expect.stringContaining('use "wasm" or "tensorflow"')]);
  });
});

if (testEngine !== 'tensorflow') process.stderr.write('\n*** SKIPPED: the comparison of both engines needs tfjs-node (scripts/build-tfjs-node.sh) and GOODNET_TEST_ENGINE=tensorflow. ***\n');

test.skipIf(testEngine !== 'tensorflow')('both engines make the same report, but for the run and the last digits of the ranking', async () => {
  const report = async (engine: string) => JSON.parse((await command(root, 'defend', '--config', 'examples/goodnet.yml', '--engine', engine, '--json', '--out', path.join(temporary, engine))).stdout) as Report;
  const [wasm, tensorflow] = [await report('wasm'), await report('tensorflow')];
  expect([wasm.run.engine, tensorflow.run.engine]).toEqual(['wasm', 'tensorflow']);
  for (const [i, model] of wasm.models.entries()) {
    const other = tensorflow.models[i]!;
    model.ranking.meanActivation.forEach((mean, c) => expect(other.ranking.meanActivation[c]).toBeCloseTo(mean, 5));
    const judged = ({ sweep, gate, candidates }: typeof model) => ({ sweep, gate, candidates: candidates.map((candidate) => ({ ...candidate, file: null })) });
    expect(judged(other)).toEqual(judged(model));
  }
});
const temporary = temporaryFolder();
