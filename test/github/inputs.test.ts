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

test('models stand on lines or between commas; a comma inside a pattern is part of it', () => {
  const models = (text: string) => readInputs({ INPUT_MODELS: text }).settings.models;
  expect(models('a.h5, b.h5')).toEqual(['a.h5', 'b.h5']);
  expect(models('a.h5,b.h5,\n c.h5')).toEqual(['a.h5', 'b.h5', 'c.h5']);
  expect(models('nets/{a,{b,c}}.h5, !nets/[x,y].h5')).toEqual(['nets/{a,{b,c}}.h5', '!nets/[x,y].h5']);
  expect(models('nets/a(1,2).h5\nmy net.h5')).toEqual(['nets/a(1,2).h5', 'my net.h5']);
});

test('lists of numbers and words as before', () => {
  const { settings } = readInputs({ INPUT_CHECKPOINTS: '2, 4\n10', INPUT_ACCEPT: 'pruned,goodnet', INPUT_MEAN: '0.5' });
  expect(settings).toMatchObject({ checkpoints: [2, 4, 10], accept: ['pruned', 'goodnet'], mean: [0.5] });
});
