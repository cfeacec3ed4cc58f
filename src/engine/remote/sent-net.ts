import type { Model } from '../../models/net.ts';
import { sentModel } from '../../models/sent-model.ts';
import type { SentNet } from './connection.ts';
import { sha256 } from './sha256.ts';

/** A net as it is sent, and its hash. */
export async function netOf(model: Model): Promise<SentNet> {
  const body = sentModel(model);
  return { hash: await sha256(body), body };
}
