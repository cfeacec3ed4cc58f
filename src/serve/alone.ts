import { failure, GoodnetError } from '../base/errors.ts';
import { startWasm } from '../engine/backend.ts';
import { engineHere } from '../engine/kernels/product-code.ts';
import type { Limits } from '../engine/remote/hello.ts';
import { checkToken } from '../engine/remote/token.ts';
import { chooseKernels } from './choose-kernels.ts';
import { evaluator } from './evaluator.ts';
import type { Handler } from './handler.ts';

/** What an evaluator is told by its environment. */
export interface Environment {
  /** What an asker must show. */
  GOODNET_TOKEN?: string | undefined;
  /** See `chooseKernels`. */
  GOODNET_KERNELS?: string | undefined;
}

/** An evaluator that is a function of a runtime, which starts and stops it. */
export interface Function {
  version: string;
  /** Its engine: compiled, or the folder of its .wasm file, with a slash at its end. */
  engine: () => Promise<WebAssembly.Module | string>;
  limits: Limits;
  /** Whether anybody reaches it, so that it starts with a token alone. */
  isPublic?: boolean;
  featureBytes: number;
  /** What one whole job may take of memory, where that is not `memoryBytes`. */
  jobBytes?: number;
}

/** Answers requests; what it computes with starts with the first of them. */
export function alone(own: Function): (request: Request, environment: Environment) => Promise<Response> {
  let started: Promise<Handler> | undefined;
  return async (request, environment) => {
    try {
      return await (
        await (started ??= start(own, environment))
      )(request);
    } catch (error) {
      started = undefined;
      console.error(error);
      const { code, message } = error instanceof GoodnetError ? error : unstarted;
      return Response.json({ code, message }, { status: 500 });
    }
  };
}

const unstarted = { code: 'bug', message: 'this evaluator does not start; whoever runs it is told why' };

async function start(own: Function, environment: Environment): Promise<Handler> {
  const { version, engine, limits, featureBytes, jobBytes, isPublic } = own;
  const { GOODNET_TOKEN: shown, GOODNET_KERNELS: kernels } = environment;
  const token = shown?.trim() || undefined;
  checkToken(token);
  if (isPublic && token === undefined)
    throw failure('usage', 'GOODNET_TOKEN', { cause: 'is not set, and anybody could ask', fix: 'set it' });
  chooseKernels(kernels);
  await startWasm(await engine());
  const log = (error: unknown): void => console.error(error);
  const setup = { version, kernels: engineHere('wasm'), limits, token, log };
  return evaluator({ ...setup, featureBytes, jobBytes });
}
