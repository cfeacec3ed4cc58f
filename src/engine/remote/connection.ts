import { failure } from '../../base/errors.ts';
import { type Hello, heardHello, protocol } from './hello.ts';
import { type Calling, type Outcome, request, wordBytes } from './request.ts';

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
  /** Tries in a row that came to nothing. */
  failures = 0;
  /** Chunks that it answered, and those of them that were computed again here. */
  chunks = 0;
  checked = 0;
  private greeting: Hello | null = null;
  private readonly nets = new Map<string, Promise<Outcome>>();

  /** `signal` ends all that is asked. */
  constructor(
    readonly url: URL,
    private readonly calling: Calling,
    private readonly signal: AbortSignal,
  ) {}

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

  /** Asks once, after the net was sent. Throws `evaluator-unfit` or `evaluator-limit` where to ask again is no use. */
  async ask(
    net: SentNet,
    { route, body, data, mostBytes, workMs }: SentQuestion,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const sent = await this.send(net);
    if (!('answer' in sent)) return sent;
    this.checkSize('a chunk', body);
    const order = { method: 'POST', route, body, headers: { 'goodnet-data': data }, mostBytes, workMs } as const;
    const outcome = await request(this.calling, this.url, order, signal);
    if ('failed' in outcome && outcome.lacksNet) this.nets.delete(net.hash);
    return outcome;
  }

  /** Sends a net unless it was sent before, or is being sent. */
  private async send({ hash, body }: SentNet): Promise<Outcome> {
    let sending = this.nets.get(hash);
    if (sending === undefined) {
      this.checkSize('the net', body);
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
