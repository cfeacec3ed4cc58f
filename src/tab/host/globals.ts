// What the bundle puts in the place of Node's globals.

export { Buffer } from './buffer.ts';

/** A tab, by what its browser calls itself. */
export const process = {
  version: (globalThis as { navigator?: { userAgent?: string } }).navigator?.userAgent ?? 'a tab',
  platform: 'browser',
  pid: 1,
  kill: (): void => undefined,
};

const waiting: (() => void)[] = [];
const { port1, port2 } = new MessageChannel();
port1.onmessage = () => waiting.shift()!();

/** Sooner than a timer, which browsers hold back. */
export function setImmediate(call: () => void): void {
  waiting.push(call);
  port2.postMessage(null);
}

/** Memory for several threads is kept from most pages, and here there is one. */
const Alone = ArrayBuffer;
export { Alone as SharedArrayBuffer };
