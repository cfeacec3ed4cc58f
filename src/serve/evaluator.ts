// The room serve: a batch evaluator as one function of the web: a request in, a response out. It needs nothing of Node's.
// It may import jobs and what lies below.
import { type DeskLimits, LocalDesk } from './desk.ts';
import { type Handler, handler, type Setup } from './handler.ts';

/** An evaluator on this thread, whose engine is started. `featureBytes`: what it keeps between two requests. */
export const evaluator = (setup: Setup & Pick<DeskLimits, 'featureBytes' | 'jobBytes'>): Handler => {
  const { limits, featureBytes, jobBytes, version } = setup;
  return handler(setup, new LocalDesk({ ...limits, featureBytes, jobBytes, version }));
};
