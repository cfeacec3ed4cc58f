import { parentPort, type TransferListItem } from 'node:worker_threads';
import type { ThreadAnswer, ThreadCall } from './called-thread.ts';
import { GoodnetError } from './errors.ts';

/** What a thread does when it is called, by name. One that is heard has one more argument: a function to tell how far it has come. */
export type Duties = Readonly<Record<string, (...args: never[]) => unknown>>;

/** Answers the calls of the thread that started this one. `given` lists the memory that goes along with a value and is not copied. */
export function answerCalls(duties: Duties, given: (value: unknown) => readonly TransferListItem[] = () => []): void {
  const send = (answer: ThreadAnswer, memory: readonly TransferListItem[] = []): void =>
    parentPort!.postMessage(answer, memory);
  const answerTo = async ({ id, name, args, heard }: ThreadCall): Promise<unknown> => {
    const tell = (told: unknown): void => send({ id, told });
    return duties[name]!(...([...args, ...(heard ? [tell] : [])] as never[]));
  };
  parentPort!.on('message', (call: ThreadCall) => {
    answerTo(call).then(
      (value) => send({ id: call.id, value }, given(value)),
      (error: unknown) =>
        send(
          error instanceof GoodnetError
            ? { id: call.id, refused: [error.code, error.subject, error.reason, error.hint] }
            : { id: call.id, failed: error instanceof Error ? error : new Error(String(error)) },
        ),
    );
  });
}
