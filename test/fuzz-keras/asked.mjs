// Long-lived processes and threads that answer one question after the other.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';

/** Who is asked: `start` begins one that says `ready` first. One that ends or is silent for `seconds` is replaced, and the question is answered by `{ ended }`. */
export class Asked {
  #queue = Promise.resolve();
  #one = null;

  constructor(start, seconds) {
    this.start = start;
    this.seconds = seconds;
  }

  /** Answers in the order of the questions. */
  ask(question) {
    const answer = this.#queue.then(() => this.#answer(question));
    this.#queue = answer.catch(() => undefined);
    return answer;
  }

  /** What it said when it was ready. */
  async ready() {
    this.#one ??= await this.#begin();
    return this.#one.said;
  }

  async #begin() {
    const one = this.start();
    one.said = await this.#wait(one, 300);
    if (one.said.ended !== undefined) throw new Error(`it did not start: ${one.said.ended}`);
    return one;
  }

  async #answer(question) {
    await this.ready();
    this.#one.tell(question);
    const answer = await this.#wait(this.#one, this.seconds);
    if (answer.ended !== undefined) this.close();
    return answer;
  }

  #wait(one, seconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve({ ended: `no answer in ${seconds} s` }), seconds * 1000);
      one.heard = (answer) => {
        clearTimeout(timer);
        resolve(answer);
      };
    });
  }

  close() {
    this.#one?.end();
    this.#one = null;
  }
}

/** A Python process that takes and gives lines of JSON. */
export const python = (command, args) => () => {
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  const one = {
    heard: () => undefined,
    tell: (question) => child.stdin.write(`${JSON.stringify(question)}\n`),
    end: () => child.kill('SIGKILL'),
  };
  let last = '';
  child.stderr.on('data', (text) => (last = (last + text).slice(-2000)));
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stdout }).on('line', (line) => one.heard(JSON.parse(line)));
  child.on('error', (error) => one.heard({ ended: error.message }));
  child.on('exit', (code, signal) =>
    one.heard({ ended: `exit ${code ?? signal}: ${last.trim().split('\n').slice(-3).join(' | ')}` }),
  );
  return one;
};

/** A thread that takes and gives messages. */
export const thread = (file, workerData) => () => {
  const worker = new Worker(file, {
    workerData,
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  });
  const one = {
    heard: () => undefined,
    tell: (question) => worker.postMessage(question),
    end: () => void worker.terminate(),
  };
  worker.on('message', (answer) => one.heard(answer));
  worker.on('error', (error) => one.heard({ ended: String(error) }));
  worker.on('exit', (code) => one.heard({ ended: `the thread ended with ${code}` }));
  return one;
};
