import type { Subject } from '../src/defense/defense.ts';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import { inject } from 'vitest';
import { Clock } from '../src/base/clock.ts';
import { openFile, readAll } from '../src/base/files.ts';
import { defaultBounds } from '../src/base/limits.ts';
import type { DataFormat } from '../src/data/dataset.ts';
import type { ModelFile } from '../src/models/format.ts';
import { readModel } from '../src/models/formats.ts';
import { type Stage, stages } from '../src/jobs/profile.ts';
import type { Listener } from '../src/jobs/listener.ts';
import type { World } from '../src/jobs/world.ts';
import { Threads } from '../src/engine/threads/threads.ts';
import type { EngineName } from '../src/settings/config.ts';
import { startEngine as start } from '../src/engine/start-engine.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { hdf5Of } from './written.ts';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const fixtures = path.join(root, 'test/fixtures');
const shared = path.join(root, '../shared');

/** Whether the reference data is at hand. A test file that needs it says so when it is not. */
export function hasReference(who: string): boolean {
  const found = existsSync(path.join(shared, 'golden')) && existsSync(path.join(shared, 'csaw-lab3'));
  if (!found)
    process.stderr.write(`\n*** SKIPPED: ${who} needs the reference data in ../shared, which is not there. ***\n`);
  return found;
}

export const reference = (...parts: string[]): string => path.join(shared, ...parts);
export const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

/** Folder of the bundles of these sources and of the .wasm files, with a slash at its end. */
export const assets = inject('assets');
/** The engine that tests of the nets compute with: GOODNET_TEST_ENGINE, or the default one. */
export const testEngine = (process.env['GOODNET_TEST_ENGINE'] ?? 'wasm') as EngineName;
/** Images and labels under their usual names, pixels as they are stored. */
export const asStored: DataFormat = {
  dataName: 'data',
  labelName: 'label',
  layout: 'auto',
  folders: 'auto',
  resize: null,
  rejects: false,
  scale: 1,
  mean: [0],
  std: [1],
};
export const startEngine = (): Promise<void> => start(testEngine, { assets });
/** A world with threads of this source tree, and what one model's defense has beside it. */
export function testWorld(
  cwd: string,
): World & { listener: Listener; evaluator: Threads; clock: Clock<Stage>; kept: Subject['kept'] } {
  const world = { cwd, assets, version: '0.0.0', now: () => new Date(0) };
  const evaluator = new Threads(1, { ...world, engine: testEngine });
  const nothing = { take: () => null, put: () => undefined };
  const kept = { triggers: () => nothing, trainings: nothing };
  return { ...world, listener: {}, evaluator, clock: new Clock(stages), kept };
}

/** A folder as `assets`, in which some files are of this text instead. */
export function otherAssets(files: Record<string, string>): string {
  const folder = temporaryFolder();
  for (const name of readdirSync(assets))
    if (!(name in files)) symlinkSync(path.join(assets, name), path.join(folder, name));
  for (const [name, text] of Object.entries({ 'package.json': '{ "type": "module" }', ...files }))
    writeFileSync(path.join(folder, name), text);
  return `${folder}/`;
}

/** Reads a model on this thread. */
export async function loadModel(file: string, architecture?: string): Promise<ModelFile> {
  return readModel({
    ...bytesOf(file),
    architecture: architecture === undefined ? null : bytesOf(architecture),
    memoryBytes: defaultBounds.memoryBytes,
  });
}

function bytesOf(file: string): { name: string; sha256: string; bytes: Uint8Array } {
  const opened = openFile(file, { file });
  try {
    return { name: file, sha256: opened.sha256, bytes: readAll(opened) };
  } finally {
    opened.close();
  }
}

/** The bytes of a PNG file whose pixels are what `pixel` answers: RGB, and alpha where it gives one. */
export function pngFile(height: number, width: number, pixel: (row: number, column: number) => number[]): Buffer {
  const png = new PNG({ width, height });
  for (let i = 0; i < height * width; i++)
    png.data.set([...pixel(Math.floor(i / width), i % width), 255].slice(0, 4), 4 * i);
  return PNG.sync.write(png);
}

/** The bytes of a data file with float32 images and labels. */
export function dataFile(shape: number[], images: Float32Array, labels: number[]): Promise<Uint8Array> {
  const arrays = {
    data: { shape, values: images },
    label: { shape: [labels.length], values: Float32Array.from(labels) },
  };
  return hdf5Of({ attributes: {}, groups: {}, arrays });
}
