import type { Config } from '../../settings/config.ts';
import type { Trial } from './probe.ts';

/** The settings that prepare pixels as one of the trials did, as far as they are not what goes without saying. */
export function preparedAs(
  { layout, scale, mean, std, folders }: Trial,
  trials: readonly Trial[],
): Partial<Pick<Config, 'layout' | 'class-folders' | 'scale' | 'mean' | 'std'>> {
  const several = new Set(trials.map((trial) => trial.layout)).size > 1;
  return {
    ...(several ? { layout } : {}),
    ...(folders === null ? {} : { 'class-folders': folders }),
    ...(scale === 1 ? {} : { scale }),
    ...(mean.every((value) => value === 0) ? {} : { mean: [...mean] }),
    ...(std.every((value) => value === 1) ? {} : { std: [...std] }),
  };
}
