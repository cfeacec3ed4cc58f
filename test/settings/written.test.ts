import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readInputs } from '../../src/github/inputs.ts';
import { type Config, configSchema, type Given } from '../../src/settings/config.ts';
import { formatConfig, parseConfig, readConfig } from '../../src/settings/config-file.ts';
import { scaleOf } from '../../src/settings/data-format.ts';
import { checkConfig, resolveConfig } from '../../src/settings/resolve-config.ts';
import { asWritten } from '../../src/settings/written.ts';
import { command } from '../command.ts';
import { hasReference, reference } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const resolved = (given: Given, file: Record<string, unknown> = {}): Config =>
  resolveConfig({ models: ['a.h5'], ...given }, file, 'c.yml').config;
const inFile = (text: string): Config =>
  resolveConfig({}, parseConfig(`models: a.h5\n${text}`, 'c.yml'), 'c.yml').config;
const doubtful = ['min-accuracy', 'max-accuracy-drop', 'max-asr-increase', 'max-accuracy-decrease'] as const;

describe('a limit that may be meant as a fraction', () => {
  test.each(doubtful)('%s is refused from a caller and from a file, with what was meant', (name) => {
    const unit = name === 'min-accuracy' ? 'percent' : 'points';
    for (const [value, meant] of [
      [0.85, '85'],
      [0.07, '7'],
      [0.005, '0.5'],
      [1, '100'],
    ] as const) {
      const says = `\`${name}\` is ${value}, and is counted in ${unit}; write ${meant}, or \`${value}%\` if so little is meant`;
      expect(() => resolved({ baseline: 'b.json', [name]: value })).toThrow(`${name}: ${says}`);
      expect(() => inFile(`${name}: ${value}`)).toThrow(`c.yml: ${says}`);
    }
  });

  test.each(doubtful)('%s is taken with a percent sign, as 0 and above 1', (name) => {
    for (const [text, value] of [
      ['0.85%', 0.85],
      ['0.85 %', 0.85],
      ['1%', 1],
      ['.5%', 0.5],
      ['85%', 85],
      ['100%', 100],
      ['100.0%', 100],
      ['5e-7%', 5e-7],
    ] as const) {
      expect(inFile(`baseline: b.json\n${name}: ${text}`)[name]).toBe(value);
      expect(resolved({ baseline: 'b.json', [name]: text })[name]).toBe(value);
    }
    for (const value of [0, 1.01, 85, 100]) expect(resolved({ baseline: 'b.json', [name]: value })[name]).toBe(value);
  });

  test.each(['101%', '100.1%', '-1%', 'abc', '5 points', '%', '85%%', '1e9%', '8_5%'])('%j is no limit', (text) => {
    const says = 'which is not allowed; write a number from 0 up to 100, as 85 or 0.85%';
    expect(() => inFile(`min-accuracy: "${text}"`)).toThrow(says);
  });

  test('max-asr is taken as it stands', () => {
    for (const value of [1, 0.5, 0.01]) expect(resolved({ 'max-asr': value })['max-asr']).toBe(value);
    expect(inFile('max-asr: 0.5%')['max-asr']).toBe(0.5);
  });

  test('a flag and an input are refused alike, and by their own names', async () => {
    const { stderr, code } = await command(temporaryFolder(), 'defend', 'a.h5', '--min-accuracy', '0.85');
    expect([code, stderr]).toEqual([2, expect.stringContaining('--min-accuracy: `min-accuracy` is 0.85')]);
    const { settings } = readInputs({ INPUT_MODELS: 'a.h5', 'INPUT_MIN-ACCURACY': '0.85' });
    expect(() => resolveConfig(settings, {}, null)).toThrow('min-accuracy: `min-accuracy` is 0.85');
    const percent = readInputs({ INPUT_MODELS: 'a.h5', 'INPUT_MIN-ACCURACY': '0.85%' });
    expect(resolveConfig(percent.settings, {}, null).config['min-accuracy']).toBe(0.85);
  });

  test('what a record holds is taken again, and what goodnet writes is read', () => {
    const config = resolved({ 'min-accuracy': '0.85%', 'max-asr': 0.5 });
    expect(checkConfig(config)).toEqual({ value: config });
    expect(resolved(asWritten(configSchema.properties, config))).toEqual(config);
    expect(parseConfig(formatConfig(config), 'c.yml')).toMatchObject({ 'min-accuracy': '0.85%', 'max-asr': 0.5 });
  });
});

describe('a scale', () => {
  test.each([
    '1/255',
    '1./255',
    '1 / 255',
    '1.0/255',
    ' 1/255 ',
    '1/255.0',
    '1/ 255.',
    '10e-1/2.55e2',
    '+1/255',
    '.5/127.5',
  ])('%j is 1/255', (scale) => expect(scaleOf(resolved({ scale }).scale)).toBe(1 / 255));
  test('is recorded by its value, however it was spelled', () => {
    for (const scale of ['1./255', '1 / 255', '1.0/255']) expect(resolved({ scale }).scale).toBe('1/255');
    expect(resolved({ scale: '0.5' }).scale).toBe(0.5);
    expect(inFile('scale: 1./255').scale).toBe('1/255');
    expect(readInputs({ INPUT_SCALE: '1./255' }).settings.scale).toBe('1./255');
  });
  test.each(['1/', '/255', 'a/255', '1/2/3', '(1/255)', '255px', '1\\255', 'None', '0x1/255', ''])(
    '%j is refused in words',
    (scale) => {
      expect(() => resolved({ scale })).toThrow(
        `\`scale\` is ${JSON.stringify(scale)}, which is not allowed; write a number, or a fraction such as 1/255`,
      );
    },
  );
  test.each([['[1]'], ['true'], ['{ all: 1 }']])('%s in a file is refused in the same words', (text) => {
    expect(() => inFile(`scale: ${text}`)).toThrow(
      /`scale` is .*, which is not allowed; write a number, or a fraction such as 1\/255/,
    );
  });
});

describe('a list of one', () => {
  test('is read without brackets, whatever the setting', () => {
    expect(inFile('models: net.h5'.replace('models', 'accept').replace('net.h5', 'pruned')).accept).toEqual(['pruned']);
    expect(resolveConfig({}, parseConfig('models: net.h5', 'c.yml'), 'c.yml').config.models).toEqual(['net.h5']);
    expect(inFile('checkpoints: 4\nmean: 0.5\nstd: 0.5\norder: 3')).toMatchObject({
      checkpoints: [4],
      mean: [0.5],
      std: [0.5],
      order: [3],
    });
  });
  test.each([
    'checkpoints: []',
    'checkpoints: [2, 2]',
    'accept: kept',
    'accept: [kept]',
    'mean: x',
    'std: 0',
    'order: -1',
  ])('%s is refused', (text) => expect(() => inFile(text)).toThrow(/^c\.yml: `(checkpoints|accept|mean|std|order)/));
});

describe('the place of a wrong value', () => {
  const door = { called: (name: string) => `--${name}`, whole: 'command line' };
  const refused = (flags: Given, file: Record<string, unknown>) => () => resolveConfig(flags, file, 'c.yml', door);
  test.each(Object.keys(configSchema.properties))('%s is blamed where it stands', (name) => {
    const wrong = { [name]: { no: 'such' } } as Given;
    expect(refused(wrong, { models: ['a'] })).toThrow(`--${name}: `);
    expect(refused({}, { models: ['a'], ...wrong })).toThrow('c.yml: ');
    expect(refused(wrong, { models: ['a'], layer: 'x', [name]: 'also wrong' })).toThrow(`--${name}: `);
  });
  test('two that cannot stand together are blamed where each stands', () => {
    const models = ['a'];
    expect(refused({ layer: 'x' }, { models, 'prune-inputs-of': 'y' })).toThrow('c.yml and --layer: `prune-inputs-of`');
    expect(refused({ layer: 'x', 'prune-inputs-of': 'y' }, { models })).toThrow('--prune-inputs-of and --layer: ');
    expect(refused({ std: [1e-50] }, { models, scale: 2 })).toThrow('--std: ');
    expect(refused({ 'max-asr-increase': 5 }, { models })).toThrow('--max-asr-increase: ');
    expect(refused({ scale: 0 }, { models })).toThrow('--scale: ');
  });
  test('an unknown key and a setting that nobody gave are blamed on the file', () => {
    expect(refused({ layer: 'x' }, { models: ['a'], modles: 1 })).toThrow('c.yml: unknown key `modles`');
    expect(refused({}, {})).toThrow('c.yml: the value lacks `models`');
    expect(() => resolveConfig({}, {}, null, door)).toThrow('command line: the value lacks `models`');
  });
  test('flags over a config file, and verify', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'c.yml'), 'models: net.h5\nclean: { validation: c.h5 }\n');
    const run = async (...words: string[]) => (await command(folder, ...words)).stderr;
    expect(await run('defend', '--config', 'c.yml', '--max-asr', '101')).toContain(
      '--max-asr: `max-asr` must be <= 100',
    );
    expect(await run('defend', '--config', 'c.yml', '--scale', '1/x')).toContain('--scale: `scale` is "1/x"');
    expect(await run('verify', '.', '--config', 'c.yml', '--checkpoints', '0')).toContain('--checkpoints: ');
  });
});

describe('the encoding of a config file', () => {
  const text = 'models: net.h5\nlayer: größer\n';
  const little = Buffer.from(text, 'utf16le');
  const big = Buffer.from(little).swap16();
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])],
    ['UTF-16 LE with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), little])],
    ['UTF-16 BE with a mark', Buffer.concat([Buffer.from([0xfe, 0xff]), big])],
    ['UTF-16 LE', little],
    ['UTF-16 BE', big],
  ])('%s', (_, bytes) => {
    const file = path.join(temporaryFolder(), 'c.yml');
    writeFileSync(file, bytes);
    expect(readConfig(file, 'c.yml')).toEqual({ models: 'net.h5', layer: 'größer' });
  });
  test('another one is named, not guessed', () => {
    expect(() => parseConfig('m\0\0\0o\0\0\0', 'c.yml')).toThrow('c.yml: is no text in UTF-8; save it as UTF-8');
  });
  test.runIf(hasReference('settings/written'))('the files that people brought', () => {
    const configs = ['scalar.yml', 'utf16.yml'].map((name) => reference('field/config-scalars', name));
    for (const file of configs)
      expect(resolveConfig({}, readConfig(file, file), file).config).toMatchObject({
        scale: '1/255',
        clean: { validation: 'c.h5' },
      });
    expect(readFileSync(configs[1]!)[0]).toBe(0xff);
  });
});
