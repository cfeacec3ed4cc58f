import { expect, test } from 'vitest';
import { ThreadsDesk } from '../../src/cli/serve/threads-desk.ts';
import { otherAssets } from '../support.ts';

/** A thread that answers its own number, ends where a body asks for it, and forgets nothing else. */
const thread = `
import { parentPort, threadId } from 'node:worker_threads';
parentPort.on('message', ({ id, name, args: [body] }) => {
  if (name !== 'start' && body[0] === 1) process.exit(7);
  if (name !== 'start' && body[0] === 2) return; // never answers
  parentPort.postMessage({ id, value: Uint8Array.of(threadId) });
});
`;
const limits = { memoryBytes: 1, featureBytes: 1, version: '1.2.3' };
const desk = (count: number) => new ThreadsDesk(count, { assets: otherAssets({ 'server-thread.js': thread }), limits });

const works = () => Uint8Array.of(0),
  ends = () => Uint8Array.of(1),
  hangs = () => Uint8Array.of(2);

test('questions about the same images go to the same thread, others to the one with least to do', async () => {
  const two = desk(2);
  await two.start();
  const [first] = await two.sums(works(), 'a');
  void two.sums(hangs(), 'a').catch(() => undefined);
  const [other] = await two.sums(works(), 'b');
  expect(other).not.toBe(first);
  expect([await two.tallies(works(), 'b'), await two.tallies(works(), 'a')]).toEqual([
    Uint8Array.of(other!),
    Uint8Array.of(first!),
  ]);
  await two.stop();
});

test('a thread that ends is told of as lost, and another takes its place', async () => {
  const one = desk(1);
  await one.start();
  const [before] = await one.sums(works(), 'a');
  await expect(one.sums(ends(), 'a')).rejects.toMatchObject({ code: 'thread-lost' });
  const [after] = await one.sums(works(), 'a');
  expect(after).not.toBe(before);
  await one.stop();
});

test('what waits for a desk that is stopped is told so', async () => {
  const one = desk(1);
  const waiting = one.sums(hangs(), null);
  await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'thread-lost' }), one.stop()]);
});
