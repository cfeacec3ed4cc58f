import path from 'node:path';
import type { Clock } from '../../base/clock.ts';
import type { Config } from '../../settings/config.ts';
import { dataFormat } from '../../settings/data-format.ts';
import { splitsOf } from '../../settings/split-files.ts';
import type { Subject } from '../../defense/defense.ts';
import { pickGallery } from './gallery.ts';
import { unlearningSeconds } from './estimate.ts';
import { judged } from './judged.ts';
import { subjectOf } from './subject.ts';
import { openModel } from '../../models/find-models.ts';
import { NetData } from '../open-data.ts';
import type { ModelOutcome } from '../../report/record/assemble.ts';
import type { Baseline } from '../../report/record/baseline.ts';
import type { Output } from '../../output/output.ts';
import { stageModelFiles } from '../../report/write-models.ts';
import type { Stage } from '../profile.ts';
import { progressOf } from '../progress.ts';
import { triggerIdentity, triggersIn } from '../scanned-triggers.ts';
import type { Listener } from '../listener.ts';
import type { World } from '../world.ts';
import type { Evaluator } from '../../engine/evaluator.ts';

type Place = Pick<World, 'cwd' | 'assets' | 'signal' | 'version'> & {
  listener: Listener;
  evaluator: Evaluator;
  clock: Clock<Stage>;
  /** Whether to measure how long unlearning would take. */
  estimates?: boolean;
  /** What was found of the model. */
  kept: Subject['kept'];
  /** The folder in which a scan left triggers of the model. */
  scanFolder?: string | undefined;
};

/** All defenses on one model, from its file to its verdict. Throws GoodnetError for a model or data that cannot be used. */
export async function defend(
  name: string,
  folder: string,
  config: Config,
  output: Output,
  { kept, scanFolder, ...place }: Place,
  baseline: Baseline | null = null,
): Promise<ModelOutcome> {
  const { model, bytes, again, inputs: modelInputs } = await openModel(name, config, place);
  const data = new NetData(splitsOf(config), dataFormat(config), place);
  const subject = subjectOf(model, config, data, {
    progress: progressOf(name, place),
    kept,
    scanned: async () => {
      if (scanFolder === undefined) return null;
      const [images] = await data.inputs();
      const identity = triggerIdentity(place, config, modelInputs, images!);
      const found = triggersIn(path.resolve(place.cwd, scanFolder), identity, model);
      const problem = typeof found === 'string' ? found : null;
      place.listener.scanned?.({ model: name, folder: scanFolder, problem });
      return typeof found === 'string' ? null : found;
    },
    started: () => place.clock.lap('start'),
  });
  try {
    const judging = { name, inputs: modelInputs, data, baseline, signal: place.signal };
    const { nets, ...found } = await judged(subject, judging);
    const { proposals, candidates, verdict } = found;
    place.clock.lap('compute');
    const triggers = proposals.flatMap((proposal) => proposal.triggers ?? []);
    const shown = verdict.recommended ?? 0;
    const pictured = shown === 0 ? proposals[0]!.furthest : nets[shown]!;
    const [files, pictures] = await both(
      stageModelFiles({ model, bytes, again, candidates, nets }, output, folder),
      pickGallery(nets[0]!, pictured, { judgedOn: verdict.judgedOn, triggers }, place.signal),
    );
    place.clock.lap('write');
    return {
      path: name,
      folder,
      model,
      ...found,
      files,
      pictures,
      unlearningSeconds:
        place.estimates && found.findings.some(({ code }) => code === 'unlearning-may-repair')
          ? await unlearningSeconds(subject, place.evaluator.count)
          : null,
    };
  } finally {
    place.clock.lap('compute');
    await data.close();
  }
}

/** What two works at once come to. Where one fails the other has ended, too, before its error is thrown. */
async function both<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return [await one, await other];
}
