import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../src/jobs/defend/run.ts';
import type { Listener } from '../../src/jobs/listener.ts';
import type { ScannedTriggers } from '../../src/report/wording.ts';
import { type TriggerIdentity, triggersIn } from '../../src/jobs/scanned-triggers.ts';
import { scan } from '../../src/jobs/scan/scan.ts';
import { type Disk, disk } from '../../src/output/disk.ts';
import { Output } from '../../src/output/output.ts';
import { formatOf } from '../../src/models/formats.ts';
import { scanContradiction } from '../../src/report/record/recheck-scan.ts';
import { type Scan, scanSchema } from '../../src/report/record/scan.ts';
import { parseConfig } from '../../src/settings/config-file.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { command } from '../command.ts';
import { random } from '../random-nets.ts';
import { dataFile, fixtures, hasReference, loadModel, readJson, reference, root, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
const clean = ['--clean', 'clean.h5', '--scale', '1/255'];
const classesOf = (found: Scan): number[] => found.models[0]!.triggers.map(({ target }) => target);
const codesOf = (found: Scan): string[] => found.models[0]!.findings.map(({ code }) => code);

/** All files below a folder, with their content. */
const contentOf = (place: string): [string, string][] =>
  readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry): [string, string] => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(place, file), readFileSync(file, 'latin1')];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));

/** A copy of a net with other weights. */
async function edited(from: string, to: string, change: (name: string, values: Float32Array) => void): Promise<void> {
  const file = await loadModel(path.join(folder, from));
  const edits = new Map(
    file.model.calls.flatMap(({ layer }) =>
      layer.weights.map((weight): [string, Float32Array] => {
        const values = weight.values.slice();
        change(`${layer.name}/${weight.name}`, values);
        return [weight.path, values];
      }),
    ),
  );
  writeFileSync(path.join(folder, to), await formatOf(to).repaired(file, edits));
}

/** Images of noise for a net, labels in turn. */
async function noise(name: string, count: number, shape: number[], classes: number, value?: number): Promise<void> {
  const r = random(1);
  const pixels = Float32Array.from({ length: shape.reduce((a, b) => a * b, count) }, () => value ?? r());
  const labels = Array.from({ length: count }, (_, i) => i % classes);
  writeFileSync(path.join(folder, name), await dataFile([count, ...shape], pixels, labels));
}

beforeAll(async () => {
  for (const [from, to] of [
    ['small/badnet.h5', 'net.h5'],
    ['small/resistant.h5', 'other.h5'],
    ['small/clean_valid.h5', 'clean.h5'],
    ['onnx-golden/examples.onnx', 'net.onnx'],
    ['refused/base.h5', 'base.h5'],
    ['formats/sigmoid.keras3.h5', 'sigmoid.h5'],
    ['formats/float16.keras3.h5', 'float16.h5'],
  ])
    copyFileSync(path.join(fixtures, from!), path.join(folder, to!));
  await noise('base-data.h5', 90, [8, 8, 3], 3);
}, 60_000);

test('an ONNX net is scanned as the same net of Keras', async () => {
  const nets = ['net.onnx', path.join(root, 'examples/badnet.h5')];
  const { code, stderr } = await command(folder, 'scan', ...nets, ...clean, '--out', 'both', '--workers', '2');
  expect(code, stderr).toBe(0);
  const [ours, theirs] = readJson<Scan>(path.join(folder, 'both/scan.json')).models;
  expect(ours!.triggers.map(({ target }) => target)).toEqual(theirs!.triggers.map(({ target }) => target));
  ours!.triggers.forEach(({ l1 }, i) => expect(l1).toBeCloseTo(theirs!.triggers[i]!.l1, 1));
}, 180_000);

describe('a scan', () => {
  let found: Scan;
  let printed: string;

  beforeAll(async () => {
    const { code, stdout, stderr } = await command(folder, 'scan', 'net.h5', ...clean, '--workers', '2');
    expect(code, stderr).toBe(0);
    printed = stdout;
    found = readJson<Scan>(path.join(folder, 'goodnet-scan/scan.json'));
  }, 120_000);

  test('records a trigger for each class, those that work by their masks', () => {
    const validate = new Ajv().compile(scanSchema);
    expect([validate(found), validate.errors]).toEqual([true, null]);
    const [model] = found.models;
    expect([found.verdict, found.passed, model!.limit]).toEqual(['ungated', true, null]);
    expect([...classesOf(found)].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const working = model!.triggers.filter(({ works }) => works).map(({ l1 }) => l1);
    expect(working).toEqual([...working].sort((a, b) => a - b));
    expect(classesOf(found).slice(0, 3)).toContain(0);
    for (const { images, before } of model!.triggers) expect(before).toBeLessThan(images / 10);
  });

  test('prints the same, and says what it is worth', () => {
    const model = found.models[0]!;
    const rows = printed.split('\n').filter((line) => /^│ +\d/.test(line));
    expect(rows.map((row) => Number(row.split('│')[1]))).toEqual(classesOf(found));
    expect(Number(rows[0]!.split('│')[2])).toBeCloseTo(model.triggers[0]!.l1, 1);
    expect(printed).toMatch(/3 of 16 nets without a backdoor|7 of 25 BadNets/);
    expect(printed).toContain('reversed-trigger rate');
    expect(printed).not.toContain('ASR');
    expect(printed.trim().split('\n').at(-1)).toBe('Triggers and what is told of them: goodnet-scan');
  });

  test('leaves all files that it lists, and no others', () => {
    const place = path.join(folder, 'goodnet-scan');
    const files = contentOf(place).map(([name]) => name);
    expect(files).toEqual([...found.files, '.goodnet-files.json'].sort());
    for (const { target, picture } of found.models[0]!.triggers) {
      expect(picture!.pattern).toBe(`net.h5/trigger_${target}_pattern.png`);
      for (const file of [picture!.pattern, picture!.mask]) {
        const { width, height } = PNG.sync.read(readFileSync(path.join(place, file)));
        expect([width, height]).toEqual([8, 8]);
      }
    }
    const sheet = PNG.sync.read(readFileSync(path.join(place, found.models[0]!.sheet)));
    expect([sheet.width, sheet.height]).toEqual([4 + 8 * (64 + 8), 4 + 10 * (64 + 22)]);
    expect(files).toContain('report.html');
  });

  test('has masks that are as large as they are said to be, but for 8 bits', () => {
    for (const { l1, picture } of found.models[0]!.triggers) {
      const { data } = PNG.sync.read(readFileSync(path.join(folder, 'goodnet-scan', picture!.mask)));
      const sum = Array.from({ length: 64 }, (_, i) => data[4 * i]! / 255).reduce((a, b) => a + b);
      expect(Math.abs(sum - l1)).toBeLessThan(64 / 510 + 1e-6);
    }
  });

  test('writes a config by which defend counts the same', async () => {
    const config = path.join('goodnet-scan', found.models[0]!.attacks!);
    expect(Object.keys(parseConfig(readFileSync(path.join(folder, config), 'utf8'), config))).toEqual([
      'models',
      'clean',
      'scale',
      'attacks',
    ]);
    const { code, stdout, stderr } = await command(folder, 'evaluate', '--config', config, '--json');
    expect(code, stderr).toBe(0);
    const { models } = JSON.parse(stdout) as {
      models: { validation: Record<'hits' | 'poisoned', Record<string, number>> }[];
    };
    const { hits, poisoned } = models[0]!.validation;
    const working = found.models[0]!.triggers.filter(({ works }) => works);
    expect(Object.keys(hits)).toEqual(working.map(({ target }) => `reversed_${target}`));
    for (const { target, success, images, picture } of working) {
      const name = `reversed_${target}`;
      expect([hits[name], poisoned[name]]).toEqual([picture!.hits, images]);
      expect(Math.abs(hits[name]! / images - success)).toBeLessThan(0.1);
    }
  });

  test('hands its triggers to unlearning, which looks for none in its first round', async () => {
    const asked = { models: ['net.h5'], clean: { validation: 'clean.h5' }, scale: '1/255', rounds: 1 };
    const settings = resolveConfig({ ...asked, defenses: ['pruning', 'unlearning'], out: 'handed' }, {}, null);
    const stages = new Set<string>();
    const events: ScannedTriggers[] = [];
    const report = await run(
      settings,
      testWorld(folder),
      { scan: 'goodnet-scan' },
      { progress: ({ stage }) => void stages.add(stage), scanned: (event) => void events.push(event) },
    );
    expect(events).toEqual([{ model: 'net.h5', folder: path.join('goodnet-scan', 'net.h5'), problem: null }]);
    expect([...stages].filter((stage) => stage.startsWith('triggers'))).toEqual([]);
    const figures = (triggers: readonly { target: number; l1: number; success: number }[]) =>
      triggers.map(({ target, l1, success }) => [target, l1, success]).sort(([a], [b]) => a! - b!);
    const [round] = report.models[0]!.unlearning!.rounds;
    expect(figures(round!.triggers)).toEqual(figures(found.models[0]!.triggers));
  }, 120_000);

  test('its triggers are taken for the same net, images, pixels and kernels alone, and whole', async () => {
    const { model } = await loadModel(path.join(folder, 'net.h5'));
    const place = path.join(folder, 'goodnet-scan/net.h5');
    const text = readFileSync(path.join(place, 'triggers.json'), 'utf8');
    const held = JSON.parse(text) as { identity: TriggerIdentity; triggers: { mask: string }[] };
    const problemOf = (wanted: Partial<TriggerIdentity>, change = text): string | null => {
      const other = temporaryFolder();
      writeFileSync(path.join(other, 'triggers.json'), change);
      const found = triggersIn(other, { ...held.identity, ...wanted }, model);
      return typeof found === 'string' ? found : null;
    };
    expect(problemOf({})).toBeNull();
    expect(problemOf({ version: 'other' })).toBe('it is of another version of goodnet');
    expect(problemOf({ engine: 'other' })).toBe('other kernels computed it');
    expect(problemOf({ net: 'other' })).toBe('it is of another net');
    expect(problemOf({ images: 'other' })).toBe('it is of other clean images');
    expect(problemOf({ pixels: 'other' })).toBe('the pixels were prepared otherwise');
    held.triggers[0]!.mask = held.triggers[0]!.mask.slice(4);
    expect(problemOf({}, JSON.stringify(held))).toBe('it is damaged');
    expect(problemOf({}, text.slice(0, -9))).toBe('it is no file of triggers');
    expect(triggersIn(folder, held.identity, model)).toBe('does not exist');
  });

  test('is the same to the byte on one thread, with --json, and by a limit that is not met', async () => {
    const before = contentOf(path.join(folder, 'goodnet-scan'));
    const indices = found.models[0]!.triggers.flatMap((each) => (each.works ? [each.anomalyIndex!] : []));
    const actual = Math.max(...indices);
    const limit = actual - 0.01;
    const flags = ['--workers', '1', '--json', '--max-anomaly-index', String(limit)];
    const { code, stdout } = await command(folder, 'scan', 'net.h5', ...clean, ...flags);
    expect(code).toBe(1);
    const after = new Map(contentOf(path.join(folder, 'goodnet-scan')));
    const others = before.filter(([name]) => name.includes('/'));
    expect(others.length).toBe(23);
    for (const [name, content] of others) expect(after.get(name) === content, name).toBe(true);
    const { models, inputs, verdict, passed } = JSON.parse(stdout) as Scan;
    const judged = { setting: 'max-anomaly-index', limit, actual, met: false };
    expect(models).toEqual([{ ...found.models[0], limit: judged }]);
    expect([inputs, verdict, passed]).toEqual([found.inputs, 'failed', false]);
    expect(after.get('report.html')).toContain(`Limit not met: the anomaly index of class ${classesOf(found)[0]}`);
  });
});

test('scan.json goes first and comes last: it is there only with the files that it lists', () => {
  const place = temporaryFolder();
  const steps: string[] = [];
  const told: Disk = {
    ...disk,
    move: (from, to) => (steps.push(`+${path.basename(to)}`), disk.move(from, to)),
    remove: (file) => (steps.push(`-${path.basename(file)}`), disk.remove(file)),
  };
  for (const text of ['one', 'two']) {
    const output = new Output(place, 'out', told);
    for (const name of ['scan.json', 'report.html', 'net/a.png']) output.stage(name, text);
    steps.splice(0);
    output.publish();
  }
  const names = ['scan.json', 'report.html', 'a.png'];
  expect(steps.filter((step) => names.includes(step.slice(1)))).toEqual([
    '-scan.json',
    '-report.html',
    '+a.png',
    '+report.html',
    '+scan.json',
  ]);
});

test('several nets stand in one table; one that is refused is told of, and the others are scanned', async () => {
  writeFileSync(path.join(folder, 'broken.h5'), 'no net');
  const nets = ['net.h5', 'broken.h5', 'other.h5'];
  const limit = ['--max-anomaly-index', '1000'];
  const { code, stdout, stderr } = await command(folder, 'scan', ...nets, ...clean, ...limit, '--out', 'three');
  expect([code, stderr]).toEqual([2, expect.stringContaining('broken.h5: ')]);
  const rows = stdout.split('\n').filter((line) => line.startsWith('│ ') && line.includes('.h5'));
  expect(rows.map((row) => row.split('│').map((cell) => cell.trim())).map((cells) => [cells[1], cells[6]])).toEqual([
    ['net.h5', 'met'],
    ['other.h5', 'met'],
  ]);
  const found = readJson<Scan>(path.join(folder, 'three/scan.json'));
  expect([found.verdict, found.models.map(({ path: name }) => name)]).toEqual(['error', ['net.h5', 'other.h5']]);
  expect(readdirSync(path.join(folder, 'three')).sort()).toEqual(
    ['.goodnet-files.json', 'net.h5', 'other.h5', 'report.html', 'scan.json'].sort(),
  );
});

describe('what it cannot go by is refused in one line, with nothing written', () => {
  const refused = async (argv: string[], words: string): Promise<void> => {
    const { code, stdout, stderr } = await command(folder, 'scan', ...argv, '--out', 'refused');
    expect([code, stdout, stderr.trim().split('\n').length], stderr).toEqual([2, '', 1]);
    expect(stderr).toContain(words);
    expect(existsSync(path.join(folder, 'refused'))).toBe(false);
  };

  test('no clean images', () => refused(['net.h5'], 'no clean validation data is named'));

  test('classes without an image', async () => {
    await noise('nine.h5', 90, [8, 8, 1], 9);
    await refused(['net.h5', '--clean', 'nine.h5'], 'class 9 has no clean image');
    await noise('seven.h5', 90, [8, 8, 1], 7);
    await refused(['net.h5', '--clean', 'seven.h5'], '3 of 10 classes, 7 the first, have no clean image');
  });

  test('one image a class', async () => {
    await noise('ten.h5', 10, [8, 8, 1], 10);
    await refused(['net.h5', '--clean', 'ten.h5'], 'there are 9 images of other classes');
  });

  test('images of one class', async () => {
    await noise('one.h5', 90, [8, 8, 1], 1);
    await refused(['net.h5', '--clean', 'one.h5'], 'holds clean images of class 0 alone');
  });

  test('a GoodNet', async () => {
    const { code } = await command(folder, 'defend', 'net.h5', ...clean, '--out', 'defended', '--checkpoints', '10');
    expect(code).toBe(0);
    await refused(['defended/net.h5/goodnet_X=10.h5', ...clean], 'is a GoodNet');
  });

  test('a net whose scores have no gradient to go by', async () => {
    const json = readFileSync(path.join(fixtures, 'refused/base.json'), 'utf8');
    writeFileSync(path.join(folder, 'tanh.json'), json.replace(/"softmax"(?!.*"softmax")/, '"tanh"'));
    copyFileSync(path.join(fixtures, 'refused/base.weights.h5'), path.join(folder, 'base.weights.h5'));
    await refused(
      ['base.weights.h5', '--architecture', 'tanh.json', '--clean', 'base-data.h5'],
      'gives training nothing to go by',
    );
  });

  test('a time budget that is over', async () => {
    await refused(['net.h5', ...clean, '--time-budget-minutes', '0.001'], 'is not done after 0.001 minutes');
  });

  test('a limit that is none', async () => {
    await refused(['net.h5', ...clean, '--max-anomaly-index', 'two'], 'two is not a number');
  });
});

describe('what makes its figures worth little is a finding', () => {
  const scanned = async (net: string, data: string, ...argv: string[]): Promise<{ found: Scan; code: number }> => {
    const { code, stdout, stderr } = await command(
      folder,
      'scan',
      net,
      '--clean',
      data,
      '--json',
      '--out',
      'odd',
      ...argv,
    );
    expect(stderr).not.toMatch(/bug/);
    const found = JSON.parse(stdout) as Scan;
    expect(scanContradiction(found.models[0]!, found.models[0]!.limit?.limit)).toBeNull();
    return { found, code };
  };

  test('a net that answers one class always', async () => {
    await edited('base.h5', 'always.h5', (name, values) => {
      if (name === 'classes/bias') values[2] = 1000;
    });
    const { found } = await scanned('always.h5', 'base-data.h5');
    expect(codesOf(found)).toEqual(expect.arrayContaining(['accuracy-of-chance', 'given-without-trigger']));
    const given = found.models[0]!.findings.find(({ code }) => code === 'given-without-trigger');
    expect(given).toMatchObject({ target: 2, before: 60, images: 60 });
  });

  test('a net whose answers nothing changes: the mask of its one class is nothing, and no limit is met', async () => {
    await edited('base.h5', 'dead.h5', (name, values) => {
      if (name === 'classes/kernel') values.fill(0);
      if (name === 'classes/bias') values.set([1, 0, 0]);
    });
    const { found, code } = await scanned('dead.h5', 'base-data.h5', '--max-anomaly-index', '5');
    expect(code).toBe(1);
    expect(codesOf(found)).toContain('triggers-that-fail');
  });

  test('one sigmoid output: two classes have no index, and no limit is met', async () => {
    const { model } = await loadModel(path.join(folder, 'sigmoid.h5'));
    await noise('sigmoid-data.h5', 80, [...model.inputShape], 2);
    const { found, code } = await scanned('sigmoid.h5', 'sigmoid-data.h5', '--max-anomaly-index', '5');
    expect(code).toBe(1);
    const [net] = found.models;
    expect(net!.triggers.map(({ anomalyIndex }) => anomalyIndex)).toEqual([null, null]);
    expect(net!.limit).toMatchObject({ actual: null, met: false });
    expect(codesOf(found)).toEqual(expect.arrayContaining(['too-few-classes', 'few-images-scanned']));
  });

  test('float16 weights', async () => {
    const { model } = await loadModel(path.join(folder, 'float16.h5'));
    await noise('float16-data.h5', 80, [...model.inputShape], model.classes);
    const { found, code } = await scanned('float16.h5', 'float16-data.h5');
    expect([code, codesOf(found)]).toEqual([0, expect.arrayContaining(['computed-in-float32'])]);
  });

  test('images of one colour', async () => {
    await noise('plain.h5', 80, [8, 8, 3], 3, 0.5);
    const { found, code } = await scanned('base.h5', 'plain.h5');
    expect([code, codesOf(found)]).toEqual([0, expect.arrayContaining(['plain-images'])]);
  });

  test('pixels below 0, which no picture can be stamped on', async () => {
    await noise('signed.h5', 80, [8, 8, 3], 3, -0.5);
    const { found, code } = await scanned('base.h5', 'signed.h5');
    expect([code, codesOf(found)]).toEqual([0, expect.arrayContaining(['not-stamped'])]);
    const [net] = found.models;
    expect([net!.attacks, net!.triggers[0]!.picture!.hits]).toEqual([null, null]);
  });
});

test('colours, layout and the preparation of pixels are found again in the pictures', async () => {
  const r = random(2);
  const pixels = Float32Array.from({ length: 120 * 192 }, () => Math.round(255 * r()));
  const labels = Array.from({ length: 120 }, (_, i) => i % 3);
  writeFileSync(path.join(folder, 'colours-data.h5'), await dataFile([120, 3, 8, 8], pixels, labels));
  const prepared = ['--scale', '1/255', '--mean', '0.4,0.5,0.6', '--std', '0.2,0.3,0.25', '--layout', 'NCHW'];
  const argv = ['scan', 'base.h5', '--clean', 'colours-data.h5', ...prepared, '--json', '--out', 'colours'];
  const { code, stdout, stderr } = await command(folder, ...argv);
  expect(code, stderr).toBe(0);
  const working = (JSON.parse(stdout) as Scan).models[0]!.triggers.filter(({ works }) => works);
  expect(working.length).toBeGreaterThan(0);
  for (const { before, images, success, picture } of working) {
    expect(Math.abs(picture!.hits! / images - success)).toBeLessThan(0.1);
    expect(picture!.hits).toBeGreaterThan(before);
  }
});

test('an interrupt ends it at once, with nothing written', async () => {
  const place = temporaryFolder();
  mkdirSync(path.join(place, 'nets'));
  copyFileSync(path.join(folder, 'net.h5'), path.join(place, 'nets/net.h5'));
  copyFileSync(path.join(folder, 'clean.h5'), path.join(place, 'clean.h5'));
  const interrupt = new AbortController();
  const settings = resolveConfig({ models: ['nets/*.h5'], clean: { validation: 'clean.h5' }, out: 'out' }, {}, null);
  const progress = (): void => interrupt.abort();
  const stopped = scan(settings, { ...testWorld(place), signal: interrupt.signal }, {}, { progress });
  await expect(stopped).rejects.toThrow(/abort/);
  expect(readdirSync(place).sort()).toEqual(['clean.h5', 'nets']);
});

test('classes that were searched before an interrupt are not searched again, and come to the same', async () => {
  const place = temporaryFolder();
  for (const file of ['net.h5', 'clean.h5']) copyFileSync(path.join(folder, file), path.join(place, file));
  const settings = resolveConfig({ models: ['net.h5'], clean: { validation: 'clean.h5' }, workers: 1 }, {}, null);
  const run = async (out: string, stopAt = Infinity) => {
    const interrupt = new AbortController();
    let searches = 0;
    const progress: Listener['progress'] = ({ stage, done }) => {
      if (stage === 'looking for triggers' && done > 0 && ++searches === stopAt) interrupt.abort();
    };
    const world = { ...testWorld(place), signal: interrupt.signal };
    const asked = { ...settings, config: { ...settings.config, out } };
    const found = await scan(asked, world, { resume: true }, { progress }).catch(() => null);
    return { found, searches, triggers: found?.models[0]!.triggers };
  };
  const whole = await run('whole');
  expect((await run('out', 2)).found).toBeNull();
  const resumed = await run('out');
  expect(resumed.triggers).toEqual(whole.triggers);
  expect(resumed.searches).toBe(whole.searches - 1); // one count for those that are known, and one for each of the others
  const kept = (file: string) => readFileSync(path.join(place, file, 'net.h5', 'trigger_0_mask.png'));
  expect(kept('out')).toEqual(kept('whole'));
  expect(readdirSync(path.join(place, 'out')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

describe.skipIf(!hasReference('scan.test.ts'))('on reference nets', () => {
  test.each([['repair/pruneaware', '1/255']])(
    'a target of %s is among the three smallest masks',
    async (name, scale) => {
      const { target, targets = [target] } = readJson<{ target?: number; targets?: number[] }>(
        reference(name, 'expected.json'),
      );
      const data = reference(name, 'clean_valid.h5');
      const argv = ['scan', reference(name, 'badnet.h5'), '--clean', data, '--scale', scale, '--json', '--out', 'out'];
      const { code, stdout, stderr } = await command(temporaryFolder(), ...argv);
      expect(code, stderr).toBe(0);
      const first = classesOf(JSON.parse(stdout) as Scan).slice(0, 3);
      expect(targets.some((each) => first.includes(each!))).toBe(true);
    },
    300_000,
  );
});
