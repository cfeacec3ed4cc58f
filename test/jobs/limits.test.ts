import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openSource } from '../../src/data/source.ts';
import { openFile, openWhileHashed, readAll } from '../../src/base/files.ts';
import { tryApart } from '../../src/models/read-apart.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { run } from '../../src/index.ts';
import { command } from '../command.ts';
import { assets, dataFile, fixtures, otherAssets, readJson, startEngine, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { Report } from '../../src/report/record/report.ts';

const folder = temporaryFolder();
beforeAll(async () => {
  await startEngine();
  copyFileSync(path.join(fixtures, 'refused/base.h5'), path.join(folder, 'net.h5'));
  writeFileSync(
    path.join(folder, 'clean.h5'),
    await dataFile([3, 8, 8, 3], new Float32Array(576).fill(0.5), [0, 1, 2]),
  );
});

test.each<[string[], RegExp]>([
  [['--max-file-bytes', '10000'], /net\.h5: has 18872 bytes, at most 10000 are read; .*max-file-bytes/],
  [['--max-memory-bytes', '10000'], /net\.h5: has 18872 bytes, at most 10000 are read; .*max-memory-bytes/],
  [['--time-budget-minutes', '0.0000001'], /the run: is not done after 1e-7 minutes; raise `time-budget-minutes`/],
  [['--time-budget-minutes', '0'], /`time-budget-minutes` must be > 0/],
  [['--max-memory-bytes', '1.5'], /`max-memory-bytes` must be integer/],
])('%j', async (flags, words) => {
  for (const job of ['defend', 'evaluate']) {
    const { code, stderr } = await command(folder, job, 'net.h5', '--clean', 'clean.h5', ...flags);
    expect([code, stderr]).toEqual([2, expect.stringMatching(words)]);
    expect(existsSync(path.join(folder, 'goodnet-out'))).toBe(false);
  }
});

test('data that asks for more memory than is allowed is refused before it is read', async () => {
  const { code, stderr } = await command(
    folder,
    'sample',
    'clean.h5',
    '--images',
    '2',
    '--out',
    'few.h5',
    '--max-memory-bytes',
    '1000',
  );
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/clean\.h5: one image takes 1536 bytes in memory, at most 1000 are taken/),
  ]);
});

test('a model that is swapped while it is evaluated: what is reported and written out is what was scored', async () => {
  const here = temporaryFolder();
  for (const name of ['net.h5', 'clean.h5']) copyFileSync(path.join(folder, name), path.join(here, name));
  const good = createHash('sha256')
    .update(readFileSync(path.join(here, 'net.h5')))
    .digest('hex');
  const resolved = resolveConfig(
    { models: ['net.h5'], clean: { validation: 'clean.h5' }, 'min-accuracy': 0, out: 'out' },
    {},
    null,
  );
  await run(resolved, { ...testWorld(here), progress: () => writeFileSync(path.join(here, 'net.h5'), 'another file') });
  const report = readJson<Report>(path.join(here, 'out/report.json'));
  expect([report.models[0]!.sha256, report.inputs[0]!.sha256]).toEqual([good, good]);
});

test('a file that is written to between its hashing and its reading is refused, though it looks as old as before', () => {
  const file = path.join(temporaryFolder(), 'net.h5');
  const put = (text: string): void => {
    writeFileSync(file, text);
    utimesSync(file, 1000, 1000);
  };
  put('one net');
  const opened = openFile(file, { file: 'net.h5' });
  expect(new TextDecoder().decode(readAll(opened))).toBe('one net');
  put('another');
  expect(() => readAll(opened)).toThrow('net.h5: cannot be read (it changed while goodnet ran)');
  opened.close();
});

describe('a file that is written to in place, with its old times put back', () => {
  const names = { dataName: 'data', labelName: 'label' };
  /** Turns a byte around, as a mapping of the file into memory would, and puts the times back. */
  function touch(file: string, at: number): void {
    const { atime, mtime } = statSync(file);
    utimesSync(file, atime, mtime); // to the precision that can be put back
    const bytes = readFileSync(file);
    bytes[at] = bytes[at]! ^ 1;
    const descriptor = openSync(file, 'r+');
    writeSync(descriptor, bytes, at, 1, at);
    closeSync(descriptor);
    utimesSync(file, atime, mtime);
  }
  const put = (name: string, content: Uint8Array): string => {
    const file = path.join(temporaryFolder(), name);
    writeFileSync(file, content);
    utimesSync(file, 1000, 1000);
    return file;
  };
  const refused = (name: string) => `${name}: cannot be read (it changed while goodnet ran)`;
  const place = (file: string) => ({ cwd: path.dirname(file), assets });
  const images = Float32Array.from({ length: 600 * 64 }, (_, i) => i % 251);
  const labels = Array.from({ length: 600 }, (_, i) => i % 2);

  test('is refused as it is read whole, wherever it changed', () => {
    for (const at of [0, 70_000, 1_100_000, 1_199_999]) {
      const file = put('net.h5', new Uint8Array(1_200_000));
      const opened = openFile(file, { file: 'net.h5' });
      expect(readAll(opened)).toHaveLength(1_200_000);
      touch(file, at);
      expect(() => readAll(opened)).toThrow(refused('net.h5'));
      opened.close();
    }
  });

  test('is refused where a part is read that changed, and not where another is', () => {
    const file = put('data.h5', new Uint8Array(200_000).fill(7));
    const opened = openFile(file, { file: 'data.h5' });
    touch(file, 100_000);
    const part = new Uint8Array(1000);
    expect([opened.read(part, 64_000), new Set(part)]).toEqual([1000, new Set([7])]);
    expect([opened.read(part, 199_500), part.subarray(0, 500).every((value) => value === 7)]).toEqual([500, true]);
    expect(opened.read(part, 200_000)).toBe(0);
    for (const at of [65_536, 99_990, 131_000]) expect(() => opened.read(part, at)).toThrow(refused('data.h5'));
    opened.close();
  });

  test('is refused once its hash is known, where a part was read before the hash came by and changed since', async () => {
    const file = put('data.h5', new Uint8Array(3_000_000).fill(7));
    const opened = await openWhileHashed(file, { file: 'data.h5' }, Infinity, undefined);
    expect(opened.read(new Uint8Array(1000), 2_500_000)).toBe(1000);
    touch(file, 2_500_500);
    await expect(opened.sha256).rejects.toThrow(refused('data.h5'));
    expect(() => opened.read(new Uint8Array(1000), 2_500_000)).toThrow(refused('data.h5'));
    opened.close();
  });

  test('has the hash of what was read, where it changed before that', async () => {
    const file = put('data.h5', new Uint8Array(3_000_000).fill(7));
    const opened = await openWhileHashed(file, { file: 'data.h5' }, Infinity, undefined);
    touch(file, 2_500_500);
    const part = new Uint8Array(1000);
    expect([opened.read(part, 2_500_000), part[500]]).toEqual([1000, 6]);
    expect(await opened.sha256).toBe(createHash('sha256').update(readFileSync(file)).digest('hex'));
    touch(file, 2_500_500);
    expect(() => opened.read(part, 2_500_000)).toThrow(refused('data.h5'));
    opened.close();
  });

  test('is refused as HDF5, between opening it and its images, and after they were read once', async () => {
    for (const reads of [0, 1]) {
      const file = put('data.h5', await dataFile([600, 8, 8, 1], images, labels));
      const source = await openSource({ file: 'data.h5' }, names, null, place(file));
      for (let i = 0; i < reads; i++) expect(source.data.rows(0, 600)).toEqual(images);
      touch(file, readFileSync(file).indexOf(Buffer.from(images.slice(300 * 64, 301 * 64).buffer)) + 2);
      expect(() => source.data.rows(0, 600)).toThrow(refused('data.h5'));
      source.close();
    }
  });

  test('is refused as HDF5 in another thread, which takes over what is open', async () => {
    const file = put('data.h5', await dataFile([600, 8, 8, 1], images, labels));
    const source = await openSource({ file: 'data.h5' }, names, null, place(file));
    touch(file, readFileSync(file).indexOf(Buffer.from(images.slice(0, 64).buffer)) + 2);
    const held = structuredClone(source.held!);
    await expect(
      openSource({ file: 'data.h5', held }, names, null, { ...place(file), tried: true }).then(({ data }) =>
        data.rows(0, 600),
      ),
    ).rejects.toThrow(refused('data.h5'));
    await expect(tryApart({ ...held, name: 'data.h5', sha256: 'new' }, ['data'], { assets })).rejects.toThrow(
      refused('data.h5'),
    );
    source.close();
  });

  test('is refused in a run: the model is no longer judged', async () => {
    const here = temporaryFolder();
    for (const name of ['net.h5', 'clean.h5']) copyFileSync(path.join(folder, name), path.join(here, name));
    const clean = path.join(here, 'clean.h5');
    utimesSync(clean, 1000, 1000);
    let written = false;
    const once = (): void => {
      if (!written) touch(clean, readFileSync(clean).length - 1);
      written = true;
    };
    const resolved = resolveConfig(
      {
        models: ['net.h5'],
        clean: { validation: 'clean.h5', test: 'clean.h5' },
        'min-accuracy': 0,
        out: 'out',
        workers: 1,
      },
      {},
      null,
    );
    const report = await run(resolved, { ...testWorld(here), progress: once });
    expect(report.errors.map(({ code, message }) => [code, message])).toEqual([
      ['file-unreadable', expect.stringContaining(refused('clean.h5'))],
    ]);
    expect(existsSync(path.join(here, 'out/report.json'))).toBe(false);
  });
});

test('a data file whose name is given to another one: what is read is what was hashed', async () => {
  const here = temporaryFolder();
  const [images, others] = [1, 2].map((value) => new Float32Array(600 * 64).fill(value)) as [
    Float32Array,
    Float32Array,
  ];
  const labels = Array.from({ length: 600 }, (_, i) => i % 2);
  for (const [name, values] of [
    ['data.h5', images],
    ['other.h5', others],
  ] as const)
    writeFileSync(path.join(here, name), await dataFile([600, 8, 8, 1], values, labels));
  const sha256 = createHash('sha256')
    .update(readFileSync(path.join(here, 'data.h5')))
    .digest('hex');
  const source = await openSource({ file: 'data.h5' }, { dataName: 'data', labelName: 'label' }, null, {
    cwd: here,
    assets,
  });
  renameSync(path.join(here, 'other.h5'), path.join(here, 'data.h5'));
  expect([source.sha256, source.data.rows(0, 600)]).toEqual([sha256, images]);
  source.close();
});

test('data that is written to while it is read: the model is refused', async () => {
  const here = temporaryFolder();
  for (const name of ['net.h5', 'clean.h5']) copyFileSync(path.join(folder, name), path.join(here, name));
  const resolved = resolveConfig(
    { models: ['net.h5'], clean: { validation: 'clean.h5' }, 'min-accuracy': 0, out: 'out', workers: 1 },
    {},
    null,
  );
  const changing = { ...testWorld(here), progress: () => appendFileSync(path.join(here, 'clean.h5'), ' ') };
  const report = await run(resolved, changing);
  expect(report.errors).toEqual([
    expect.objectContaining({
      path: 'net.h5',
      code: 'file-unreadable',
      message: expect.stringMatching(/^clean\.h5: cannot be read \(it changed while goodnet ran\)/) as unknown,
    }),
  ]);
  expect(existsSync(path.join(here, 'out/report.json'))).toBe(false);
});

describe('a long file that is hashed while it is read', () => {
  const long = path.join(folder, 'long');
  beforeAll(() => writeFileSync(long, new Uint8Array(3_000_000)));
  const open = (pinned: { sha256?: string } = {}, signal?: AbortSignal) =>
    openWhileHashed(long, { file: 'long', ...pinned }, Infinity, signal);

  test('is hashed first where its hash is pinned', async () => {
    const sha256 = createHash('sha256').update(readFileSync(long)).digest('hex');
    const opened = await open({ sha256 });
    expect(opened.sha256).toBe(sha256);
    opened.close();
    await expect(open({ sha256: '0'.repeat(64) })).rejects.toThrow(/^long: has SHA-256/);
  });

  test('is hashed no more once it is closed, or an end is asked for', async () => {
    const opened = await open();
    opened.close();
    await expect(opened.sha256).rejects.toThrow();
    const end = new AbortController();
    const other = await open({}, end.signal);
    end.abort(new Error('enough'));
    await expect(other.sha256).rejects.toThrow('enough');
    other.close();
  });
});

describe('a data file is tried in a thread of its own', () => {
  const names = { dataName: 'data', labelName: 'label' };

  test('which is ended at its deadline', async () => {
    const file = openFile(path.join(fixtures, 'data/u1.h5'), { file: 'slow.h5' });
    const slow = otherAssets({
      'reader.js': "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { for (;;); });",
    });
    await expect(tryApart(file, ['data'], { assets: slow }, 0.2)).rejects.toThrow(
      /^slow\.h5: took longer than 0 s to read; /,
    );
    await expect(tryApart(file, ['data'], { assets })).resolves.toBeUndefined();
    file.close();
  });

  test.each([
    ['ends', 'process.exit(7)', /^ends\.h5: ended the thread that read it \(exit code 7\); write the file again/],
    [
      'runs out of memory',
      "throw Object.assign(new Error('full'), { code: 'ERR_WORKER_OUT_OF_MEMORY' })",
      /^runs out of memory\.h5: its structure takes \d+ bytes in memory/,
    ],
  ])('which refuses the file where the thread %s, and the next one is read', async (name, fault, words) => {
    const file = openFile(path.join(fixtures, 'data/little_u4.h5'), { file: `${name}.h5` });
    const faulty = otherAssets({
      'reader.js': `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { ${fault}; });`,
    });
    for (let i = 0; i < 2; i++)
      await expect(tryApart(file, ['data'], { assets: faulty })).rejects.toThrow(
        expect.objectContaining({ name: 'GoodnetError', message: expect.stringMatching(words) as unknown }),
      );
    await expect(tryApart(file, ['data'], { assets })).resolves.toBeUndefined();
    file.close();
  });

  test('before this one opens it, and once for the same bytes', async () => {
    const tries = path.join(folder, 'tries');
    const counting = otherAssets({
      'reader.js': `import { appendFileSync } from 'node:fs'; appendFileSync(${JSON.stringify(tries)}, 'x'); import { parentPort } from 'node:worker_threads'; parentPort.on('message', ({ id }) => parentPort.postMessage({ id, value: undefined }));`,
    });
    writeFileSync(
      path.join(folder, 'other.h5'),
      await dataFile([3, 8, 8, 3], new Float32Array(576).fill(0.25), [0, 1, 2]),
    );
    for (let i = 0; i < 2; i++)
      (await openSource({ file: 'other.h5' }, names, null, { cwd: folder, assets: counting })).close();
    expect(readFileSync(tries, 'utf8')).toBe('x');
  });

  test("whose refusal is told as this one's", async () => {
    const refused = path.join(fixtures, 'hostile/data_virtual.h5');
    await expect(openSource({ file: refused }, names, null, { cwd: folder, assets })).rejects.toThrow(
      /holds a link instead of data at data/,
    );
  });
});

test('the report says where each limit comes from, and the hashes of the data', async () => {
  writeFileSync(path.join(folder, 'c.yml'), 'models: [net.h5]\nclean: { validation: clean.h5 }\nmin-accuracy: 0\n');
  expect(
    (await command(folder, 'defend', '--config', 'c.yml', '--max-accuracy-drop', '50', '--out', 'told')).code,
  ).toBeLessThan(2);
  const report = readJson<Report>(path.join(folder, 'told/report.json'));
  expect(report.models[0]!.gate.rules.map(({ metric, source }) => [metric, source]).slice(0, 2)).toEqual([
    ['accuracy', 'config'],
    ['accuracy-drop', 'flag'],
  ]);
  expect(report.inputs.map(({ path: file, sha256 }) => [file, /^[0-9a-f]{64}$/.test(sha256)])).toEqual([
    ['net.h5', true],
    ['clean.h5', true],
  ]);
});
