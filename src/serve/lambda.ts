import { failure } from '../base/errors.ts';
import type { Handler } from './handler.ts';

/** A request as a Function URL or an HTTP API hands it on (payload 2.0), or as who invokes a function writes it. */
interface Event {
  rawPath?: unknown;
  headers?: Record<string, unknown> | null;
  body?: unknown;
  isBase64Encoded?: unknown;
  requestContext?: { http?: { method?: unknown }; stage?: unknown };
}

/** An answer as Lambda hands it on. */
export interface Result {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  isBase64Encoded: boolean;
}

/** Has a function of the web answer the events of AWS Lambda. */
export const lambda =
  (handle: Handler) =>
  async (event: unknown): Promise<Result> => {
    const request = requestOf(event ?? {});
    return resultOf(request === null ? unheard() : await handle(request));
  };

/** The request of an event; null for what is none. */
function requestOf({ rawPath, headers, body, isBase64Encoded, requestContext }: Event): Request | null {
  const method = requestContext?.http?.method;
  if (typeof rawPath !== 'string' || typeof method !== 'string') return null;
  const texts = Object.entries(headers ?? {}).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : [],
  );
  const hasBody = typeof body === 'string' && method !== 'GET' && method !== 'HEAD';
  try {
    const bytes = hasBody ? (isBase64Encoded === true ? bytesOf(body) : new TextEncoder().encode(body)) : null;
    const at = new URL('https://evaluator/');
    at.pathname = withoutStage(rawPath, requestContext?.stage);
    return new Request(at, { method, headers: texts, body: bytes });
  } catch {
    return null;
  }
}

/** An HTTP API puts the name of its stage in front of paths, unless that is the default one. */
function withoutStage(path: string, stage: unknown): string {
  const before = `/${String(stage)}`;
  return typeof stage === 'string' && (path === before || path.startsWith(`${before}/`))
    ? path.slice(before.length) || '/'
    : path;
}

async function resultOf(response: Response): Promise<Result> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers),
    body: base64Of(bytes),
    isBase64Encoded: true,
  };
}

function unheard(): Response {
  const { code, message } = failure('request-invalid', 'request', { cause: 'the event is no request' });
  return Response.json({ code, message }, { status: 400 });
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
