import { expect, test } from 'vitest';
import { lambda } from '../../src/serve/lambda.ts';

/** Answers what it was asked. */
const echo = lambda(async (request) => {
  const { method, url, headers } = request;
  const bytes = new Uint8Array(await request.arrayBuffer());
  const asked = { method, url, token: headers.get('authorization'), bytes: [...bytes] };
  return new Response(JSON.stringify(asked), { status: 418, headers: { 'content-type': 'text/x' } });
});
const event = (change: object = {}): object => ({
  version: '2.0',
  rawPath: '/sums',
  headers: { authorization: 'Bearer x' },
  requestContext: { http: { method: 'POST' }, stage: '$default' },
  body: Buffer.from([0, 255, 128]).toString('base64'),
  isBase64Encoded: true,
  ...change,
});
const told = async (change?: object): Promise<unknown> => {
  const { statusCode, headers, body, isBase64Encoded } = await echo(event(change));
  expect([statusCode, headers['content-type'], isBase64Encoded]).toEqual([418, 'text/x', true]);
  return JSON.parse(Buffer.from(body, 'base64').toString());
};

test('an event of a Function URL is a request, bytes and all', async () => {
  const asked = { method: 'POST', url: 'https://evaluator/sums', token: 'Bearer x', bytes: [0, 255, 128] };
  expect(await told()).toEqual(asked);
  expect(await told({ body: 'x', isBase64Encoded: false })).toMatchObject({ bytes: [120] });
  expect(await told({ body: undefined, requestContext: { http: { method: 'GET' } } })).toMatchObject({ bytes: [] });
});

test("an HTTP API's stage is no part of the path", async () => {
  const staged = (rawPath: string) => told({ rawPath, requestContext: { http: { method: 'POST' }, stage: 'prod' } });
  expect(await staged('/prod/sums')).toMatchObject({ url: 'https://evaluator/sums' });
  expect(await staged('/prod')).toMatchObject({ url: 'https://evaluator/' });
  expect(await staged('/product')).toMatchObject({ url: 'https://evaluator/product' });
});

test.each([
  ['null', null],
  ['a text', 'x'],
  ['none of these', {}],
  ['no path', event({ rawPath: 3 })],
  ['no method', event({ requestContext: {} })],
  ['a method that is none', event({ requestContext: { http: { method: 'A B' } } })],
  ['no base64', event({ body: '*' })],
  ['a header that is none', event({ headers: { 'a b': 'c' } })],
  ['headers that are none', event({ headers: null, rawPath: null })],
])('an event that is %s is refused', async (_, given) => {
  const { statusCode, body } = await echo(given);
  const { code } = JSON.parse(Buffer.from(body, 'base64').toString()) as { code: unknown };
  expect([statusCode, code]).toEqual([400, 'request-invalid']);
});

test('a path leads nowhere else', async () => {
  expect(await told({ rawPath: '//elsewhere/x' })).toMatchObject({
    url: expect.stringMatching(/^https:\/\/evaluator\//) as string,
  });
});
