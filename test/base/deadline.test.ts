import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deadline } from '../../src/base/deadline.ts';

let worked = 0;
beforeEach(() => {
  worked = 0;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  vi.spyOn(process, 'cpuUsage').mockImplementation(() => ({ user: worked * 1e6, system: 0 }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Lets seconds pass in which the process works for a share of them. */
function pass(seconds: number, share: number): void {
  for (let i = 0; i < seconds * 10; i++) {
    worked += share / 10;
    vi.advanceTimersByTime(100);
  }
}

test.each([
  [1, 10],
  [2, 10],
  [0.5, 20],
  [0.2, 50],
  [0.1, 60],
  [0, 60],
])('of 10 s: a process that works %d of the time is ended after %d s, and once', (share, seconds) => {
  const over = vi.fn();
  deadline(10, over);
  pass(seconds - 1, share);
  expect(over).not.toHaveBeenCalled();
  pass(1.5, share);
  expect(over).toHaveBeenCalledTimes(1);
  pass(100, share);
  expect(over).toHaveBeenCalledTimes(1);
});

test('one that was stopped ends nothing', () => {
  const over = vi.fn();
  deadline(10, over)();
  pass(100, 1);
  expect(over).not.toHaveBeenCalled();
});
