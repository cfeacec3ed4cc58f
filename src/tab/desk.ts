import type { Order, Told } from './orders.ts';
import { unpacked } from './unpacked.ts';

export type Progress = Extract<Told, { told: 'progress' }>;
export type Ending = Exclude<Told, Progress>;

/** Where the page's parts lie, with a slash at its end. */
const parts = new URL('.', document.baseURI).href;

/** The worker, who does one job after the other, and is ended and hired anew where one is stopped. */
export class Desk {
  private worker: Promise<Worker> | null = null;
  private leave: (() => void) | null = null;

  /** Has a job done; null where it was stopped. */
  async ask(order: Omit<Order, 'parts'>, heard: (progress: Progress) => void): Promise<Ending | null> {
    this.stop();
    const stopped = new Promise<null>((resolve) => (this.leave = () => resolve(null)));
    const done = this.ordered({ ...order, parts }, heard);
    const ending = await Promise.race([done, stopped]);
    if (ending !== null) this.leave = null;
    return ending;
  }

  /** Ends what is at work. */
  stop(): void {
    if (this.leave === null) return;
    this.leave();
    this.leave = null;
    void this.worker?.then((worker) => worker.terminate());
    this.worker = null;
  }

  private async ordered(order: Order, heard: (progress: Progress) => void): Promise<Ending> {
    let worker: Worker;
    try {
      worker = await (this.worker ??= hired());
    } catch (error) {
      this.worker = null;
      script = undefined;
      return { told: 'refused', line: `goodnet: does not load (${String(error)}); reload the page` };
    }
    return new Promise((resolve) => {
      worker.onerror = ({ message }) => {
        this.worker = null;
        resolve({ told: 'bug', trace: `This is a bug in goodnet: ${message || 'its worker ended'}` });
      };
      worker.onmessage = ({ data }: MessageEvent<Told>) => (data.told === 'progress' ? heard(data) : resolve(data));
      worker.postMessage(order);
    });
  }
}

let script: Promise<string> | undefined;

/** Started from a blob, so that the page's policy holds for it, too: for a file of its own it would not. */
async function hired(): Promise<Worker> {
  script ??= unpacked(`${parts}worker.js`).then(async (answer) =>
    URL.createObjectURL(new Blob([await answer.text()], { type: 'text/javascript' })),
  );
  return new Worker(await script);
}
