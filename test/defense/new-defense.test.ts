import { copyFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type * as registry from '../../src/defense/registry.ts';
import { run } from '../../src/jobs/defend/run.ts';
import { markdown } from '../../src/report/markdown.ts';
import { changesSince, dataIdentity } from '../../src/report/record/baseline.ts';
import { recomputed } from '../../src/report/record/recheck.ts';
import type { ModelReport } from '../../src/report/record/report.ts';
import { parseReport } from '../../src/report/record/recount.ts';
import type { Config } from '../../src/settings/config.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { loadModel, root, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { Trace } from './halving.ts';

vi.mock('../../src/defense/registry.ts', async (original) => {
  const module = await original<typeof registry>();
  const { finding, halving, trace } = await import('./halving.ts');
  (module.defenses as unknown as unknown[]).push(halving);
  (module.findingSchemas as unknown[]).push(finding);
  Object.assign(module.traces, trace);
  const defensesOf = (config: Pick<Config, 'defenses'>) => [...module.defensesOf(config), halving];
  return { ...module, defensesOf };
});

test('a defense in the registry is scored, gated, written, told and recomputed as pruning is', async () => {
  const cwd = temporaryFolder();
  for (const file of ['badnet.h5', 'clean_valid.h5', 'poisoned_valid.h5'])
    copyFileSync(path.join(root, 'examples', file), path.join(cwd, file));
  const settings = resolveConfig(
    {
      models: ['badnet.h5'],
      scale: '1/255',
      clean: { validation: 'clean_valid.h5' },
      attacks: { patch: { validation: 'poisoned_valid.h5' } },
      'min-accuracy': 2,
      accept: ['pruned', 'goodnet'],
      workers: 2,
    },
    {},
    null,
  );
  const { evaluator: _, clock: __, ...world } = testWorld(cwd);
  const report = await run(settings, world);
  const [model] = report.models as [ModelReport & Trace];
  const half = model.candidates.filter(({ stage }) => stage === 'half');
  expect(half.map(({ kind, file }) => [kind, file])).toEqual([
    ['pruned', 'badnet.h5/model_half.h5'],
    ['goodnet', 'badnet.h5/goodnet_half.h5'],
  ]);
  expect(model.candidates.filter(({ kind }) => kind === 'original')).toHaveLength(1);
  expect(model.halves.pruned).toBe(half[0]!.channelsPruned);

  // what it measured is what the written net gives, and pruning's own figures are those of its own cut
  const out = path.join(cwd, settings.config.out);
  expect(half.every(({ file }) => existsSync(path.join(out, file!)))).toBe(true);
  const written = await loadModel(path.join(out, 'badnet.h5/model_half.h5'));
  const kernel = written.model.calls.find(({ layer }) => layer.name === model.layer)!.layer.weights[0]!;
  const channels = kernel.shape.at(-1)!;
  kernel.values.forEach((value, i) => i % channels < channels >> 1 && expect(value).toBe(0));
  const again = await run(
    resolveConfig(
      {
        ...settings.config,
        models: [`${settings.config.out}/badnet.h5/model_half.h5`],
        checkpoints: [2],
        out: 'again',
      },
      {},
      null,
    ),
    world,
  );
  const { correct, hits } = again.models[0]!.candidates[0]!.validation;
  expect({ correct, hits }).toEqual({ correct: half[0]!.validation.correct, hits: half[0]!.validation.hits });

  // the gate, the words, the record
  expect(model.gate.rules.map(({ candidate }) => candidate)).toContain(model.candidates.indexOf(half[0]!));
  expect(markdown(report)).toContain('pruned half');
  expect(markdown(report)).toContain(`Half of the channels are pruned: ${model.halves.pruned}.`);
  const read = parseReport(JSON.stringify(report), 'report.json');
  expect(JSON.parse(JSON.stringify(recomputed(read, null)))).toEqual(read);
  const forged = structuredClone(report);
  forged.models[0]!.candidates.find(({ stage }) => stage === 'half')!.validation.correct -= 1;
  expect(JSON.stringify(recomputed(forged, null))).not.toBe(JSON.stringify(forged));
  const baseline = { ...read, file: null };
  const changes = changesSince(
    baseline,
    'badnet.h5',
    read.models[0]!.candidates,
    dataIdentity(settings.config, read.inputs),
  );
  expect(changes.map(({ validation }) => validation.accuracy)).toEqual(read.models[0]!.candidates.map(() => 0));
});
