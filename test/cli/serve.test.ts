import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../src/engine/remote/sha256.ts';
import { sentModel } from '../../src/models/sent-model.ts';
import { bundledCli } from '../bundled.ts';
import { command } from '../command.ts';
import { type Served, serve } from '../served.ts';
import { fixtures, loadModel, root } from '../support.ts';

const token = 'of both';
let server: Served;
beforeAll(async () => {
  server = await serve(token);
});
afterAll(() => server.stop());

/** What comes back for bytes as they are; `last`: none follow. */
async function raw(bytes: string, last = false): Promise<string> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  socket.on('error', () => undefined);
  if (last) socket.end(bytes);
  else socket.write(bytes);
  await once(socket, 'close');
  return text;
}

const get = (line: string): string => `${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;

test.each([
  ['nonsense', 400],
  [get('GET /'), 200],
  [get('GET http://elsewhere.test/'), 200],
  [get('GET //'), 400],
  [get('GET /%00'), 401],
  [get('OPTIONS *'), 401],
  [get('TRACE /'), 400],
  ['POST /sums HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n', 400],
  ['POST /sums HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n', 400],
  ['POST /sums HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n', 401],
  [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(2 ** 17)}\r\n\r\n`, 431],
])('%j is answered by %i', async (bytes, status) => {
  expect(await raw(bytes)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect((await fetch(server.url)).status).toBe(200);
});

test('a body that breaks off leaves the others alone', async () => {
  const head = `POST /sums HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Length: 1000\r\n\r\n`;
  await raw(`${head}short`, true);
  expect((await fetch(server.url)).status).toBe(200);
  expect(server.stderr()).toBe('');
});

test('a net is kept by every thread', async () => {
  const many = await serve(undefined, 2);
  expect(many.stderr()).toMatch(/GOODNET_TOKEN is not set/);
  const net = sentModel((await loadModel(path.join(fixtures, 'small/badnet.h5'))).model);
  const put = await fetch(`${many.url}models/${await sha256(net)}`, { method: 'PUT', body: net });
  expect(put.status).toBe(200);
  expect(await many.stop()).toBe(0);
});

test('a port that is taken, or none, is refused', async () => {
  const { port } = new URL(server.url);
  const taken = await command(root, 'serve', '--port', port);
  expect([taken.code, taken.stderr]).toEqual([2, expect.stringMatching(/--port: 127\.0\.0\.1:\d+ cannot be had/)]);
  for (const flags of [
    ['--port', '65536'],
    ['--port', 'x'],
    ['--workers', '0'],
  ])
    expect((await command(root, 'serve', ...flags)).code).toBe(2);
});

describe('the process', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('says where it listens, and ends at %s', async (signal) => {
    const script = await bundledCli();
    const child = spawn(process.execPath, [script, 'serve', '--port', '0', '--workers', '1'], {
      env: { ...process.env, GOODNET_TOKEN: token },
    });
    try {
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const [, url] = /^goodnet \S+ listens at (http:\/\/127\.0\.0\.1:\d+\/)\n$/.exec(line.toString())!;
      expect(await (await fetch(url!)).json()).toMatchObject({ protocol: 1, token: true });
      child.kill(signal);
      expect(await once(child, 'exit')).toEqual([0, null]);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
