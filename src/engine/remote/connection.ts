import { failure } from '../../base/errors.ts';
import { type Hello, heardHello, protocol } from './hello.ts';
import { netHeader } from './net-header.ts';
import type { Patience } from './patience.ts';
import { type Calling, type Order, type Outcome, request, wordBytes } from './request.ts';
import { Rest } from './rest.ts';

/** A net as it is sent. */
export interface SentNet {
  hash: string;
  body: Uint8Array<ArrayBuffer>;
}

/** A question on its way: its route, its body and the hash of its pixels. */
export interface SentQuestion {
  route: 'sums' | 'tallies';
  body: Uint8Array<ArrayBuffer>;
  data: string;
  /** Bytes that an answer has at most. */
  mostBytes: number;
  /** How long its work may take. */
  workMs: number;
}

/** One evaluator on another machine. */
export class Connection {
  readonly rest: Rest;
  /** Chunks that it answered, and those of them that were computed again here. */
  chunks = 0;
  checked = 0;
  private greeting: Hello | null = null;
  private readonly nets = new Map<string, Promise<Outcome>>();

  /** `signal` ends all that is asked. */
  constructor(
    readonly url: URL,
    private readonly calling: Calling,
    patience: Patience,
    private readonly signal: AbortSignal,
  ) {
    this.rest = new Rest(patience);
  }

  /** What it said of itself; it was greeted. */
  get hello(): Hello {
    return this.greeting!;
  }

  /** Hears what the evaluator says of itself. Throws `evaluator-unfit` where its figures could be others. */
  async greet(own: Pick<Hello, 'version' | 'kernels'>): Promise<Outcome> {
    const order = { method: 'GET', route: '', mostBytes: wordBytes } as const;
    const outcome = await request(this.calling, this.url, order, this.signal);
    if (!('answer' in outcome)) return outcome;
    const hello = heardHello(new TextDecoder().decode(outcome.answer));
    if (hello === null) return { failed: 'it greets as no evaluator does' };
    const expected = { protocol, version: own.version, kernels: own.kernels };
    for (const name of ['protocol', 'version', 'kernels'] as const)
      if (hello[name] !== expected[name])
        throw failure('evaluator-unfit', this.url.href, {
          cause: `its ${name} is ${hello[name].toString().slice(0, 100)}, here it is ${expected[name]}`,
        });
    if (hello.token && this.calling.token === undefined)
      throw failure('evaluator-unfit', this.url.href, { cause: 'it asks for a token, and GOODNET_TOKEN is not set' });
    this.greeting = hello;
    return outcome;
  }

  /**
   * Asks once, after the net was sent. Behind one address there may be many that each lack it: `bringing` sends it along
   * with the question where there is room. Throws `evaluator-unfit` or `evaluator-limit` where to ask again is no use.
   */
  async ask(net: SentNet, question: SentQuestion, signal: AbortSignal, bringing = false): Promise<Outcome> {
    this.checkSize('the net', net.body);
    this.checkSize('a chunk', question.body);
    const brings = bringing && net.body.length + question.body.length <= this.hello.limits.bodyBytes;
    if (!brings) {
      const sent = await this.send(net);
      if (!('answer' in sent)) return sent;
    }
    const order = brings ? withNet(net, orderOf(question)) : orderOf(question);
    const outcome = await request(this.calling, this.url, order, signal);
    if ('failed' in outcome && outcome.lacksNet) this.nets.delete(net.hash);
    return outcome;
  }

  /** Sends a net unless it was sent before, or is being sent. */
  private async send({ hash, body }: SentNet): Promise<Outcome> {
    let sending = this.nets.get(hash);
    if (sending === undefined) {
      const order = { method: 'PUT', route: `models/${hash}`, body, mostBytes: wordBytes } as const;
      sending = request(this.calling, this.url, order, this.signal);
      this.nets.set(hash, sending);
    }
    const outcome = await sending;
    if (!('answer' in outcome)) this.nets.delete(hash);
    return outcome;
  }

  private checkSize(what: string, { length }: Uint8Array): void {
    const { bodyBytes } = this.hello.limits;
    if (length > bodyBytes)
      throw failure('evaluator-limit', this.url.href, {
        cause: `${what} has ${length} bytes, it takes at most ${bodyBytes} at once`,
      });
  }
}

const orderOf = ({ route, body, data, mostBytes, workMs }: SentQuestion): Order => ({
  method: 'POST',
  route,
  body,
  headers: { 'goodnet-data': data },
  mostBytes,
  workMs,
});

/** A question behind its net, in one body. */
function withNet(net: SentNet, order: Order): Order {
  const body = new Uint8Array(net.body.length + order.body!.length);
  body.set(net.body);
  body.set(order.body!, net.body.length);
  return { ...order, body, headers: { ...order.headers, ...netHeader(net.hash, net.body.length) } };
}
