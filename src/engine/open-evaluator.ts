import type { Config } from '../settings/config.ts';
import type { Evaluator, EvaluatorPlace } from './evaluator.ts';
import { engineHere } from './kernels/product-code.ts';
import type { RemotePlace } from './remote/remote.ts';
import type { Share } from './shards/share.ts';
import { openThreads } from './threads/threads.ts';

type Local = Pick<Config, 'workers' | 'engine'>;
type Named = Local & Pick<Config, 'evaluator' | 'evaluator-check' | 'concurrency'>;

/** What computes the nets on this machine, as the settings have it. Throws `engine-unavailable` or `no-simd`. */
export function openEvaluator(config: Local, place: EvaluatorPlace): Promise<Evaluator> {
  return openThreads(config, place);
}

/** The same with the evaluators on other machines that the settings name. Throws what `openRemote` throws besides. */
export async function openEvaluators(
  config: Named,
  place: EvaluatorPlace & Omit<RemotePlace, 'kernels'>,
): Promise<Evaluator> {
  const { evaluator: urls, 'evaluator-check': checkPercent, concurrency } = config;
  if (urls === undefined) return openEvaluator(config, place);
  const local = await openEvaluator(config, { ...place, dataBytes: 0 }); // it is told how much of the data is its own
  try {
    const { openRemote } = await import('./remote/remote.ts');
    const settings = { urls, concurrency, checkPercent };
    return await openRemote(settings, local, { ...place, kernels: engineHere(config.engine) });
  } catch (error) {
    await local.stop();
    throw error;
  }
}

/** The same with counts from files that shards write into a folder; `share` is what this one counts itself. */
export async function openShards(
  config: Local,
  place: EvaluatorPlace & Pick<RemotePlace, 'version'>,
  folder: string,
  share: Share | null,
): Promise<Evaluator> {
  const { CountFiles, Shards } = await import('./shards/shards.ts');
  const files = new CountFiles(folder, [place.version, engineHere(config.engine)]);
  return new Shards(await openEvaluator(config, place), files, share);
}
