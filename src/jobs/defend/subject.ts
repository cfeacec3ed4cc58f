import type { Parts } from '../../engine/parts.ts';
import { splitNet } from '../../engine/parts.ts';
import { dataOf, type Split } from '../../engine/split.ts';
import { failure } from '../../base/errors.ts';
import { answersOn } from '../../defense/answers.ts';
import type { Answered, Opened, Subject } from '../../defense/defense.ts';
import { type Edits, edited, type Model } from '../../models/net.ts';
import type { Config } from '../../settings/config.ts';
import type { OpenedData } from '../opened-data.ts';

/** A net in front of its data, for the defenses. */
export function subjectOf(
  model: Model,
  config: Config,
  data: OpenedData,
  { progress, kept, scanned, started }: Pick<Subject, 'progress' | 'kept' | 'scanned'> & { started: () => void },
): Subject {
  const checkData = (): void => {
    if (config.clean === undefined) throw failure('no-clean-data', model.file);
  };
  let isStarted = false;
  const inSplits = ([validation, test]: Split[]): Opened => {
    if (!isStarted) started();
    isStarted = true;
    return { validation: validation!, test: test ?? null };
  };
  const during = <T>(parts: Parts, long: number, use: (opened: Opened) => Promise<T>): Promise<T> => {
    checkData();
    return data.during(parts, long, (splits) => use(inSplits(splits)));
  };
  const answers = (net: Model): Promise<Answered> =>
    during(splitNet(net, null), 0, async ({ validation, test }) => ({
      validation: await answersOn(validation, progress('validation', dataOf(validation))),
      test: test && (await answersOn(test, progress('test', dataOf(test)))),
    }));
  let original: Promise<Answered> | undefined;
  return {
    model,
    config,
    progress,
    kept,
    scanned,
    open: async (parts) => {
      checkData();
      return inSplits(await data.open(parts));
    },
    during: (long, use) => during(splitNet(model, null), long, use),
    original: () => (original ??= answers(model)),
    answers: (edits: Edits) => answers(edited(model, edits)),
  };
}
