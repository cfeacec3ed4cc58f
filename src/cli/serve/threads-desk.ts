import { Worker } from 'node:worker_threads';
import { CalledThread, ThreadEnded } from '../../base/called-thread.ts';
import { failure } from '../../base/errors.ts';
import type { Desk } from '../../serve/desk.ts';
import type { ServerThreadSetup } from './server-thread.ts';

type Body = Uint8Array<ArrayBuffer>;

/** A thread and how many calls it has not answered. */
interface Seat {
  thread: CalledThread;
  waiting: number;
}

/** Images whose thread is remembered. */
const mostRemembered = 10_000;

/** Threads that each hold all nets. Questions about the same images go to the same thread, which may have kept their features. */
export class ThreadsDesk implements Desk {
  private readonly seats: Seat[];
  /** The thread of some images, by their hash as it is named: a wrong one costs no more than time. */
  private readonly places = new Map<string, number>();

  constructor(
    count: number,
    private readonly setup: ServerThreadSetup,
  ) {
    this.seats = Array.from({ length: count }, () => this.seat());
  }

  /** Answers once all threads have their engines. Throws what keeps one from starting. */
  async start(): Promise<void> {
    await Promise.all(this.seats.map((seat) => this.call(seat, 'start', [])));
  }

  async hold(hash: string, body: Body): Promise<void> {
    this.replaceLost();
    await Promise.all(this.seats.map((seat) => this.call(seat, 'hold', [hash, body])));
  }

  sums(body: Body, near: string | null): Promise<Body> {
    return this.call(this.seatFor(near), 'sums', [body], body);
  }

  tallies(body: Body, near: string | null): Promise<Body> {
    return this.call(this.seatFor(near), 'tallies', [body], body);
  }

  defend(body: Body, type: string): Promise<Body> {
    return this.call(this.seatFor(null), 'defend', [body, type], body);
  }

  async stop(): Promise<void> {
    await Promise.all(this.seats.map(({ thread }) => thread.stop()));
  }

  private async call<T>(seat: Seat, name: string, args: unknown[], given?: Body): Promise<T> {
    seat.waiting++;
    try {
      return await seat.thread.call<T>(name, args, given === undefined ? [] : [given.buffer]);
    } catch (error) {
      if (!(error instanceof ThreadEnded)) throw error;
      throw error.by === 'memory'
        ? failure('out-of-memory', 'the evaluator')
        : failure('thread-lost', 'the evaluator', { code: error.by });
    } finally {
      seat.waiting--;
    }
  }

  /** The thread that was asked about the same images, or the one with the least to do. */
  private seatFor(near: string | null): Seat {
    this.replaceLost();
    const known = near === null ? undefined : this.places.get(near);
    if (known !== undefined) return this.seats[known]!;
    const waiting = this.seats.map((seat) => seat.waiting);
    const place = waiting.indexOf(Math.min(...waiting));
    if (near !== null) this.remember(near, place);
    return this.seats[place]!;
  }

  private remember(near: string, place: number): void {
    this.places.set(near, place);
    const [oldest] = this.places.keys();
    if (this.places.size > mostRemembered) this.places.delete(oldest!);
  }

  private replaceLost(): void {
    this.seats.forEach(({ thread }, i) => {
      if (!thread.lives) this.seats[i] = this.seat();
    });
  }

  private seat(): Seat {
    const worker = new Worker(`${this.setup.assets}server-thread.js`, { workerData: this.setup });
    return { thread: new CalledThread(worker), waiting: 0 };
  }
}
