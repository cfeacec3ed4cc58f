import { processWorld } from './jobs/world.ts';
import { checkSimd } from './engine/simd.ts';
import { alone } from './serve/alone.ts';
import { lambda } from './serve/lambda.ts';

/** What Lambda hands a function and takes from it at most, 6 MB, is base64 and has headers. */
const bodyBytes = Math.floor((6 * 2 ** 20 * 3) / 4) - 2 ** 16;
const leastMegabytes = 512;

checkSimd();
const { assets, version } = processWorld();
const memory = 2 ** 20 * Number(process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? leastMegabytes);
const limits = { bodyBytes, memoryBytes: Math.floor(memory / 4), concurrency: 16 };
const engine = (): Promise<string> => Promise.resolve(assets);
const answer = alone({ version, engine, limits, featureBytes: Math.floor(memory / 8) });

/** An evaluator for AWS Lambda: behind a Function URL or an API Gateway (HTTP API), or invoked by itself. */
export const handler = lambda((request) => answer(request, process.env));
