import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { failure } from '../../base/errors.ts';
import type { Handler } from '../../serve/handler.ts';

/** A server that listens. `close` lets it finish what it is at, for as long as `graceMs`. */
export interface Listening {
  url: string;
  close: (graceMs: number) => Promise<void>;
}

/** Longer than balancers of load keep a connection, which else would ask at one that is just closed. */
const keepAliveMs = 620_000;

/** Has a function of the web answer what comes to a port; 0 takes any that is free. Throws `usage` where the port cannot be had. */
export async function listen(handle: Handler, host: string, port: number): Promise<Listening> {
  const server = createServer((incoming, outgoing) => void answer(handle, incoming, outgoing));
  server.keepAliveTimeout = keepAliveMs;
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      reject(failure('usage', '--port', { cause: `${host}:${port} cannot be had (${code})`, fix: 'name another' })),
    );
    server.listen(port, host, resolve);
  });
  const { port: found } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${found}/`,
    close: (graceMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

async function answer(handle: Handler, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const request = requestOf(incoming);
  const response = request === null ? unheard() : await handle(request);
  const body = Buffer.from(await response.arrayBuffer());
  if (!incoming.complete) outgoing.setHeader('connection', 'close'); // nobody reads the rest
  outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(body);
}

function unheard(): Response {
  const cause = 'its address or its method is none of the web';
  const { code, message } = failure('request-invalid', 'request', { cause });
  return Response.json({ code, message }, { status: 400 });
}

/** What came as a request of the web; null for an address or a method that such cannot have. */
function requestOf(incoming: IncomingMessage): Request | null {
  const { method = 'GET', url = '/', headers } = incoming;
  const texts = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : [],
  );
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const init = { method, headers: texts, ...(hasBody && { body: Readable.toWeb(incoming), duplex: 'half' }) };
  try {
    return new Request(new URL(url, 'http://evaluator/'), init as RequestInit);
  } catch {
    return null;
  }
}
