import { type Static, Type } from '@sinclair/typebox';
import { checkerInPlace, parsedBy } from '../../base/schema.ts';

/** The version of what evaluators and those who ask them say to each other. */
export const protocol = 1;

const bytes = Type.Integer({ minimum: 1 });

/** What an evaluator takes. */
export const limitsSchema = Type.Object({
  /** Bytes of one request. */
  bodyBytes: bytes,
  /** Bytes of memory for a net, and for what is computed of one request. */
  memoryBytes: bytes,
  /** How many requests are worked on, or on their way, at best. */
  concurrency: Type.Integer({ minimum: 1, maximum: 10_000 }),
});
export type Limits = Static<typeof limitsSchema>;

/** What an evaluator says of itself: the answer of `GET /`. */
const helloSchema = Type.Object({
  protocol: Type.Integer(),
  version: Type.String(),
  kernels: Type.String(),
  /** Whether it must be shown a token. */
  token: Type.Boolean(),
  limits: limitsSchema,
});
export type Hello = Static<typeof helloSchema>;

const check = checkerInPlace(helloSchema);

/** What an evaluator said of itself; null for what none says. */
export const heardHello = (text: string): Hello | null => parsedBy(check, text);
