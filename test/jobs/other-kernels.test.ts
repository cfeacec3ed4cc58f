import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { engineHere } from '../../src/engine/kernels/product-code.ts';
import type { Verification } from '../../src/jobs/verify/verify.ts';
import type { Manifest } from '../../src/report/record/manifest.ts';
import { recomputed } from '../../src/report/record/recheck.ts';
import type { ModelReport, Report } from '../../src/report/record/report.ts';
import { reportFiles } from '../../src/report/write-report.ts';
import { bundledCli } from '../bundled.ts';
import { command } from '../command.ts';
import { fixtures, readJson } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

// The net gives its 60 poisoned images another class where products are rounded before they are added.
const net = 'fused_window.keras';
const home = temporaryFolder();
const defend = ['defend', net, '--clean', 'clean.h5', '--poisoned', 'p=poisoned.h5', '--workers', '1'];

beforeAll(async () => {
  for (const file of [net, 'clean.h5', 'poisoned.h5'])
    cpSync(path.join(fixtures, 'rounding', file), path.join(home, file));
  expect((await command(home, ...defend, '--out', 'out')).code).toBe(0);
}, 60_000);

/** What `verify --rerun` says of the run as other kernels would have recorded it, with other counts in the record of its net. */
async function rerunOf(change: (model: ModelReport) => void): Promise<Verification & { code: number }> {
  const folder = temporaryFolder();
  cpSync(home, folder, { recursive: true });
  const at = (file: string): string => path.join(folder, 'out', file);
  const report = readJson<Report>(at('report.json'));
  change(report.models[0]!);
  Object.assign(report, recomputed(report, null));
  report.run.engine = 'wasm, others';
  for (const [file, content] of reportFiles(report)) writeFileSync(at(file), content);
  const manifest = { ...readJson<Manifest>(at('manifest.json')), engine: report.run.engine };
  for (const output of manifest.outputs) {
    const content = readFileSync(at(output.path));
    Object.assign(output, { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') });
  }
  writeFileSync(at('manifest.json'), JSON.stringify(manifest));
  const { code, stdout } = await command(folder, 'verify', 'out', '--rerun', '--json');
  return { code, ...(JSON.parse(stdout) as Verification) };
}

/** Counts one image more, or less where all of them are counted: of the net and of its GoodNet before anything is pruned. */
const countOtherwise = ({ sweep, candidates }: ModelReport, dataset: 'clean' | 'p'): void => {
  const [before] = sweep.steps;
  for (const counts of [before!, before!.goodnet, candidates[0]!.validation]) {
    if (dataset === 'clean') counts.correct -= 1;
    else counts.hits['p'] = Math.abs(counts.hits['p']! - 1);
  }
};

describe('counts of other kernels that differ', () => {
  test('by images within rounding are explained by these images', async () => {
    const { code, differences, withinRounding } = await rerunOf((model) => countOtherwise(model, 'p'));
    expect([code, differences]).toEqual([0, []]);
    const says = withinRounding.map(({ text }) => text);
    expect(says).toHaveLength(22); // twenty images, that there are forty more, and what they explain
    expect(says[0]).toMatch(
      /^image 0 of attack p \(validation\) lies within rounding: its scores for classes \d and \d are [\d.]+ apart$/,
    );
    expect(says.slice(-2)).toEqual([
      '… and 40 more images',
      `counts of other kernels (${engineHere('wasm')}; recorded: wasm, others) differ by no more than these images`,
    ]);
  });

  test('by an image whose class rounding does not decide are a mismatch', async () => {
    const { code, differences, withinRounding } = await rerunOf((model) => countOtherwise(model, 'clean'));
    expect([code, withinRounding]).toEqual([1, []]);
    expect(differences.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        'sweep.steps[0].correct: recorded 59, computed again 60',
        `computed with other kernels (${engineHere('wasm')}; recorded: wasm, others), which does not explain what differs`,
      ]),
    );
  });

  test('of both kinds are a mismatch, beside which the images within rounding are told', async () => {
    const { code, differences, withinRounding } = await rerunOf((model) => {
      countOtherwise(model, 'p');
      countOtherwise(model, 'clean');
    });
    expect([code, withinRounding]).toEqual([1, []]);
    expect(differences.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^image 0 of attack p/));
  });

  test('by anything that is no count are a mismatch', async () => {
    const { code, withinRounding } = await rerunOf((model) => {
      countOtherwise(model, 'p');
      for (const rounded of model.rounding!) rounded.images += 1;
    });
    expect([code, withinRounding]).toEqual([1, []]);
  });
});

const fuses = engineHere('wasm') === 'wasm, relaxed SIMD';
if (!fuses)
  process.stderr.write('\n*** SKIPPED: runs on two kernels need a Node.js with relaxed SIMD, 24 for one. ***\n');

test.runIf(fuses)('a run on either kernels is computed again on the others', async () => {
  const cli = await bundledCli();
  const relaxed = 'Buffer.of(0xfd,0x85,2)';
  const hide = `const all=WebAssembly.validate;WebAssembly.validate=(code)=>!Buffer.from(code).includes(${relaxed})&&all(code)`;
  const [plain, fused] = [['--import', `data:text/javascript,${encodeURIComponent(hide)}`], []];
  const ended = (flags: string[], ...argv: string[]) =>
    spawnSync(process.execPath, [...flags, cli, ...argv], { cwd: home, encoding: 'utf8' });
  for (const [here, there, hits] of [
    [plain, fused, 0],
    [fused, plain, 60],
  ] as const) {
    expect(ended([...here], ...defend, '--out', 'recorded').status).toBe(0);
    const { models, run } = readJson<Report>(path.join(home, 'recorded/report.json'));
    expect([run.engine, models[0]!.sweep.steps[0]!.hits['p']]).toEqual([
      here === plain ? 'wasm, SIMD' : 'wasm, relaxed SIMD',
      hits,
    ]);
    const { status, stdout } = ended([...there], 'verify', 'recorded', '--rerun');
    expect([status, stdout]).toEqual([0, expect.stringMatching(/Nothing differs but by rounding/)]);
    expect(ended([...here], 'verify', 'recorded', '--rerun').stdout).toContain('Nothing differs.');
  }
});
