import type { TrainingStore } from '../../defense/retraining/attempts.ts';
import type { TriggerStore } from '../../defense/reversal/search.ts';
import type * as resume from '../../jobs/defend/resume.ts';
import type { Kept } from '../../report/record/kept.ts';

const nothing = { take: () => null, put: () => undefined };

/** In the place of one who keeps what a later run may take up: a tab that was closed left nothing. */
export class Keeper implements Pick<resume.Keeper, keyof resume.Keeper> {
  keep(finished: Kept): Kept {
    return finished;
  }

  take(): null {
    return null;
  }

  triggersOf(): () => TriggerStore {
    return () => nothing;
  }

  trainingsOf(): TrainingStore {
    return nothing;
  }
}
