import { Type } from '@sinclair/typebox';
import { expect, test } from 'vitest';
import { configSchema } from '../../src/settings/config.ts';
import {
  fileSettings,
  mapFiles,
  namedFiles,
  readSettings,
  sharedFiles,
  writtenFiles,
} from '../../src/settings/file-settings.ts';
import { needOf, roleOf, setting, withRole } from '../../src/settings/roles.ts';
import { dataIdentity } from '../../src/report/record/baseline.ts';
import { measuring } from '../../src/github/base-limits.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { metrics } from '../../src/verdict/metric-table.ts';

const pin = { file: 'pinned.h5', sha256: 'ab'.repeat(32) };
const trigger = { image: 'square.png', mask: 'mask.png', at: [0, 0] as [number, number] };
const { config } = resolveConfig(
  {
    models: ['nets/*.h5', '!nets/old.h5'],
    architecture: pin,
    clean: { validation: 'clean.h5', test: 'clean_test.h5' },
    attacks: { bd: { validation: 'bd.h5', test: pin }, square: { target: 0, trigger } },
    baseline: 'before.json',
    'max-asr-increase': 2,
    'sarif-file': 'alerts.sarif',
  },
  {},
  null,
);

test('each setting has a role', () => {
  const roles = Object.entries(configSchema.properties).map(([name, schema]) => [name, roleOf(schema)]);
  expect(roles.filter(([, role]) => role === undefined)).toEqual([]);
});

test('a setting is classified by its one entry', () => {
  const more = Type.Object({
    ...configSchema.properties,
    gamma: setting('data', Type.Optional(Type.Number())),
    'max-rejected': setting('limit', Type.Optional(Type.Number())),
  });
  expect(withRole(more, 'limit')).toEqual([...withRole(configSchema, 'limit'), 'max-rejected']);
  expect(withRole(more, 'data', 'limit')).toContain('gamma');
  expect(withRole(more, 'machine', 'place', 'measure')).not.toContain('gamma');
});

test('what follows from the roles', () => {
  expect(withRole(configSchema, 'limit')).toEqual([
    'min-accuracy',
    'max-asr',
    'max-accuracy-drop',
    'max-anomaly-index',
    'baseline',
    'max-asr-increase',
    'max-accuracy-decrease',
    'accept',
    'judge-by',
  ]);
  expect(withRole(configSchema, 'trust')).toEqual(['evaluator', 'evaluator-check']);
  expect(withRole(configSchema, 'place', 'machine')).toEqual([
    'models',
    'max-file-bytes',
    'max-memory-bytes',
    'time-budget-minutes',
    'workers',
    'concurrency',
    'sarif-file',
    'out',
  ]);
  expect(measuring).toEqual(['models', 'architecture', ...withRole(configSchema, 'data')]);
  expect(fileSettings).toEqual(['models', 'architecture', 'clean', 'attacks', 'baseline', 'sarif-file', 'out']);
  expect(readSettings).toEqual(['models', 'architecture', 'clean', 'attacks', 'baseline']);
});

test('a setting that says nothing alone is refused alone: limits on a change without a baseline, and what the schema marks besides', () => {
  const needs = Object.entries(configSchema.properties).flatMap(([name, schema]) => {
    const need = needOf(schema);
    return need === undefined ? [] : [[name, need.setting] as const];
  });
  const changes = Object.values(metrics).filter(({ sinceBaseline }) => sinceBaseline);
  expect(needs).toEqual([['rank-at', 'layer'], ...changes.map(({ setting }) => [setting, 'baseline'])]);
  for (const [name, other] of needs) {
    const alone = { models: ['a.h5'], [name]: name === 'rank-at' ? 'dense' : 2 };
    expect(() => resolveConfig(alone, {}, null)).toThrow(`\`${name}\` stands without \`${other}\``);
    expect(() => resolveConfig({ ...alone, [other]: 'given' }, {}, null)).not.toThrow();
  }
});

test.each(Object.keys(configSchema.properties))(
  'data is the same or another by %s alone where that is its role',
  (name) => {
    const changed = { ...config, [name]: 'another' };
    const isData = withRole(configSchema, 'data').includes(name as keyof typeof config);
    expect(dataIdentity(changed, []) !== dataIdentity(config, [])).toBe(isData);
  },
);

test('every file that settings name is found by its mark in the schema', () => {
  const shared = ['pinned.h5', 'clean.h5', 'clean_test.h5', 'bd.h5', 'pinned.h5', 'square.png', 'mask.png'];
  expect(namedFiles(config).sort()).toEqual([...shared, 'nets/*.h5', 'nets/old.h5', 'before.json'].sort());
  expect(sharedFiles(config).sort()).toEqual([...shared, 'before.json'].sort());
  expect(writtenFiles(config)).toEqual(['alerts.sarif', 'goodnet-out']);
});

test('files are renamed where they stand, and nothing else is', () => {
  expect(mapFiles(config, (file) => `in/${file}`)).toEqual({
    ...config,
    models: ['in/nets/*.h5', '!in/nets/old.h5'],
    architecture: { ...pin, file: 'in/pinned.h5' },
    clean: { validation: 'in/clean.h5', test: 'in/clean_test.h5' },
    attacks: {
      bd: { validation: 'in/bd.h5', test: { ...pin, file: 'in/pinned.h5' } },
      square: { target: 0, trigger: { ...trigger, image: 'in/square.png', mask: 'in/mask.png', opacity: 1 } },
    },
    baseline: 'in/before.json',
  });
});

test('settings that the schema does not know stay as they are', () => {
  const unknown = { surprise: { file: 'x', list: [{ file: 'y' }] }, scale: [{ file: 'z' }], constructor: ['w'] };
  const settings: object = { ...unknown, models: ['net.h5'] };
  expect(mapFiles(settings, (file) => `in/${file}`)).toEqual({ ...unknown, models: ['in/net.h5'] });
});
