import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/report/record/manifest.ts';
import { readLargeJson } from '../../src/report/record/large-json.ts';
import { recomputed } from '../../src/report/record/recheck.ts';
import type { Report } from '../../src/report/record/report.ts';
import { parseReport } from '../../src/report/record/recount.ts';
import { reportFiles } from '../../src/report/write-report.ts';
import type { Verification } from '../../src/jobs/verify/verify.ts';
import { command } from '../command.ts';
import { fixtures, pngFile, readJson, root } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const home = temporaryFolder();
const net = 'examples__badnet.h5';

beforeAll(async () => {
  cpSync(path.join(root, 'examples'), path.join(home, 'examples'), { recursive: true });
  expect(
    (await command(home, 'defend', 'examples/badnet.h5', '--config', 'examples/goodnet.yml', '--out', 'out')).code,
  ).toBe(0);
}, 60_000);

/** A copy of the bundle beside its inputs, changed by `change`, and what `verify` says of it. */
async function verified(change: (folder: string) => void, ...argv: string[]) {
  const folder = temporaryFolder();
  cpSync(home, folder, { recursive: true });
  change(path.join(folder, 'out'));
  const { code, stdout, stderr } = await command(folder, 'verify', 'out', ...argv);
  return { code, text: stripVTControlCharacters(stdout), stderr };
}

const edit = (file: string, change: (text: string) => string): void =>
  writeFileSync(file, change(readFileSync(file, 'utf8')));
const editReport = (folder: string, change: (report: Report) => void): void =>
  edit(path.join(folder, 'report.json'), (text) => {
    const report = JSON.parse(text) as Report;
    change(report);
    return `${JSON.stringify(report, null, 2)}\n`;
  });
/** Makes the manifest agree with the files again, as a careful forger would. */
const resign = (folder: string): void =>
  edit(path.join(folder, 'manifest.json'), (text) => {
    const manifest = JSON.parse(text) as Manifest;
    for (const output of manifest.outputs) {
      const content = readFileSync(path.join(folder, output.path));
      Object.assign(output, { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') });
    }
    return `${JSON.stringify(manifest, null, 2)}\n`;
  });

test('the manifest fits its shipped schema and lists every file but itself and the ledger', () => {
  const manifest = readJson<Manifest>(path.join(home, 'out/manifest.json'));
  const validate = new Ajv().compile(readJson(path.join(root, 'dist/manifest.schema.json')));
  expect([validate(manifest), validate.errors]).toEqual([true, null]);
  const files = readdirSync(path.join(home, 'out'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(path.join(home, 'out'), path.join(entry.parentPath, entry.name)));
  expect([...manifest.outputs.map((output) => output.path), 'manifest.json', '.goodnet-files.json'].sort()).toEqual(
    files.sort(),
  );
  expect(manifest.inputs.map((input) => input.path).sort()).toEqual(
    ['badnet', 'clean_test', 'clean_valid', 'poisoned_test', 'poisoned_valid'].map((name) => `examples/${name}.h5`),
  );
});

test('a folder as defend wrote it agrees, and so does a second run', async () => {
  const plain = await verified(() => undefined);
  expect([plain.code, plain.text]).toEqual([
    0,
    expect.stringMatching(
      /Checked: 14 files, 5 of 5 inputs, figures and verdict of 1 model\.\nNothing differs\. The verdict from the recorded counts is `passed`\./,
    ),
  ]);
  const again = await verified(() => undefined, '--rerun', '--json');
  expect([again.code, JSON.parse(again.text)]).toEqual([
    0,
    expect.objectContaining({ differences: [], unchecked: [], rerun: true }),
  ]);
});

test('a run on an ONNX net comes out again', async () => {
  const folder = temporaryFolder();
  cpSync(path.join(fixtures, 'small'), path.join(folder, 'examples'), { recursive: true });
  cpSync(path.join(fixtures, 'onnx-golden/examples.onnx'), path.join(folder, 'examples/badnet.onnx'));
  cpSync(path.join(root, 'examples/goodnet.yml'), path.join(folder, 'examples/goodnet.yml'));
  const settings = ['--config', 'examples/goodnet.yml', '--checkpoints', '2', '--out', 'out'];
  await command(folder, 'defend', 'examples/badnet.onnx', ...settings);
  const { code, stdout } = await command(folder, 'verify', 'out', '--rerun', '--json');
  expect([code, JSON.parse(stdout)]).toEqual([
    0,
    expect.objectContaining({ differences: [], unchecked: [], rerun: true }),
  ]);
});

describe('a folder that was changed', () => {
  const model = `${net}/model_X=2.h5`;
  test.each<[name: string, change: (folder: string) => void, says: RegExp]>([
    [
      'a byte more',
      (folder) => appendFileSync(path.join(folder, model), 'x'),
      /differs: examples__badnet\.h5\/model_X=2\.h5: has \d+ bytes, the manifest records \d+\n/,
    ],
    [
      'a byte changed',
      (folder) => edit(path.join(folder, 'report.md'), (text) => text.replace('0.25%', '0.24%')),
      /differs: report\.md: has SHA-256 \w{64}, the manifest records \w{64}\n.*differs: report\.md: says something else than report\.json/s,
    ],
    ['a file missing', (folder) => rmSync(path.join(folder, model)), /differs: \S+model_X=2\.h5: is missing\n/],
    [
      'a file more',
      (folder) => writeFileSync(path.join(folder, net, 'model_X=1.h5'), 'x'),
      /differs: \S+model_X=1\.h5: is not in the manifest\n/,
    ],
    [
      'a link in place of a file',
      (folder) => {
        renameSync(path.join(folder, model), path.join(folder, '../moved.h5'));
        symlinkSync('../../moved.h5', path.join(folder, model));
      },
      /differs: \S+model_X=2\.h5: is a link or no plain file, and was not opened\n/,
    ],
    [
      'a folder that is a link',
      (folder) => {
        renameSync(path.join(folder, net), path.join(folder, '../moved'));
        symlinkSync('../moved', path.join(folder, net));
      },
      /model_X=2\.h5: is missing\n.*differs: examples__badnet\.h5: is not in the manifest/s,
    ],
    [
      'a model and its hash in the manifest',
      (folder) => {
        appendFileSync(path.join(folder, model), 'x');
        resign(folder);
      },
      /differs: \S+model_X=2\.h5: has SHA-256 \w{64} in report\.json, \w{64} in the manifest\n/,
    ],
    [
      'the table and its hash',
      (folder) => {
        edit(path.join(folder, net, 'sweep.csv'), (text) => text.replace(/,1,/, ',0,'));
        resign(folder);
      },
      /^- differs: examples__badnet\.h5\/sweep\.csv: says something else than report\.json\n1 difference/m,
    ],
    [
      'a count',
      (folder) => {
        editReport(folder, ({ models: [only] }) => {
          only!.candidates[1]!.test!.correct++;
        });
        resign(folder);
      },
      /differs: report\.json: models\[0\]\.candidates\[1\]\.test\.accuracy: recorded [\d.]+, from the counts [\d.]+\n/,
    ],
    [
      'a percentage',
      (folder) => {
        editReport(folder, ({ models: [only] }) => {
          only!.candidates[1]!.validation.asr['corner-patch'] = 0;
        });
        resign(folder);
      },
      /differs: report\.json: models\[0\]\.candidates\[1\]\.validation\.asr\.corner-patch: recorded 0, from the counts 0\.246/,
    ],
    [
      'a count of the sweep',
      (folder) => {
        editReport(folder, ({ models: [only] }) => {
          only!.sweep.steps[31]!.hits['corner-patch'] = 0;
        });
        resign(folder);
      },
      /differs: report\.json: models\[0\]\.candidates\[1\]\.validation\.hits\.corner-patch: recorded 1, from the counts 0\n/,
    ],
    [
      'more hits than images',
      (folder) => {
        editReport(folder, ({ models: [only] }) => {
          only!.sweep.steps[31]!.correct = 1e6;
        });
        resign(folder);
      },
      /differs: report\.json: examples\/badnet\.h5 has impossible counts at step 31\n/,
    ],
    [
      'the order',
      (folder) => {
        editReport(folder, ({ models: [only] }) => {
          only!.ranking.order.reverse();
        });
        resign(folder);
      },
      /differs: report\.json: models\[0\]\.ranking\.order\[0\]: recorded \d+, from the counts \d+\n/,
    ],
    [
      'the verdict',
      (folder) => {
        editReport(folder, (report) => {
          report.models[0]!.gate.recommended = 5;
        });
        resign(folder);
      },
      /differs: report\.json: models\[0\]\.gate\.recommended: recorded 5, from the counts 4\n/,
    ],
    [
      'a limit',
      (folder) => {
        editReport(folder, (report) => {
          report.config['max-asr']!.value = 0.1;
        });
        resign(folder);
      },
      /manifest\.json: config\.max-asr\.value: recorded 20, in report\.json 0\.1\n.*verdict: recorded "passed", from the counts "failed"\n/s,
    ],
    [
      'a finding left out',
      (folder) => {
        editReport(folder, (report) => {
          report.models[0]!.findings.pop();
        });
        resign(folder);
      },
      /models\[0\]\.layerIsDefault: recorded true, from the counts false\n/,
    ],
    [
      'a finding that is none',
      (folder) => {
        editReport(folder, (report) => {
          report.models[0]!.findings.splice(1, 0, {
            code: 'asr-floor',
            attack: 'x',
            split: 'test',
            images: 1,
            floor: {},
          } as { code: string });
        });
        resign(folder);
      },
      /differs: report\.json: examples\/badnet\.h5 has a finding that is none \(`floor` must be number\)\n/,
    ],
    [
      'an attack without figures',
      (folder) => {
        editReport(folder, (report) => {
          delete report.models[0]!.sweep.steps[13]!.asr['corner-patch'];
        });
        resign(folder);
      },
      /sweep\.steps\[13\]\.asr\.corner-patch: recorded nothing, from the counts 100\n/,
    ],
    [
      'a checkpoint',
      (folder) => {
        editReport(folder, (report) => {
          report.models[0]!.checkpoints[0]!.step = 5;
        });
        resign(folder);
      },
      /models\[0\]\.checkpoints\[0\]\.step: recorded 5, from the counts 31\n/,
    ],
    [
      'the report cut short',
      (folder) => {
        edit(path.join(folder, 'report.json'), (text) => text.slice(0, 1000));
        resign(folder);
      },
      /differs: report\.json: is no JSON, or was cut short\n/,
    ],
    [
      'a report of another version',
      (folder) => {
        editReport(folder, (report) => {
          (report as { schemaVersion: number }).schemaVersion = 2;
        });
        resign(folder);
      },
      /differs: report\.json: has schema version 2, this goodnet reads 1\n/,
    ],
    [
      'an input',
      (folder) => appendFileSync(path.join(folder, '../examples/clean_valid.h5'), 'x'),
      /differs: examples\/clean_valid\.h5: has SHA-256 \w{64}, the manifest records \w{64}\n/,
    ],
  ])('%s', async (_, change, says) => {
    const { code, text } = await verified(change);
    expect([code, text]).toEqual([1, expect.stringMatching(says)]);
    expect(text).toMatch(/\d+ differences?: this is not what goodnet wrote\.\n$/);
  });

  test('counts that agree in themselves: only a new run tells', async () => {
    const forge = (folder: string): void => {
      editReport(folder, (report) => {
        const [only] = report.models;
        for (const candidate of only!.candidates)
          for (const figures of [candidate.validation, candidate.test!])
            figures.correct = Math.min(figures.clean, figures.correct + 1);
        for (const step of only!.sweep.steps)
          for (const counts of [step, step.goodnet]) counts.correct = Math.min(only!.sweep.clean, counts.correct + 1);
        Object.assign(report, recomputed(report, null));
      });
      for (const [file, content] of reportFiles(readJson<Report>(path.join(folder, 'report.json'))))
        writeFileSync(path.join(folder, file), content);
      resign(folder);
    };
    expect(await verified(forge)).toMatchObject({
      code: 0,
      text: expect.stringContaining('only `--rerun` shows') as string,
    });
    const { code, text } = await verified(forge, '--rerun');
    expect([code, text]).toEqual([
      1,
      expect.stringMatching(
        /differs: examples\/badnet\.h5: sweep\.steps\[0\]\.correct: recorded 443, computed again 442\n/,
      ),
    ]);
    expect(text).toMatch(/… and \d+ more figures that differ/);
  });
});

test.each<[engine: string | null, share: number, code: number, says: RegExp]>([
  ['wasm, others', 1e-7, 0, /Nothing differs\./],
  ['wasm, others', 1e-3, 1, /differs: report\.json: computed with other kernels \(wasm, .*; recorded: wasm, others\)/],
  [null, 1e-7, 1, /differs: examples\/badnet\.h5: ranking\.meanActivation\[0\]/],
])('means of the engine %s that are off by %d, computed again', async (engine, share, code, says) => {
  const forge = (folder: string): void => {
    editReport(folder, (report) => {
      const { ranking } = report.models[0]!;
      ranking.meanActivation = ranking.meanActivation.map((mean) => mean * (1 + share));
      Object.assign(report, recomputed(report, null));
      report.run.engine = engine ?? report.run.engine;
    });
    for (const [file, content] of reportFiles(readJson<Report>(path.join(folder, 'report.json'))))
      writeFileSync(path.join(folder, file), content);
    edit(path.join(folder, 'manifest.json'), (text) => {
      const manifest = JSON.parse(text) as Manifest;
      return JSON.stringify({ ...manifest, engine: engine ?? manifest.engine });
    });
    resign(folder);
  };
  expect(await verified(forge, '--rerun')).toMatchObject({ code, text: expect.stringMatching(says) as string });
});

describe('what is no bundle', () => {
  const rewrite =
    (change: (manifest: Manifest) => void) =>
    (folder: string): void =>
      edit(path.join(folder, 'manifest.json'), (text) => {
        const manifest = JSON.parse(text) as Manifest;
        change(manifest);
        return JSON.stringify(manifest);
      });
  const first = (name: string) =>
    rewrite(({ outputs }) => {
      outputs[0]!.path = name;
    });
  test.each<[name: string, change: (folder: string) => void, says: RegExp]>([
    [
      'no manifest',
      (folder) => rmSync(path.join(folder, 'manifest.json')),
      /^out: holds no manifest\.json; name a folder that `goodnet defend` wrote\n$/,
    ],
    [
      'a manifest that is a link',
      (folder) => {
        renameSync(path.join(folder, 'manifest.json'), path.join(folder, '../manifest.json'));
        symlinkSync('../manifest.json', path.join(folder, 'manifest.json'));
      },
      /^out: holds no manifest\.json/,
    ],
    [
      'a manifest cut short',
      (folder) => edit(path.join(folder, 'manifest.json'), (text) => text.slice(0, 500)),
      /^out\/manifest\.json: is no JSON, or was cut short; /,
    ],
    [
      'another version',
      rewrite((manifest) => Object.assign(manifest, { schemaVersion: 7 })),
      /has schema version 7, this goodnet reads 1/,
    ],
    [
      'a manifest that lacks its outputs',
      rewrite((manifest) => delete (manifest as Partial<Manifest>).outputs),
      /does not fit its schema: the value lacks `outputs`/,
    ],
    ['a path twice', rewrite(({ outputs }) => outputs.push(outputs[0]!)), /lists \S+ twice/],
    ...['../secret', '/etc/passwd', 'a/../../secret', './x', 'C:\\x', 'a//b', '..', 'a\\b'].map(
      (name): [string, (folder: string) => void, RegExp] => [
        name,
        first(name),
        /does not fit its schema: `outputs\.0\.path` is .*, which does not match/,
      ],
    ),
  ])('%s', async (_, change, says) => {
    const { code, text, stderr } = await verified(change);
    expect([code, text, stderr]).toEqual([2, '', expect.stringMatching(says)]);
  });
  test('no folder', async () => expect((await command(home, 'verify', 'nowhere')).code).toBe(2));
});

describe('on another machine', () => {
  const elsewhere = temporaryFolder();
  beforeAll(() => {
    cpSync(path.join(home, 'out'), path.join(elsewhere, 'hand-in'), { recursive: true });
    mkdirSync(path.join(elsewhere, 'course'));
    for (const name of [
      'badnet.h5',
      'clean_valid.h5',
      'clean_test.h5',
      'poisoned_valid.h5',
      'poisoned_test.h5',
      'resistant.h5',
    ])
      cpSync(path.join(root, 'examples', name), path.join(elsewhere, 'course', name.replace('_', '-')));
    writeFileSync(
      path.join(elsewhere, 'course.yml'),
      readFileSync(path.join(root, 'examples/goodnet.yml'), 'utf8')
        .replace(/^models: .*/m, 'models: [course/badnet.h5]')
        .replace(/examples\/(\w+?)_(\w+)\.h5/g, 'course/$1-$2.h5'),
    );
  });
  const check = async (...argv: string[]) => {
    const { code, stdout, stderr } = await command(elsewhere, 'verify', 'hand-in', ...argv, '--json');
    return { code, stderr, result: JSON.parse(stdout) as Verification };
  };

  test('inputs that are not there are told, and cannot be run again', async () => {
    const { code, result } = await check();
    expect([code, result.inputs.found, result.unchecked[0]]).toEqual([
      0,
      0,
      { subject: 'examples/badnet.h5', text: 'was not found' },
    ]);
    const again = await check('--rerun');
    expect([again.code, again.stderr]).toEqual([
      2,
      expect.stringMatching(
        /^examples\/badnet\.h5: is needed to run again and was not found; name it as for `goodnet defend`/,
      ),
    ]);
  });
  test('--inputs names the folder that the paths start from', async () => {
    expect(await check('--inputs', home, '--rerun')).toMatchObject({
      code: 0,
      result: { inputs: { found: 5 }, rerun: true, differences: [] },
    });
  });
  test('the flags of defend name them anew', async () => {
    const flags = [
      'course/badnet.h5',
      '--clean',
      'course/clean-valid.h5',
      '--test-clean',
      'course/clean-test.h5',
      '--poisoned',
      'corner-patch=course/poisoned-valid.h5',
      '--test-poisoned',
      'corner-patch=course/poisoned-test.h5',
    ];
    expect(await check(...flags, '--rerun')).toMatchObject({
      code: 0,
      result: { inputs: { found: 5 }, rerun: true, differences: [], unchecked: [] },
    });
  });
  test('so does a config, and its settings are those that the run must have had', async () => {
    expect(await check('--config', 'course.yml', '--rerun')).toMatchObject({
      code: 0,
      result: { rerun: true, differences: [] },
    });
    const other = await check('--config', 'course.yml', '--max-asr', '0.1');
    expect([other.code, other.result.differences]).toEqual([
      1,
      [{ subject: 'settings', text: 'max-asr: recorded 20, given 0.1' }],
    ]);
  });
  test('other files than the run had are told', async () => {
    const { code, result } = await check('course/resistant.h5', '--config', 'course.yml', '--rerun');
    expect(code).toBe(1);
    expect(
      result.differences.map(({ subject, text }) => `${path.basename(subject)} ${text.replace(/\w{64}/, '…')}`),
    ).toEqual([
      'resistant.h5 has SHA-256 …, which no recorded input has',
      'badnet.h5 is not among the models of the new run',
      'resistant.h5 was given, but the report has no such model',
    ]);
  });
  test('nothing outside the folder of the inputs is opened for the sake of a bundle', async () => {
    const place = path.join(elsewhere, 'fenced');
    cpSync(path.join(home, 'out'), path.join(place, 'hand-in'), { recursive: true });
    symlinkSync(path.join(root, 'examples'), path.join(place, 'examples'));
    const { code, stdout } = await command(place, 'verify', 'hand-in', '--json');
    expect([code, (JSON.parse(stdout) as Verification).unchecked[0]]).toEqual([
      0,
      { subject: 'examples/badnet.h5', text: 'lies outside the folder of the inputs, and was not opened' },
    ]);
    expect((await command(place, 'verify', 'hand-in', '--rerun')).code).toBe(2);
  });
});

test('a stamped trigger and a baseline are inputs like any other', async () => {
  const { code } = await command(
    home,
    'defend',
    '--config',
    'examples/trigger.yml',
    '--baseline',
    'out/report.json',
    '--out',
    'stamped',
  );
  expect(code).toBeLessThan(2);
  const { stdout } = await command(home, 'verify', 'stamped', '--rerun', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ differences: [], unchecked: [], rerun: true });
  expect(readJson<Manifest>(path.join(home, 'stamped/manifest.json')).inputs.map((input) => input.path)).toEqual(
    expect.arrayContaining(['out/report.json', 'examples/corner.png']),
  );
});

test('a folder of images is one input', async () => {
  mkdirSync(path.join(home, 'digits'));
  const draw = (name: string, value: number) =>
    writeFileSync(
      path.join(home, 'digits', name),
      pngFile(8, 8, (row) => [value * row, value * row, value * row]),
    );
  draw('a_label=0.png', 1);
  draw('b_label=1.png', 9);
  expect(
    (await command(home, 'defend', 'examples/badnet.h5', '--clean', 'digits', '--scale', '1/255', '--out', 'drawn'))
      .code,
  ).toBe(0);
  expect(await command(home, 'verify', 'drawn', '--rerun')).toMatchObject({ code: 0 });
  draw('c_label=1.png', 5);
  const { code, stdout } = await command(home, 'verify', 'drawn');
  expect([code, stripVTControlCharacters(stdout)]).toEqual([
    1,
    expect.stringMatching(/differs: digits: has SHA-256 \w{64}, the manifest records \w{64}\n/),
  ]);
});

describe('a report is read piece by piece', () => {
  const pieces = (text: string, size: number) =>
    Array.from({ length: Math.ceil(Buffer.byteLength(text) / size) }, (_, i) =>
      Buffer.from(text).subarray(i * size, (i + 1) * size),
    );
  const read = (text: string, size = 3) => readLargeJson(pieces(text, size), () => undefined);

  test.each([
    '{"a":[[[[[{"b":[1,"]}\\"",{}]}]]]]],"__proto__":{"c":1}}',
    ' [ 1 , -0.5e3,true,null , "é\\u0041\\\\" ] ',
    '{"a":1,"a":2}',
    '[]',
    '{}',
    '7',
    '[[{"a":{"x":1},"b":{}},{"a":{"x":1},"b":{}},{"a":{"x":2},"b":{"y":1}}]]',
  ])('%s, as JSON.parse does', (text) => {
    for (const size of [1, 3, 1000]) expect(read(text, size)).toEqual(JSON.parse(text));
  });
  test.each([
    '',
    '[1,]',
    '[1 2]',
    '{"a" 1}',
    '{a:1}',
    '{"a":1,}',
    '[1}',
    '{"a":[1}',
    '[',
    '"',
    '1 2',
    '[]]',
    '{"a":1}x',
    '[tru]',
    '[:]',
  ])('%s is no JSON', (text) => expect(() => read(text)).toThrow(SyntaxError));
  test.each(['[[[[[{},{}]]]]]', '[{},{}]', '[[],[]]', '["a","a"]', '[0.5,0.5]', '{"a":1,"b":2}'])(
    'what unpacks beyond all bounds, as %s, is refused in one line',
    (text) => {
      const many = text.startsWith('{')
        ? `{${Array.from({ length: 400_000 }, (_, i) => `"k${i}":1`).join()}}`
        : `[${`${text},`.repeat(1_500_000)}0]`;
      expect(() => parseReport(many, 'report.json')).toThrow(
        /^report\.json: takes more than 134217728 bytes of memory once it is read/,
      );
    },
    60_000,
  );
});
