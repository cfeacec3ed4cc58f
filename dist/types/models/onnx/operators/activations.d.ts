import type { NewLayer } from '../wiring.ts';
import type { Operator } from './site.ts';
export declare const rescaling: (scale: unknown, offset?: unknown) => NewLayer;
export declare const activations: Readonly<Record<string, Operator>>;
