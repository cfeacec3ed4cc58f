import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fixtures, root } from './support.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A stand-in for the command line: notes its arguments, and reports a net whose smallest mask is that of class 2. */
const program = `
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
const argv = process.argv.slice(2);
const out = argv[argv.indexOf('--out') + 1];
const attacked = argv.includes('--poisoned');
const net = (kind, stage, accuracy, asr) => {
  const figures = { accuracy, maxAsr: attacked ? asr : null, der: attacked ? { p: 1 - asr / 100 } : {} };
  return { kind, stage, validation: figures, test: figures };
};
const candidates = [
  net('original', undefined, 98, 100),
  net('pruned', undefined, 90, 70),
  net('pruned', undefined, 95, 80),
  net('fine-pruned', 'finepruned_X=2', 97, 30),
  net('goodnet', 'unlearned_1', 93, 0),
  net('unlearned', 'unlearned_1', 97.25, 4),
];
const sizes = [30, 31, 5, 32];
const triggers = sizes.map((l1, target) => ({ target, l1, anomalyIndex: l1 / 10 }));
appendFileSync(process.env.CALLS, argv.join(' ') + '\\n');
mkdirSync(out, { recursive: true });
writeFileSync(path.join(out, 'report.json'), JSON.stringify({ models: [{ candidates, unlearning: { rounds: [{ triggers }] } }] }));
`;

test('every net is run once, and the table tells what validation chooses and where its target stands', () => {
  const folder = temporaryFolder();
  const at = (...names: string[]) => path.join(folder, ...names);
  const small = path.join(fixtures, 'small');
  for (const name of ['attacked', 'clean']) {
    mkdirSync(at(name));
    for (const split of ['valid', 'test']) cpSync(path.join(small, `clean_${split}.h5`), at(name, `clean_${split}.h5`));
  }
  for (const split of ['valid', 'test'])
    cpSync(path.join(small, `poisoned_${split}.h5`), at('attacked', `poisoned_p_${split}.h5`));
  writeFileSync(at('attacked', 'net.json'), '{"what": "a small one"}');
  writeFileSync(at('stand-in.mjs'), program);

  const run = (...folders: string[]) =>
    execFileSync(
      process.execPath,
      [path.join(root, 'scripts/which-defense.mjs'), '--keep', at('kept'), '--cli', at('stand-in.mjs'), ...folders],
      { encoding: 'utf8', env: { ...process.env, CALLS: at('calls') } },
    );
  const calls = () => readFileSync(at('calls'), 'utf8').trim().split('\n');

  run(at('attacked'));
  const rows = run(at('attacked'), at('clean'))
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  expect(calls()).toHaveLength(2);
  expect(calls()[0]).toContain(`--poisoned p=${at('attacked/poisoned_p_valid.h5')}`);
  expect(calls()[0]).toContain('--scale 1/255');
  expect(calls()[1]).not.toContain('--poisoned');
  expect(rows[2]!.slice(1, 9)).toEqual([
    '`attacked`',
    'a small one',
    '98.0 / 100.0',
    '90.0 / 70.0',
    '97.0 / 30.0',
    '97.3 / 4.0',
    '–',
    '2 (3.0)',
  ]);
  expect(rows[3]!.slice(1, 9)).toEqual(['`clean`', '', '98.0', '95.0', '97.0', '97.3', '–', 'none; largest 0.5']);
});
