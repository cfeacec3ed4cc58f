import { failure } from '../../base/errors.ts';
import type { AwsKeys } from './aws-keys.ts';
import { readBody } from './body.ts';
import { inTime, retryAfterMs } from './patience.ts';
import { lambdaRegion, signedHeaders } from './signature.ts';

/** How evaluators are asked. */
export interface Calling {
  fetch: typeof fetch;
  token: string | undefined;
  /** What requests to functions of AWS are signed with, where there is no token. */
  aws?: AwsKeys | undefined;
  /** For one answer, from the first byte that is sent to the last that is received, beside what its work takes. */
  deadlineMs: number;
}

/** What an evaluator is asked. */
export interface Order {
  method: 'GET' | 'PUT' | 'POST';
  route: string;
  body?: Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
  /** Bytes that an answer has at most. */
  mostBytes: number;
  /** How long its work may take. */
  workMs?: number;
}

/** What came of one try: an answer; nothing that is one, how long to wait, and whether the net is not there; or a refusal in the evaluator's words. */
export type Outcome =
  { answer: Uint8Array<ArrayBuffer> } | { failed: string; afterMs?: number; lacksNet?: boolean } | { refused: string };

/** Bytes of what an evaluator may say of itself, or of what is wrong. */
export const wordBytes = 2 ** 16;
const longestWords = 300;
const unsignedWords = ', as where AWS_ACCESS_KEY_ID is not set, or may not invoke the function';

/** Asks once. Throws the signal's reason, `evaluator-unfit` or `evaluator-limit` where to ask again is no use. */
export async function request(calling: Calling, at: URL, order: Order, signal: AbortSignal): Promise<Outcome> {
  const { method, route, body, mostBytes, workMs = 0 } = order;
  const url = new URL(route, at);
  const exchange = async (until: AbortSignal) => {
    const response = await calling.fetch(url, {
      method,
      ...(body === undefined ? {} : { body }),
      headers: await headersOf(order, url, calling),
      redirect: 'error',
      signal: until,
    });
    return { response, bytes: await readBody(response.body, response.status === 200 ? mostBytes : wordBytes) };
  };
  let came: Awaited<ReturnType<typeof exchange>>;
  try {
    came = await inTime(calling.deadlineMs + workMs, signal, exchange);
  } catch (error) {
    signal.throwIfAborted();
    return { failed: wordsOf(error) };
  }
  return outcomeOf(came.response, came.bytes, at);
}

/** A request's headers: with the token, or signed where its address is a function of AWS's and there are keys. */
async function headersOf(order: Order, url: URL, { token, aws }: Calling): Promise<Record<string, string>> {
  const { method, body, headers = {} } = order;
  if (token !== undefined) return { ...headers, authorization: `Bearer ${token}` };
  const region = lambdaRegion(url);
  if (aws === undefined || region === null) return headers;
  return signedHeaders({ method, url, ...(body && { body }), headers }, aws, { service: 'lambda', region });
}

/** What a status says; whether a body is an answer is for its reader to tell. */
function outcomeOf({ status, headers }: Response, bytes: Uint8Array<ArrayBuffer>, at: URL): Outcome {
  const words = status === 200 ? null : refusalIn(bytes);
  const unsigned = status === 403 && lambdaRegion(at) !== null ? unsignedWords : '';
  const cause = words ?? `HTTP ${status}${unsigned}`;
  switch (status) {
    case 200:
      return { answer: bytes };
    case 401:
    case 403:
      throw failure('evaluator-unfit', at.href, { cause });
    case 413:
      throw failure('evaluator-limit', at.href, { cause });
    case 422:
      return words === null ? { failed: cause } : { refused: words };
    case 424:
      return { failed: cause, lacksNet: true };
    default:
      return { failed: cause, afterMs: retryAfterMs(headers.get('retry-after'), Date.now()) };
  }
}

/** The message of a refusal as evaluators write it; null where it is none. */
function refusalIn(bytes: Uint8Array): string | null {
  try {
    const { code, message } = JSON.parse(new TextDecoder().decode(bytes)) as { code?: unknown; message?: unknown };
    return typeof code === 'string' && typeof message === 'string' ? message.slice(0, longestWords) : null;
  } catch {
    return null;
  }
}

/** Why nothing came: what failed beneath `fetch` says more than its own error. */
function wordsOf(error: unknown): string {
  const { cause, message = String(error) } = (error ?? {}) as Error;
  const words = cause instanceof Error && cause.message !== '' ? cause.message : message;
  return words.slice(0, longestWords);
}
