import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { keptTrainings } from '../../src/jobs/kept-trainings.ts';
import type { Edits } from '../../src/models/net.ts';
import { Output } from '../../src/output/output.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const weights: Edits = new Map([
  ['conv/kernel', Float32Array.of(1.5, -0, NaN, 1e-45)],
  ['conv/none', new Float32Array()],
  ['dense/bias', new Float32Array(Float32Array.of(9, 1, 2, 3).buffer, 4, 2)],
]);
const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
const inBytes = (found: Edits): [string, Buffer][] => [...found].map(([name, values]) => [name, bytesOf(values)]);

/** Where a run was stopped that had trained: the folder that it wrote to, and where it keeps the weights and the text to them. */
function stopped() {
  const folder = path.join(temporaryFolder(), 'out');
  const output = new Output(folder, 'out');
  output.open();
  const store = keptTrainings(output, 'a.h5.trained', () => 'one');
  store.put('x', 3e-3, { weights: null });
  store.put('x', 1e-3, { weights });
  expect(output.suspend()).toBe(true);
  const kept = path.join(folder, readdirSync(folder)[0]!, 'kept');
  return { folder, weightsAt: path.join(kept, 'a.h5.trained-x-0.001.bin'), kept };
}

/** What a run that resumes it takes up. */
function resumed(folder: string, identity: string | null = 'one') {
  const output = new Output(folder, 'out');
  output.open(true);
  const store = keptTrainings(output, 'a.h5.trained', () => identity);
  const [astray, found] = [store.take('x', 3e-3), store.take('x', 1e-3)];
  return { output, store, astray, found };
}

test('a run that resumes another has its weights, each bit of them, and knows what went astray', () => {
  const { folder } = stopped();
  const { output, store, astray, found } = resumed(folder);
  expect(astray).toEqual({ weights: null });
  expect(inBytes(found!.weights!)).toEqual(inBytes(weights));
  expect([store.take('x', 3e-4), store.take('y', 1e-3)]).toEqual([null, null]);
  output.discard();
  expect(existsSync(folder)).toBe(true);
  expect(readdirSync(folder)).toEqual([]);
});

test('what is forgotten leaves no file, and nothing to resume', () => {
  const { folder } = stopped();
  const { output, store } = resumed(folder);
  output.forget('a.h5.trained');
  expect(store.take('x', 1e-3)).toBeNull();
  expect(readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /trained/.test(name))).toEqual([]);
  expect(output.suspend()).toBe(false);
});

test.each([['two'], [null]])('for the identity %j there is nothing', (identity) => {
  const { output, found } = resumed(stopped().folder, identity);
  expect(found).toBeNull();
  output.discard();
});

const changed = (file: string, change: (bytes: Buffer) => Uint8Array): void =>
  writeFileSync(file, change(readFileSync(file)));
const replaced = (file: string, pattern: RegExp, by: string): void =>
  writeFileSync(file, readFileSync(file, 'utf8').replace(pattern, by));

test.each<[string, (weights: string, text: string) => void]>([
  ['a bit of the weights is another', (file) => changed(file, (bytes) => bytes.fill(1, 2, 3))],
  ['they were cut short', (file) => changed(file, (bytes) => bytes.subarray(4))],
  ['they are not there', (file) => rmSync(file)],
  [
    'a link stands for them',
    (file) => (writeFileSync(`${file}x`, readFileSync(file)), rmSync(file), symlinkSync(`${file}x`, file)),
  ],
  ['a weight is left out', (_, text) => replaced(text, /,\{[^{}]*\}\]/, ']')],
  ['one has more numbers', (_, text) => replaced(text, /"count":4/, '"count":5')],
  ['a count is none', (_, text) => replaced(text, /"count":4/, '"count":-4')],
  ['the text is none', (_, text) => writeFileSync(text, '{')],
])('where %s, nothing is taken', (_, tamper) => {
  const { folder, weightsAt } = stopped();
  tamper(weightsAt, weightsAt.replace(/bin$/, 'json'));
  const { output, astray, found } = resumed(folder);
  expect([found, astray]).toEqual([null, { weights: null }]);
  output.discard();
});
