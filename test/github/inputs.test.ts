import { expect, test } from 'vitest';
import { readInputs } from '../../src/github/inputs.ts';
import { masking } from '../../src/github/secrets.ts';
import { runAction, workspace } from '../action-run.ts';

const limit = (env: Record<string, string>): unknown => readInputs(env).settings['max-asr'];

test('an input is read in whatever case its name is written', () => {
  for (const name of ['INPUT_MAX-ASR', 'INPUT_max-asr', 'INPUT_Max-Asr', 'input_max-asr'])
    expect(limit({ [name]: '3' })).toBe(3);
});

test('names that differ only in case: given alike they count, given twice they are refused, and none hides the other by being empty', () => {
  expect([
    limit({ 'INPUT_MAX-ASR': '3', 'INPUT_max-asr': ' 3' }),
    limit({ 'INPUT_MAX-ASR': '', 'INPUT_max-asr': '3' }),
    limit({ 'INPUT_max-asr': '3', 'INPUT_MAX-ASR': '' }),
  ]).toEqual([3, 3, 3]);
  for (const env of [
    { 'INPUT_MAX-ASR': '90', 'INPUT_max-asr': '3' },
    { 'INPUT_max-asr': '3', 'INPUT_MAX-ASR': '90' },
    { 'INPUT_Max-asr': '3', 'INPUT_max-asr': '4' },
  ]) {
    expect(() => readInputs(env)).toThrow('max-asr: is given twice, by names that differ in case; keep one of them');
  }
});

test('a limit in lower case is judged by, and a token in lower case is hidden', async () => {
  const run = await runAction(workspace(), null, {
    inputs: { models: 'examples/badnet.h5', 'config-file': 'examples/goodnet.yml', upload: 'none' },
    env: { 'INPUT_min-accuracy': '100.5', 'INPUT_MIN-ACCURACY': '' },
  });
  expect([run.code, run.annotations]).toEqual([2, [expect.stringContaining('min-accuracy')]]);
  expect(masking({ 'INPUT_repo-token': 'canary-token' })('a canary-token')).toBe('a ***');
});
