import type { Model } from '../../models/net.ts';
import type { SentNet } from './connection.ts';
/** A net as it is sent, and its hash. */
export declare function netOf(model: Model): Promise<SentNet>;
