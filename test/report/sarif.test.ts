import { cpSync, existsSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/record/report.ts';
import { sarif } from '../../src/report/sarif.ts';
import { runAction, workspace } from '../action-run.ts';
import { command } from '../command.ts';
import { fixtures, readJson, root } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

interface Log {
  runs: [
    {
      tool: { driver: { rules: { id: string; help: { text: string; markdown: string } }[] } };
      invocations: [{ executionSuccessful: boolean; toolExecutionNotifications?: { message: { text: string } }[] }];
      results: {
        ruleId: string;
        ruleIndex: number;
        message: { text: string };
        partialFingerprints: { primaryLocationLineHash: string };
        locations: [{ physicalLocation: { artifactLocation: { uri: string; uriBaseId?: string } } }];
      }[];
    },
  ];
}

const home = temporaryFolder();
let report: Report;
beforeAll(async () => {
  cpSync(path.join(root, 'examples'), path.join(home, 'examples'), { recursive: true });
  expect((await command(home, 'defend', '--config', 'examples/goodnet.yml', '--sarif', 'goodnet.sarif')).code).toBe(1);
  report = readJson(path.join(home, 'goodnet-out/report.json'));
}, 60_000);

// The schema is of draft 4, whose `id` newer drafts call `$id`; it uses nothing else that they lack.
const {
  $schema: _,
  id,
  ...schema
} = readJson<Record<string, unknown> & { id: string }>(path.join(fixtures, 'sarif/sarif-2.1.0.json'));
const formats = {
  uri: isUri,
  'uri-reference': (text: string) => isUri(text) || isUri(`file:///${text}`),
  'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
};
const validate = new Ajv({ strict: false, unicodeRegExp: false, formats }).compile({ $id: id, ...schema });
function isUri(text: string): boolean {
  return /^[a-z]+:/i.test(text) && !/[^\w\-.~:/?#[\]@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})/.test(text);
}

/** The log of a report, held against the schema of the standard. */
function logOf(text: string): Log['runs'][0] {
  const log = JSON.parse(text) as Log;
  expect([validate(log), validate.errors]).toEqual([true, null]);
  for (const { ruleId, ruleIndex } of log.runs[0].results)
    expect(log.runs[0].tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
  return log.runs[0];
}
const changed = (change: (report: Report) => void): Log['runs'][0] => {
  const copy = structuredClone(report);
  change(copy);
  return logOf(sarif(copy));
};

test('the schema refuses what is no SARIF', () => {
  const log = readJson<Log>(path.join(home, 'goodnet.sarif'));
  expect(validate(log)).toBe(true);
  expect(validate({ ...log, version: '2.0.0' })).toBe(false);
  expect(validate({ ...log, runs: [{ ...log.runs[0], results: [{ message: 'x' }] }] })).toBe(false);
  expect(
    validate({
      ...log,
      runs: [
        {
          ...log.runs[0],
          results: [
            { ...log.runs[0].results[0], locations: [{ physicalLocation: { artifactLocation: { uri: 'a b' } } }] },
          ],
        },
      ],
    }),
  ).toBe(false);
});

test('one result for each limit that an accepted candidate of a failed model does not meet', () => {
  const { results, invocations } = logOf(readFileSync(path.join(home, 'goodnet.sarif'), 'utf8'));
  const failed = report.models[1]!.gate.rules.filter((rule) => !rule.met && rule.candidate > 0);
  expect(results).toHaveLength(failed.length);
  expect(new Set(results.map((result) => result.locations[0].physicalLocation.artifactLocation.uri))).toEqual(
    new Set(['examples/resistant.h5']),
  );
  expect(results[0]).toMatchObject({
    ruleId: 'max-asr',
    message: {
      text: 'pruned X=2, validation: the attack corner-patch succeeds on 100.00% of its images (406 of 406); the limit is 20%.',
    },
  });
  expect(new Set(results.map((result) => result.partialFingerprints.primaryLocationLineHash)).size).toBe(
    results.length,
  );
  expect(invocations[0]).toEqual({ executionSuccessful: true });
});

test('every limit has a rule with help', () => {
  const { tool } = logOf(sarif(report));
  for (const { help } of tool.driver.rules) expect(help.text.length).toBeGreaterThan(40);
  expect(tool.driver.rules.map(({ id: name }) => name)).toEqual([
    'min-accuracy',
    'max-asr',
    'max-accuracy-drop',
    'max-asr-increase',
    'max-accuracy-decrease',
    'gate-not-met',
    'not-evaluated',
  ]);
});

test('a run that passes has no result; one that cannot be judged has one', () => {
  expect(
    changed((it) => {
      it.models = [it.models[0]!];
    }).results,
  ).toEqual([]);
  expect(
    changed((it) => {
      it.models[1]!.gate.rules = [];
    }).results,
  ).toMatchObject([{ ruleId: 'gate-not-met', message: { text: 'Gate not met: no candidate meets the limits.' } }]);
  const refused = changed((it) => {
    Object.assign(it, {
      models: [],
      errors: [{ path: 'net.h5', code: 'file-missing', message: 'net.h5: does not exist; check [the] {0} path' }],
    });
  });
  expect(refused).toMatchObject({
    invocations: [{ executionSuccessful: false }],
    results: [{ ruleId: 'not-evaluated', message: { text: 'net.h5: does not exist; check ?the? ?0? path' } }],
  });
});

test('a hundred results at most, every model among them, and a note of the others', () => {
  const { results, invocations } = changed((it) => {
    it.models = Array.from({ length: 60 }, (_unused, i) => ({ ...it.models[1]!, path: `net-${i}.h5` }));
  });
  expect(results).toHaveLength(100);
  expect(new Set(results.map((result) => result.locations[0].physicalLocation.artifactLocation.uri)).size).toBe(60);
  expect(invocations[0].toolExecutionNotifications![0]!.message.text).toBe(
    '620 more limits are not met; report.json has all of them.',
  );
});

test.each([
  ['nets/a b#%.h5', 'nets/a%20b%23%25.h5'],
  ['./net.h5', 'net.h5'],
  ['../nets/net.h5', '../nets/net.h5'],
  ['/home/net.h5', 'file:///home/net.h5'],
  ['C:\\nets\\net.h5', 'file:///C:/nets/net.h5'],
  ['模型.h5', '%E6%A8%A1%E5%9E%8B.h5'],
  ['\ud800.h5', '%3F.h5'],
])('the model %j is at %s', (name, uri) => {
  const location = changed((it) => {
    it.models[1]!.path = name;
  }).results[0]!.locations[0].physicalLocation.artifactLocation;
  expect(location).toEqual(uri.startsWith('file:') ? { uri } : { uri, uriBaseId: '%SRCROOT%' });
});

describe('the file', () => {
  const defend = (file: string) =>
    command(home, 'defend', 'examples/badnet.h5', '--config', 'examples/goodnet.yml', '--sarif', file);
  test('replaces an earlier log of goodnet, and nothing else', async () => {
    expect((await defend('goodnet.sarif')).code).toBe(0);
    expect(logOf(readFileSync(path.join(home, 'goodnet.sarif'), 'utf8')).results).toEqual([]);
    writeFileSync(path.join(home, 'other.sarif'), JSON.stringify({ runs: [{ tool: { driver: { name: 'other' } } }] }));
    expect(await defend('other.sarif')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^other\.sarif: exists already/) as string,
    });
    symlinkSync('nowhere', path.join(home, 'link.sarif'));
    expect(await defend('link.sarif')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^link\.sarif: exists already/) as string,
    });
    expect(readlinkSync(path.join(home, 'link.sarif'))).toBe('nowhere');
    expect(await defend('examples')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^examples: exists already/) as string,
    });
  });
  test('is written by the action too, inside the workspace only', async () => {
    const folder = workspace();
    expect(
      (
        await runAction(folder, null, {
          inputs: { models: 'examples/resistant.h5', 'sarif-file': 'logs/goodnet.sarif', upload: 'none' },
        })
      ).code,
    ).toBe(1);
    expect(logOf(readFileSync(path.join(folder, 'logs/goodnet.sarif'), 'utf8')).results.length).toBeGreaterThan(0);
    const outside = await runAction(folder, null, {
      inputs: { models: 'examples/resistant.h5', 'sarif-file': '../../goodnet.sarif', upload: 'none' },
    });
    expect([outside.code, outside.annotations[0]]).toEqual([2, expect.stringContaining('lies outside the workspace')]);
    expect(existsSync(path.join(folder, '../../goodnet.sarif'))).toBe(false);
  });
  test('is written where every model was refused', async () => {
    expect(
      (
        await command(
          home,
          'defend',
          'nowhere.h5',
          '--config',
          'examples/goodnet.yml',
          '--sarif',
          'refused.sarif',
          '--out',
          'none',
        )
      ).code,
    ).toBe(2);
    expect(logOf(readFileSync(path.join(home, 'refused.sarif'), 'utf8')).results).toMatchObject([
      { ruleId: 'not-evaluated' },
    ]);
  });
});
