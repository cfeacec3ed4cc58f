import type { Clock } from '../../base/clock.ts';
import { type Config, dataFormat, splitFiles } from '../../settings/config.ts';
import { asrFloors } from '../../verdict/asr-floor.ts';
import { listCandidates } from '../../defense/pruning/candidates.ts';
import { checkpoints } from '../../defense/pruning/checkpoints.ts';
import { targetClasses } from '../../verdict/target-classes.ts';
import { givenOrder, rank } from '../../defense/pruning/rank.ts';
import { roundOtherwise } from '../../verdict/rounding.ts';
import { dataOf, sizesOf } from '../../engine/split.ts';
import { sweep } from '../../defense/pruning/sweep.ts';
import { type Split } from '../../engine/split.ts';
import { chooseTarget } from '../../defense/pruning/default-layer.ts';
import { splitNet } from '../../engine/parts.ts';
import { doubtOf } from '../../verdict/doubt.ts';
import { failure } from '../../base/errors.ts';
import { findings } from '../../report/record/findings.ts';
import { pickGallery } from './gallery.ts';
import { gate } from '../../verdict/gate.ts';
import { openModel } from '../../models/find-models.ts';
import { openData } from '../open-data.ts';
import type { ModelOutcome } from '../../report/record/assemble.ts';
import { type Baseline, changesSince, dataIdentity } from '../../report/record/baseline.ts';
import type { Output } from '../../output/output.ts';
import { stageModelFiles } from '../../report/write-models.ts';
import type { Stage } from '../profile.ts';
import { progressOf } from '../progress.ts';
import type { World } from '../world.ts';
import type { Evaluator } from '../../engine/evaluator.ts';

type Place = Pick<World, 'cwd' | 'decoderFolder' | 'readerFile' | 'progress' | 'signal'> & {
  evaluator: Evaluator;
  clock: Clock<Stage>;
};

/** The pruning defense on one model, from its file to its verdict. Throws GoodnetError for a model or data that cannot be used. */
export async function defend(
  name: string,
  folder: string,
  config: Config,
  output: Output,
  place: Place,
  baseline: Baseline | null = null,
): Promise<ModelOutcome> {
  const { model, bytes, inputs: modelInputs } = await openModel(name, config, place);
  const { target, reason } = chooseTarget(model, config);
  const parts = splitNet(model, target.cut);
  const [validationFiles, testFiles] = [splitFiles(config, 'validation'), splitFiles(config, 'test')];
  if (validationFiles === null) throw failure('no-clean-data', name);
  const { splits, close } = await openData(
    parts,
    testFiles === null ? [validationFiles] : [validationFiles, testFiles],
    dataFormat(config),
    place,
  );
  place.clock.lap('start');
  const [validation, test = null] = splits as [Split, Split?];
  try {
    const stage = progressOf(name, place);
    const given = config.order && givenOrder(config.order, parts.channels, target.layer.name, name);
    const ranking = await rank(parts, validation.clean, stage('ranking', [validation.clean.data]));
    const order = given ?? ranking.order;
    const everyStep = Array.from({ length: order.length + 1 }, (_, k) => k);
    const onValidation = {
      sizes: sizesOf(validation),
      steps: await sweep(validation, order, everyStep, stage('sweep', dataOf(validation))),
    };
    const picks = checkpoints(onValidation.steps, onValidation.sizes.clean, config.checkpoints);
    const reached = picks.flatMap((pick) => pick.step ?? []);
    const stops = [...new Set([0, ...(reached.length > 0 ? reached : [order.length])])].sort((a, b) => a - b);
    const onTest = test && {
      sizes: sizesOf(test),
      steps: await sweep(test, order, stops, stage('test', dataOf(test))),
    };
    const candidates = listCandidates(picks, onValidation, onTest);
    const inputs = [
      ...modelInputs,
      ...[validation, ...(test ? [test] : [])].flatMap(dataOf).flatMap((data) => data.inputs),
    ];
    const changes =
      baseline === null
        ? []
        : changesSince(
            baseline,
            name,
            candidates,
            dataIdentity(
              config,
              inputs.map(({ file: path, ...input }) => ({ path, ...input })),
            ),
          );
    const measured = gate(candidates, config, config.accept, changes, doubtOf(model));
    const steps = [
      ...new Set([0, measured.recommended === null ? 0 : candidates[measured.recommended]!.channelsPruned]),
    ];
    const rounding =
      doubtOf(model) === null
        ? await roundOtherwise({
            splits: { validation, ...(test && { test }) },
            order,
            steps,
            sha256: modelInputs[0]!.sha256,
            signal: place.signal,
          })
        : [];
    const doubt = doubtOf(model, rounding);
    const verdict = gate(candidates, config, config.accept, changes, doubt);
    place.clock.lap('compute');
    const files = await stageModelFiles({ model, bytes, target, order, picks }, output, folder);
    place.clock.lap('write');
    const floors = [
      { split: 'validation' as const, floors: asrFloors(validation) },
      { split: 'test' as const, floors: test ? asrFloors(test) : [] },
    ];
    const targets = [
      { split: 'validation' as const, classes: targetClasses(validation) },
      ...(test ? [{ split: 'test' as const, classes: targetClasses(test) }] : []),
    ];
    const found = findings({
      config,
      layerChoice: reason,
      precision: model.precision,
      picks,
      validation: onValidation,
      test: onTest,
      candidates,
      verdict,
      floors,
      targets,
      doubt,
    });
    const pictures = await pickGallery({ split: test ?? validation, order, candidates, verdict, signal: place.signal });
    return {
      path: name,
      folder,
      model,
      inputs,
      target,
      layerIsDefault: reason !== null,
      ranking: { ...ranking, order },
      validation: onValidation,
      picks,
      candidates,
      files,
      verdict,
      findings: found,
      changes,
      rounding,
      pictures,
    };
  } finally {
    place.clock.lap('compute');
    await close();
  }
}
