import { readModel } from '../../models/formats.ts';
import type * as apart from '../../models/read-apart.ts';

/** In the place of threads apart: this worker is one already, and its page ends it when its user does. */
export const readApart: typeof apart.readApart = async (model, { signal }) => {
  signal?.throwIfAborted();
  return readModel(model);
};

/** What is read first is read here. */
export const tryApart: typeof apart.tryApart = async () => undefined;
