import { type ErrorCode, failure, GoodnetError } from '../base/errors.ts';
import { BodyTooLarge, readBody } from '../engine/remote/body.ts';
import { type Hello, type Limits, protocol } from '../engine/remote/hello.ts';
import { netIn } from '../engine/remote/net-header.ts';
import { sha256 } from '../engine/remote/sha256.ts';
import type { Desk } from './desk.ts';

/** What an evaluator is, and whom it answers. */
export interface Setup {
  /** Of goodnet. */
  version: string;
  /** The kernels that it computes with, in the words of a report. */
  kernels: string;
  limits: Limits;
  /** Bodies that are read or worked on at once, at most. */
  atOnce?: number;
  /** What an asker must show; undefined: nothing. */
  token?: string | undefined;
  /** Told of bugs, which an asker is not. */
  log?: (error: unknown) => void;
}

/** A route: how it is asked for, and what answers. */
interface Route {
  method: string;
  answer: (request: Request) => Promise<Response>;
}

export type Handler = (request: Request) => Promise<Response>;

/** Errors that are not of the net and its images, which are answered by 422. */
const statuses: Partial<Record<ErrorCode, number>> = {
  'request-invalid': 400,
  safetensors: 400,
  'token-wrong': 401,
  'route-unknown': 404,
  'method-unknown': 405,
  'body-size': 413,
  memory: 413,
  'model-unknown': 424,
  'evaluator-busy': 429,
  'machine-memory': 503,
  'engine-failed': 500,
  'out-of-memory': 503,
  'thread-lost': 503,
};

/** Answers requests with what a desk makes of their bodies, which it reads up to a limit and only for who has the token. */
export function handler(setup: Setup, desk: Desk): Handler {
  const { token, atOnce = Infinity } = setup;
  let busy = 0;
  const answered = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    await authorize(request, token, pathname === '/');
    const route = routeOf(pathname, setup, desk);
    if (route === null) throw failure('route-unknown', pathname);
    const { method, answer } = route;
    if (request.method !== method) return refused(failure('method-unknown', pathname, { method }), { allow: method });
    if (pathname === '/') return answer(request);
    if (busy >= atOnce) return refused(failure('evaluator-busy', 'request', { most: atOnce }), { 'retry-after': '1' });
    busy++;
    return answer(request).finally(() => busy--);
  };
  return async (request) => {
    try {
      return await answered(request);
    } catch (error) {
      return refusal(error, setup);
    }
  };
}

function routeOf(path: string, { version, kernels, limits, token }: Setup, desk: Desk): Route | null {
  const body = (request: Request) => bodyOf(request, limits.bodyBytes);
  const near = ({ headers }: Request) => headers.get('goodnet-data');
  const question = async (request: Request) => withoutNet(await body(request), request.headers, desk);
  const [, hash] = /^\/models\/([0-9a-f]{64})$/.exec(path) ?? [];
  if (hash !== undefined)
    return {
      method: 'PUT',
      answer: async (request) => desk.hold(hash, await body(request)).then(() => json({ model: hash }, 200)),
    };
  switch (path) {
    case '/':
      return {
        method: 'GET',
        answer: async () =>
          json({ protocol, version, kernels, limits, token: token !== undefined } satisfies Hello, 200),
      };
    case '/sums':
      return {
        method: 'POST',
        answer: async (request) => binary(await desk.sums(await question(request), near(request))),
      };
    case '/tallies':
      return {
        method: 'POST',
        answer: async (request) => binary(await desk.tallies(await question(request), near(request))),
      };
    case '/defend':
      return {
        method: 'POST',
        answer: async (request) => {
          const type = request.headers.get('content-type') ?? '';
          try {
            return text(await desk.defend(await body(request), type));
          } catch (error) {
            if (!(error instanceof GoodnetError)) throw error;
            return refused(error, {}, { verdict: 'error' });
          }
        },
      };
    default:
      return null;
  }
}

/** A question, once the net that may stand in front of it is kept. Throws GoodnetError. */
async function withoutNet(body: Uint8Array<ArrayBuffer>, headers: Headers, desk: Desk): Promise<typeof body> {
  const net = netIn(headers);
  if (net === null) return body;
  await desk.hold(net.hash, body.slice(0, net.bytes));
  return body.slice(net.bytes);
}

/** All of a body. Throws `body-size`, or `request-invalid` where it breaks off. */
async function bodyOf({ body }: Request, most: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await readBody(body, most);
  } catch (error) {
    if (error instanceof BodyTooLarge) throw failure('body-size', 'request', { most });
    throw failure('request-invalid', 'request', { cause: 'its body breaks off' });
  }
}

/** Throws `token-wrong`. A greeting needs no token, so that anything may look whether the evaluator lives; a wrong one is refused. */
async function authorize({ headers }: Request, token: string | undefined, isGreeting: boolean): Promise<void> {
  const shown = headers.get('authorization');
  if (token === undefined || (isGreeting && shown === null)) return;
  const hashes = [shown ?? '', `Bearer ${token}`].map((text) => sha256(new TextEncoder().encode(text)));
  const [found, expected] = (await Promise.all(hashes)) as [string, string];
  if (!areEqual(found, expected)) throw failure('token-wrong', 'the token');
}

/** Compares two texts of one length, and takes the same time wherever they differ. */
function areEqual(one: string, other: string): boolean {
  let differing = 0;
  for (let i = 0; i < other.length; i++) differing |= one.charCodeAt(i) ^ other.charCodeAt(i);
  return differing === 0;
}

/** An error as an answer: `{ code, message }`. */
function refusal(error: unknown, { log }: Setup): Response {
  if (!(error instanceof GoodnetError)) {
    log?.(error);
    return json({ code: 'bug', message: 'a bug in goodnet; whoever runs this evaluator is told of it' }, 500);
  }
  return refused(error, error.code === 'token-wrong' ? { 'www-authenticate': 'Bearer' } : {});
}

const refused = ({ code, message }: GoodnetError, headers: Record<string, string>, more: object = {}): Response =>
  json({ ...more, code, message }, statuses[code] ?? 422, headers);

const always = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

const json = (value: object, status: number, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(value), {
    status,
    headers: { ...always, 'content-type': 'application/json', ...headers },
  });

const text = (body: Uint8Array<ArrayBuffer>): Response =>
  new Response(body, { headers: { ...always, 'content-type': 'application/json' } });

const binary = (body: Uint8Array<ArrayBuffer>): Response =>
  new Response(body, { headers: { ...always, 'content-type': 'application/octet-stream' } });
