import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { type Disk, disk, type GrowingFile } from '../../src/output/disk.ts';
import type { StagedFile } from '../../src/output/staged-file.ts';
import { NewFile } from '../../src/output/new-file.ts';
import { Output } from '../../src/output/output.ts';
import { inOwnFolder } from '../../src/output/own-folder.ts';
import { ownName, release } from '../../src/output/owner.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** The files of a folder by their paths, staging folders and the ledger aside. */
function filesIn(folder: string, below = ''): Record<string, string> {
  return Object.fromEntries(
    readdirSync(path.join(folder, below), { withFileTypes: true }).flatMap((entry): [string, string][] => {
      const name = path.posix.join(below, entry.name);
      if (entry.name.startsWith('.goodnet-')) return [];
      return entry.isDirectory()
        ? Object.entries(filesIn(folder, name))
        : [[name, readFileSync(path.join(folder, name), 'utf8')]];
    }),
  );
}

const leftovers = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.tmp'));

/** What a folder held before the run: an earlier run's files, and somebody else's. */
const before = {
  'a.h5/model_X=2.h5': 'old 2',
  'a.h5/model_X=4.h5': 'old 4',
  'a.h5/sweep.csv': 'old',
  'b.h5/sweep.csv': 'old b',
  'report.md': 'old',
  'report.json': 'old report',
};
const foreign = { 'a.h5/notes.txt': 'mine', 'thesis.txt': 'mine' };
/** What the run writes: one file replaced, two new, one in a new folder; one of its model is stale, and so is the folder of a model that is not its own. */
const written = {
  'a.h5/model_X=2.h5': 'new 2, which is longer',
  'a.h5/goodnet_X=2.h5': 'new',
  'a.h5/sweep.csv': 'new',
  'c.h5/sweep.csv': 'new c',
  'report.md': 'new',
  'report.json': 'new report',
};
const after = { ...written, ...foreign };

/** A disk that does not wait until anything is on it. */
const quick: Disk = {
  ...disk,
  write: (file, content) => writeFileSync(file, content, { flag: 'wx' }),
  sync: () => undefined,
};

function write(folder: string, files: Record<string, string>, on: Disk): void {
  const output = new Output(folder, 'out', on);
  try {
    output.open();
    for (const [name, content] of Object.entries(files)) output.stage(name, content);
    output.publish();
  } finally {
    output.discard();
  }
}

function prepared(): string {
  const folder = path.join(temporaryFolder(), 'out');
  write(folder, before, quick);
  for (const [name, content] of Object.entries(foreign)) writeFileSync(path.join(folder, name), content);
  return folder;
}

/**
 * A disk that stops working with its step `last`: `kill` does half of it, where it can be done by halves, and then nothing more, as when the
 * process dies; any other code fails that step alone, or, with `full`, every later write as well.
 */
function faulty(last: number, fault: 'kill' | 'ENOSPC' | 'EIO', full = false): Disk & { steps: number } {
  const fails = (): never => {
    throw Object.assign(new Error(fault), { code: fault });
  };
  const self = {
    steps: 0,
    step(action: () => void, half: () => void, writes: boolean): void {
      self.steps++;
      const now = self.steps === last || (full && writes && self.steps > last);
      if (fault === 'kill' ? self.steps < last : !now) return action();
      if (self.steps === last || full) half();
      fails();
    },
    makeFolder(folder: string): string | undefined {
      let made: string | undefined;
      self.step(
        () => (made = quick.makeFolder(folder)),
        () => undefined,
        true,
      );
      return made;
    },
    write: (file: string, content: Uint8Array | string): void =>
      self.step(
        () => quick.write(file, content),
        () => writeFileSync(file, content.slice(0, content.length >> 1)),
        true,
      ),
    create(file: string): GrowingFile {
      let made: GrowingFile | undefined;
      self.step(
        () => (made = quick.create(file)),
        () => undefined,
        true,
      );
      const opened = made!;
      return {
        read: (target, at) => {
          let count = 0;
          self.step(
            () => (count = opened.read(target, at)),
            () => undefined,
            false,
          );
          return count;
        },
        write: (bytes, at) =>
          self.step(
            () => opened.write(bytes, at),
            () => opened.write(bytes.subarray(0, bytes.length >> 1), at),
            true,
          ),
        resize: (size) =>
          self.step(
            () => opened.resize(size),
            () => undefined,
            true,
          ),
        sync: () =>
          self.step(
            () => undefined,
            () => undefined,
            true,
          ),
        close: () => opened.close(),
      };
    },
    move: (from: string, to: string): void =>
      self.step(
        () => quick.move(from, to),
        () => undefined,
        false,
      ),
    remove: (file: string): void =>
      self.step(
        () => quick.remove(file),
        () => undefined,
        false,
      ),
    removeFolder(folder: string): void {
      const removeSlowly = (at: string): void => {
        if (!existsSync(at)) return;
        if (!lstatSync(at).isDirectory())
          return self.step(
            () => unlinkSync(at),
            () => undefined,
            false,
          );
        readdirSync(at)
          .sort()
          .reverse()
          .forEach((name) => removeSlowly(path.join(at, name))); // in no order that could be relied on: the commit last
        self.step(
          () => rmdirSync(at),
          () => undefined,
          false,
        );
      };
      removeSlowly(folder);
    },
    removeEmpty: (folder: string): void =>
      self.step(
        () => quick.removeEmpty(folder),
        () => undefined,
        false,
      ),
    sync: (folder: string): void =>
      self.step(
        () => quick.sync(folder),
        () => undefined,
        false,
      ),
  };
  return self;
}

/** This process goes on where a killed one would not: staging folders get the name of one that is gone. */
function bury(folder: string): void {
  for (const name of existsSync(folder) ? leftovers(folder) : [])
    renameSync(path.join(folder, name), path.join(folder, name.replace(`-${process.pid}-`, '-4194303-')));
}

/** Runs with a fault at one step after the other, until a run goes through; answers how many steps there were. */
function everyStep(
  start: () => string,
  fault: 'kill' | 'ENOSPC' | 'EIO',
  full: boolean,
  look: (folder: string, step: string, error: unknown) => void,
): number {
  for (let step = 1; ; step++) {
    const folder = start();
    const on = faulty(step, fault, full);
    let thrown: unknown;
    try {
      write(folder, written, on);
    } catch (error) {
      thrown = error;
    }
    if (on.steps < step) return step - 1;
    look(folder, `step ${step}: ${String(thrown)}`, thrown);
  }
}

describe('a run that dies at any step of its writing', () => {
  test('leaves whole files, a report only with its own files, and is undone or completed by the next run', () => {
    const outcomes = { old: 0, new: 0 };
    let lost = 0;
    const steps = everyStep(prepared, 'kill', false, (folder, message) => {
      const found = filesIn(folder);
      for (const [name, content] of Object.entries(found)) {
        const whole = [before, foreign, written]
          .map((set) => (set as Record<string, string>)[name])
          .filter((each) => each !== undefined);
        expect(whole, `${message}: ${name}`).toContain(content);
      }
      expect(found, message).toMatchObject(foreign);
      if (found['report.json'] === 'old report') expect(found, message).toEqual({ ...before, ...foreign });
      if (found['report.json'] === 'new report') expect(found, message).toEqual(after);
      bury(folder);
      const next = new Output(folder, 'out', quick);
      next.open();
      const recovered = filesIn(folder);
      const isNew = recovered['report.json'] === 'new report';
      const expected: Record<string, string> = isNew ? after : { ...before, ...foreign };
      lost += Object.keys(expected).filter((name) => recovered[name] !== expected[name]).length;
      expect(recovered, message).toEqual(expected);
      outcomes[isNew ? 'new' : 'old']++;
      next.claim(Object.keys(before));
      next.claim(Object.keys(written));
      next.discard();
      expect(leftovers(folder), message).toEqual([]);
      expect(existsSync(path.join(folder, 'b.h5')), message).toBe(!isNew);
    });
    expect(outcomes.old).toBeGreaterThan(10);
    expect(outcomes.new).toBeGreaterThan(10);
    process.stdout.write(
      `\nfaults: killed at each of ${steps} steps of writing, ${outcomes.old} undone, ${outcomes.new} completed, ${lost} files lost\n`,
    );
  });

  test('also where the run that completes it dies in its turn', () => {
    const start = (): string => {
      const folder = prepared();
      const announced = path.join(folder, 'c.h5'); // the folder that is made when the first files have moved
      const on: Disk = {
        ...quick,
        makeFolder: (made) => {
          if (made === announced) throw new Error('killed');
          return quick.makeFolder(made);
        },
      };
      expect(() => write(folder, written, on)).toThrow(/killed/);
      bury(folder);
      expect(filesIn(folder)).toMatchObject({ 'a.h5/sweep.csv': 'new' });
      return folder;
    };
    for (let step = 1, gone = false; !gone; step++) {
      const folder = start();
      const on = faulty(step, 'kill');
      const next = new Output(folder, 'out', on);
      try {
        next.open();
        gone = on.steps < step;
      } catch {
        /* it was killed */
      }
      bury(folder);
      const last = new Output(folder, 'out', quick);
      last.open();
      expect(filesIn(folder), `step ${step}`).toEqual(after);
      last.discard();
      expect(leftovers(folder).length).toBe(0);
    }
  });
});

describe.each<['ENOSPC' | 'EIO', boolean, string]>([
  ['ENOSPC', true, 'is full'],
  ['EIO', false, 'fails once'],
])('a disk (%s)', (fault, full, words) => {
  test(`that ${words} at any step: one line tells what to do, and the folder is as it was or the next run completes it`, () => {
    let untouched = 0;
    everyStep(prepared, fault, full, (folder, message, error) => {
      const line =
        fault === 'ENOSPC'
          ? 'out: cannot be written (ENOSPC); make room on the disk, or write elsewhere with `--out`'
          : 'out: cannot be written (EIO); choose another folder with `--out`';
      if (error === undefined)
        expect(filesIn(folder), message).toEqual(after); // only what was staged could not be removed
      else expect((error as Error).message, message).toBe(line);
      const found = filesIn(folder);
      expect(found, message).toMatchObject(foreign);
      if (found['report.json'] === 'old report') expect(found, message).toEqual({ ...before, ...foreign });
      if (found['report.json'] === 'old report' && leftovers(folder).length === 0) untouched++;
      const next = new Output(folder, 'out', quick);
      next.open();
      const recovered = filesIn(folder);
      expect(recovered, message).toEqual(recovered['report.json'] === 'new report' ? after : { ...before, ...foreign });
      next.discard();
      expect(leftovers(folder), message).toEqual([]);
    });
    expect(untouched).toBeGreaterThan(10);
  });
});

/** A folder in which a run died when it was to move the first table. */
function halfMoved(): string {
  const folder = prepared();
  const on: Disk = {
    ...quick,
    move: (from, to) => {
      if (to.endsWith('sweep.csv')) throw new Error('killed');
      quick.move(from, to);
    },
  };
  expect(() => write(folder, written, on)).toThrow(/killed/);
  bury(folder);
  return folder;
}

describe('a file that is staged in pieces', () => {
  const file = 'a.h5/model_X=2.h5';
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  /** In no order, and longer for a while. */
  const inPieces = (staged: StagedFile): Promise<void> => {
    staged.resize(9);
    staged.write(Buffer.from('w!'), 2);
    staged.write(Buffer.from('ne'), 0);
    staged.resize(3);
    const read = Buffer.alloc(9);
    if (staged.read(read, 1) < 2) throw new Error('it cannot be read again');
    expect(read.toString('latin1', 0, 2)).toBe('ew');
    return Promise.resolve();
  };

  test.each(['kill', 'ENOSPC', 'EIO'] as const)('is whole or not there, at whatever step %s comes', async (fault) => {
    const seen = new Set<string | undefined>();
    for (let step = 1, isWritten = false; !isWritten; step++) {
      const folder = prepared();
      const on = faulty(step, fault);
      const output = new Output(folder, 'out', on);
      const attempt = async (): Promise<void> => {
        try {
          const staged = await output.stageInPieces(file, inPieces);
          expect(staged).toEqual({ path: file, bytes: 3, sha256: sha256('new') });
          output.publish();
        } finally {
          output.discard();
        }
      };
      const thrown: unknown = await attempt().then(
        () => null,
        (error: unknown) => error,
      );
      isWritten = on.steps < step;
      if (thrown !== null) expect(thrown, `step ${step}`).toMatchObject({ code: 'output-unwritable' });
      bury(folder);
      new Output(folder, 'out', quick).open();
      const found = filesIn(folder)[file];
      expect([before[file], 'new'], `step ${step}`).toContain(found);
      seen.add(found);
    }
    expect(seen.size).toBe(2);
  });

  test('is not there where its writer fails, whose error is told', async () => {
    const folder = prepared();
    const output = new Output(folder, 'out', quick);
    const failing = output.stageInPieces(file, (staged) =>
      inPieces(staged).then(() => Promise.reject(new Error('no'))),
    );
    await expect(failing).rejects.toThrow(/^no$/);
    expect(output.files).toEqual([]);
    output.discard();
    expect([filesIn(folder), leftovers(folder)]).toEqual([{ ...before, ...foreign }, []]);
  });
});

test('a staged file that is not as it was committed stops the completion', () => {
  const folder = halfMoved();
  writeFileSync(path.join(folder, leftovers(folder)[0]!, 'files/a.h5/sweep.csv'), 'ne');
  const next = new Output(folder, 'out', quick);
  next.open();
  next.discard();
  const found = filesIn(folder);
  expect([found['a.h5/sweep.csv'], found['report.json'], leftovers(folder)]).toEqual(['old', undefined, []]);
});

test('files of somebody else that came after the crash stop the completion, not the next run', () => {
  const folder = halfMoved();
  mkdirSync(path.join(folder, 'c.h5'));
  writeFileSync(path.join(folder, 'c.h5/sweep.csv'), 'mine now');
  const next = new Output(folder, 'out', quick);
  next.open();
  next.discard();
  const found = filesIn(folder);
  expect([found['c.h5/sweep.csv'], found['report.json'], leftovers(folder)]).toEqual(['mine now', undefined, []]);
  expect(found['a.h5/goodnet_X=2.h5']).toBe('new');
  new Output(folder, 'out', quick).claim(Object.keys(written).filter((name) => name !== 'c.h5/sweep.csv')); // what was moved is still goodnet's own
});

test('a completion that was given up is not taken up again, wherever the run that gave it up died', () => {
  for (let step = 1; ; step++) {
    const folder = halfMoved();
    mkdirSync(path.join(folder, 'c.h5'));
    writeFileSync(path.join(folder, 'c.h5/sweep.csv'), 'mine now');
    const on = faulty(step, 'kill');
    const dies = new Output(folder, 'out', on);
    try {
      dies.open();
    } catch {
      /* it was killed */
    }
    if (on.steps < step) {
      dies.discard();
      expect(step).toBeGreaterThan(8);
      return;
    }
    release(leftovers(folder).at(-1)!.slice(1, -'.tmp'.length));
    bury(folder);
    rmSync(path.join(folder, 'c.h5/sweep.csv'));
    const next = new Output(folder, 'out', quick);
    next.open();
    next.discard();
    const found = filesIn(folder);
    expect([leftovers(folder), found['report.json']], `step ${step}`).toEqual([
      [],
      found['c.h5/sweep.csv'] === 'new c' ? 'new report' : undefined,
    ]);
  }
});

test('a file outside of an output folder takes with it what killed runs left beside it, and nothing else', () => {
  const folder = temporaryFolder();
  const live = ownName();
  const gone = live.replace(`-${process.pid}-`, '-4194303-');
  const stays = [`.${live}.tmp`, '.mine.tmp', 'notes.txt'];
  for (const name of [...stays, `.${gone}.tmp`]) writeFileSync(path.join(folder, name), 'x');
  new NewFile('small.h5', folder).write(Buffer.from('new'));
  expect(readdirSync(folder).sort()).toEqual([...stays, 'small.h5'].sort());
  release(live);
});

test("a folder in the system's temporary one goes with its job, and that of a killed process with the next", async () => {
  const temporary = temporaryFolder();
  vi.stubEnv('TMPDIR', temporary);
  const live = ownName();
  const stays = [`${live}.verify`, 'goodnet.verify', 'notes'];
  for (const name of [...stays, `${live.replace(`-${process.pid}-`, '-4194303-')}.verify`])
    mkdirSync(path.join(temporary, name));
  await expect(
    inOwnFolder(async (folder) => {
      writeFileSync(path.join(folder, 'half'), 'x');
      expect([path.dirname(folder), readdirSync(temporary).length]).toEqual([temporary, stays.length + 1]);
      throw new Error('as by Ctrl-C');
    }),
  ).rejects.toThrow('as by Ctrl-C');
  expect(readdirSync(temporary).sort()).toEqual([...stays].sort());
  release(live);
  vi.unstubAllEnvs();
});

describe('staging folders of other runs', () => {
  test('of one that lives stop a second; of one elsewhere, and what is only called alike, stay; of one that is gone go', () => {
    const folder = prepared();
    const first = new Output(folder, 'out', quick);
    first.open();
    const second = new Output(folder, 'out', quick);
    expect(() => second.open()).toThrow(
      /^out: another goodnet run \(process \d+\) is at work there; wait until it is done, or choose another folder with `--out`$/,
    );
    second.discard();
    const [mine] = leftovers(folder);
    first.discard();
    const elsewhere = mine!.replace(/goodnet-[0-9a-f]{8}/, 'goodnet-00000000');
    const container = mine!.replace(/(goodnet-\w+-\w+)-\w+/, '$1-00000000');
    const reused = mine!.replace(/-\d+-\d+-(\w+)\.tmp$/, `-1-1-$1.tmp`); // process 1 lives, and started at another time
    const rebooted = mine!.replace(/(goodnet-\w+)-\w+/, '$1-00000000');
    const foreignNames = ['.goodnet.tmp', '.goodnet-x.tmp', '.mine.tmp', `${mine}.bak`];
    for (const name of [elsewhere, container, reused, rebooted, ...foreignNames])
      mkdirSync(path.join(folder, name, 'files'), { recursive: true });
    const file = mine!.replace(`-${process.pid}-`, '-4194303-');
    writeFileSync(path.join(folder, file), 'a file, no folder');
    const third = new Output(folder, 'out', quick);
    third.open();
    third.discard();
    expect(
      readdirSync(folder)
        .filter((name) => name.includes('.tmp'))
        .sort(),
    ).toEqual([elsewhere, container, file, ...foreignNames].sort());
    rmSync(path.join(folder, file));
  });
});
