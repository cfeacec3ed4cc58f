import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Here } from '../../src/engine/here.ts';
import { engineHere } from '../../src/engine/kernels/product-code.ts';
import { type AwsKeys, awsKeysIn } from '../../src/engine/remote/aws-keys.ts';
import { openRemote, type RemotePlace } from '../../src/engine/remote/remote.ts';
import { lambdaRegion, signedHeaders } from '../../src/engine/remote/signature.ts';
import { masking } from '../../src/github/secrets.ts';
import { evaluator } from '../../src/serve/evaluator.ts';
import { countsOf } from '../counts-of.ts';
import { startEngine, testEngine } from '../support.ts';

beforeAll(startEngine);

const keys: AwsKeys = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};
const lent = { ...keys, sessionToken: 'canary/session+token==' };

/** Source: AWS's Signature Version 4 test suite, the cases of these names. */
describe("AWS's published examples", () => {
  const scope = { service: 'service', region: 'us-east-1', datetime: '20150830T123600Z' };
  const authorization = async (path: string, method = 'GET', headers = {}) => {
    const url = new URL(path, 'https://example.amazonaws.com');
    return (await signedHeaders({ method, url, headers }, keys, scope))['authorization'];
  };
  const expected = (signed: string, signature: string) =>
    `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${signed}, Signature=${signature}`;

  test.each([
    ['get-vanilla', '/', 'GET', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    ['post-vanilla', '/', 'POST', '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    [
      'get-vanilla-query-order-key-case',
      '/?Param2=value2&Param1=value1',
      'GET',
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
  ])('%s', async (_, path, method, signature) => {
    expect(await authorization(path, method)).toBe(expected('host;x-amz-date', signature));
  });
});

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: string | Uint8Array, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Whether a request is signed with these keys, as AWS's documentation has it; what `host` it was sent to is told beside it. */
function isSigned({ method, url, headers }: IncomingMessage, body: Buffer, host: string, by: AwsKeys): boolean {
  const [, id, scope, names, signature] =
    /^AWS4-HMAC-SHA256 Credential=(\w+)\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? [];
  if (id !== by.accessKeyId) return false;
  const valueOf = (name: string): string => (name === 'host' ? host : String(headers[name]));
  const canonical = [
    method,
    url,
    '',
    ...names!.split(';').map((name) => `${name}:${valueOf(name)}`),
    '',
    names,
    sha256(body),
  ].join('\n');
  const date = valueOf('x-amz-date');
  const minutesOff = Math.abs(Date.now() - Date.parse(date.replace(/^(....)(..)(..T..)(..)/, '$1-$2-$3:$4:'))) / 60_000;
  const toSign = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
  const key = scope!.split('/').reduce<string | Buffer>((part, text) => hmac(part, text), `AWS4${by.secretAccessKey}`);
  const isWhole = names!.split(';').includes('host') && scope === `${date.slice(0, 8)}/eu-west-1/lambda/aws4_request`;
  return (
    isWhole &&
    minutesOff < 5 &&
    headers['x-amz-security-token'] === by.sessionToken &&
    hmac(key, toSign).toString('hex') === signature
  );
}

const version = '0.0.0';
const kernels = engineHere(testEngine);
const limits = { bodyBytes: 2 ** 26, memoryBytes: 2 ** 30, concurrency: 2 };
const answer = evaluator({ version, kernels, limits, featureBytes: 2 ** 26 });

/** Who lets in whoever signs, on this machine; and what it was sent. */
const seen: { host: string; headers: IncomingMessage['headers']; isSigned: boolean }[] = [];
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts);
    const host = String(request.headers['x-test-host']);
    const signed = isSigned(request, body, host, lent);
    seen.push({ host, headers: request.headers, isSigned: signed });
    void answered(request, body, signed).then(async ({ status, headers, ...rest }) => {
      response.writeHead(status, Object.fromEntries(headers)).end(Buffer.from(await rest.arrayBuffer));
    });
  });
});

async function answered({ method = '', url = '', headers }: IncomingMessage, body: Buffer, isIn: boolean) {
  const near = headers['goodnet-data'];
  const own: Record<string, string> = typeof near === 'string' ? { 'goodnet-data': near } : {};
  const response = isIn
    ? await answer(
        new Request(`https://x.test${url}`, {
          method,
          headers: own,
          ...(method !== 'GET' && { body: new Uint8Array(body) }),
        }),
      )
    : new Response('{"Message":"Forbidden"}', { status: 403 });
  return { status: response.status, headers: response.headers, arrayBuffer: response.arrayBuffer() };
}

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))));

/** Sends to the server here what is for any host. */
const toHere: typeof fetch = (input, init) => {
  const url = new URL(input as URL);
  const here = new URL(url.pathname, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return fetch(here, { ...init, headers: { ...(init!.headers as Record<string, string>), 'x-test-host': url.host } });
};

const functionUrl = 'https://abc123.lambda-url.eu-west-1.on.aws/';
const late = { answers: 1, times: 3, leastMs: 50 };
const patience = { tries: 2, sends: 2, deadlineMs: 60_000, backoffMs: 1, longestMs: 20, late };
const opened = (place: Partial<RemotePlace>, url = functionUrl) => {
  seen.length = 0;
  const asking = { version, kernels, fetch: toHere, patience, seed: 1, ...place };
  return openRemote({ urls: [url], concurrency: 1, checkPercent: 2 }, new Here(), asking);
};

test('a function that AWS guards counts what this machine does: each request is signed, body and all', async () => {
  const found = await countsOf(await opened({ aws: lent }));
  expect(found).toEqual(await countsOf(new Here()));
  expect(new Set(seen.map(({ isSigned, host }) => `${isSigned} ${host}`))).toEqual(
    new Set(['true abc123.lambda-url.eu-west-1.on.aws']),
  );
  expect(seen.length).toBeGreaterThan(4);
});

test('other keys, no keys and no session are told of, without a word of them', async () => {
  for (const aws of [{ ...lent, secretAccessKey: 'canary-other' }, keys, undefined]) {
    const told = await opened({ aws }).then(() => '', String);
    expect(told).toMatch(/HTTP 403, as where AWS_ACCESS_KEY_ID is not set, or may not invoke the function/);
    expect(told).not.toMatch(/canary|wJalr|EXAMPLEKEY/);
  }
});

test('a token is shown in its own way, and no other host gets a signature', async () => {
  await opened({ aws: lent, token: 'the token' }).catch(() => undefined);
  expect(seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer the token']);
  for (const url of [
    'https://evaluator.test/',
    'https://abc123.lambda-url.eu-west-1.on.aws.evaluator.test/',
    'https://evaluator.test/abc123.lambda-url.eu-west-1.on.aws/',
    'https://a.b.lambda-url.eu-west-1.on.aws/',
    'https://abc123.lambda-url.eu-west-1.on.aws:8443/',
    'http://localhost/',
  ]) {
    await opened({ aws: lent }, url).catch(() => undefined);
    expect(seen.map(({ headers }) => [headers.authorization, headers['x-amz-security-token']])).toEqual(
      seen.map(() => [undefined, undefined]),
    );
    expect(seen).not.toEqual([]);
    expect(lambdaRegion(new URL(url))).toBeNull();
  }
});

test.each([
  ['accessKeyId', 'AWS_ACCESS_KEY_ID'],
  ['secretAccessKey', 'AWS_SECRET_ACCESS_KEY'],
  ['sessionToken', 'AWS_SESSION_TOKEN'],
] as const)('a broken %s is refused by its name alone', async (part, variable) => {
  const told = await opened({ aws: { ...lent, [part]: 'canary\nX' } }).then(() => '', String);
  expect(told).toContain(`${variable}: holds a sign that is not of ASCII`);
  expect(told).not.toContain('canary');
  expect(seen).toEqual([]);
});

test('keys are those of the environment, and no log of the Action holds them', () => {
  const environment = { AWS_ACCESS_KEY_ID: ' AKIDEXAMPLE\n', AWS_SECRET_ACCESS_KEY: keys.secretAccessKey };
  expect(awsKeysIn(environment)).toEqual(keys);
  expect(awsKeysIn({ ...environment, AWS_SESSION_TOKEN: lent.sessionToken })).toEqual(lent);
  expect(awsKeysIn({ AWS_ACCESS_KEY_ID: 'a' })).toBeUndefined();
  expect(awsKeysIn({ AWS_SECRET_ACCESS_KEY: 'a' })).toBeUndefined();
  const masked = masking({ ...environment, AWS_SESSION_TOKEN: lent.sessionToken });
  expect(masked(`x ${keys.secretAccessKey} ${lent.sessionToken}`)).toBe('x *** ***');
});
