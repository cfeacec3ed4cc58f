// The room report: the record of a run, and all that draws it.
// It may import defense and what lies below.
import { rewrites } from '../../models/rewritten.ts';
import { type Static, Type } from '@sinclair/typebox';
import { kinds } from '../../settings/config.ts';
import { traces } from '../../defense/registry.ts';
import {
  attack,
  images,
  metric,
  nullable,
  oneOf,
  perAttack,
  percentage,
  split,
  stage,
} from '../../verdict/figure-schema.ts';

const interval = nullable(Type.Tuple([percentage, percentage]));
const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });

const kind = oneOf(...kinds);
const change = Type.Object({ accuracy: nullable(Type.Number()), asr: nullable(Type.Number()) });
/** What number formats are called. */
export const formatName = /^[a-z][a-z0-9_]*$/;

/** How classes of layers that change images at random are called. */
export const augmentation = /^Random[A-Z][A-Za-z]*$/;
const source = oneOf('flag', 'config', 'default');

const figures = Type.Object({
  clean: images,
  correct: images,
  accuracy: nullable(percentage),
  accuracyInterval: interval,
  poisoned: perAttack(images),
  hits: perAttack(images),
  asr: perAttack(nullable(percentage)),
  asrInterval: perAttack(interval),
  maxAsr: nullable(percentage),
  robust: perAttack(images),
  robustAccuracy: perAttack(nullable(percentage)),
  accuracyDrop: nullable(Type.Number({ minimum: -100, maximum: 100 })),
  der: perAttack(nullable(Type.Number({ minimum: 0, maximum: 1 }))),
  rejectedClean: Type.Optional(images),
  rejectedPoisoned: Type.Optional(perAttack(images)),
});

const candidate = Type.Object({
  kind,
  checkpoint: nullable(Type.Number()),
  stage: Type.Optional(Type.String({ pattern: stage.pattern!, description: 'what a net of no checkpoint is called' })),
  channelsPruned: images,
  file: nullable(
    Type.String({
      pattern: '^[\\w.=+-]+(/[\\w.=+-]+)*$',
      description: 'path below the output folder; null for the original and where no file could be written',
    }),
  ),
  sha256: nullable(sha256),
  validation: figures,
  test: nullable(figures),
  change: Type.Optional(
    Type.Object(
      { validation: change, test: change },
      { description: 'points since the baseline, where there is one; null where it cannot be compared' },
    ),
  ),
});

const rule = Type.Object({
  candidate: Type.Integer({ minimum: 0 }),
  split,
  metric,
  limit: Type.Number(),
  actual: nullable(Type.Number()),
  met: Type.Boolean(),
  undecided: Type.Optional(
    Type.Object(
      { end: percentage, images: nullable(Type.Integer({ minimum: 0 })) },
      {
        description:
          'the figure meets the limit and this end of its 95% interval does not; of how many images the same rate would decide, null where none would',
      },
    ),
  ),
  source,
});

const rounded = {
  channelsPruned: images,
  stage: Type.Optional(stage),
  split,
  attack: nullable(attack),
  images,
  changed: images,
};
export const rewrite = Type.Union(rewrites.map((each) => Type.Literal(each)));
const doubt = Type.Union(
  [
    Type.Object({ code: Type.Literal('half-precision'), declared: Type.String({ pattern: formatName.source }) }),
    Type.Object({
      code: Type.Literal('keras-versions-differ'),
      activation: Type.String({ pattern: formatName.source }),
    }),
    Type.Object({
      code: Type.Literal('answers-at-random'),
      augmentation: Type.String({ pattern: augmentation.source }),
    }),
    Type.Object({ code: Type.Literal('graph-rewritten'), rewrite }),
    Type.Object({ code: Type.Literal('rounding-decides'), ...rounded }),
  ],
  {
    description: 'why nothing passes whatever the figures: Keras may give other classes than goodnet computed',
  },
);

/** One model of a report. */
export const modelSchema = Type.Object({
  name: Type.String(),
  path: Type.String(),
  sha256,
  classes: Type.Integer({ minimum: 2 }),
  ...traces,
  candidates: Type.Array(candidate, { minItems: 1 }),
  gate: Type.Object({
    verdict: oneOf('passed', 'inconclusive', 'repairable', 'failed', 'ungated'),
    recommended: nullable(Type.Integer({ minimum: 0 })),
    failedOnTest: nullable(Type.Integer({ minimum: 0 })),
    judgedOn: split,
    rules: Type.Array(rule),
    doubt: Type.Optional(doubt),
  }),
  rounding: Type.Optional(
    Type.Array(Type.Object(rounded), {
      description:
        'on some images of each dataset: how many get another class, or may get it, where the sums of the net with so many channels pruned are rounded otherwise, as another library may; `attack` is null for clean images',
    }),
  ),
  findings: Type.Array(Type.Object({ code: Type.String() }, { additionalProperties: true })),
});

/** A file or folder that was read; `samples` is null for a model. */
export const inputSchema = Type.Object({ path: Type.String(), bytes: images, sha256, samples: nullable(images) });

/** The whole outcome of a run. Percentages are 0..100 and stand beside the counts they come from. Fields may be added; these stay. */
export const reportSchema = Type.Object(
  {
    schemaVersion: Type.Literal(1),
    passed: Type.Boolean({ description: 'whether `verdict` is `passed` or `ungated`' }),
    verdict: oneOf('passed', 'inconclusive', 'repairable', 'failed', 'ungated', 'error'),
    errors: Type.Array(
      Type.Object({
        path: Type.String(),
        sha256: Type.Optional(nullable(sha256)),
        code: Type.String(),
        message: Type.String(),
        trace: Type.Optional(Type.String({ description: 'where goodnet was, for the code `bug`' })),
      }),
      { description: 'models that were not judged; `sha256` is null where the file cannot be read' },
    ),
    config: Type.Record(Type.String(), Type.Object({ value: Type.Unknown(), source })),
    inputs: Type.Array(inputSchema),
    models: Type.Array(modelSchema),
    files: Type.Array(Type.String(), { description: 'every file that this run wrote, below the output folder' }),
    run: Type.Object({
      tool: Type.Literal('goodnet'),
      version: Type.String(),
      engine: Type.String(),
      workers: Type.Integer(),
      evaluators: Type.Optional(
        Type.Array(Type.Object({ url: Type.String(), version: Type.String(), chunks: images, checked: images }), {
          description:
            'evaluators on other machines: how many pieces of the work each did, and how many of these were done again here',
        }),
      ),
      node: Type.String(),
      startedAt: Type.String(),
      seconds: Type.Number(),
      plan: Type.Optional(Type.String({ description: 'the plan of jobs that this run was one of' })),
      unlearningSeconds: Type.Optional(
        Type.Record(Type.String(), Type.Number(), {
          description: 'how long unlearning would take, by the path of each model that pruning does not repair',
        }),
      ),
    }),
  },
  { title: 'goodnet report' },
);

export type Report = Static<typeof reportSchema>;

/** The settings of a report, without where they came from. */
export const settingsIn = (config: Report['config']): Record<string, unknown> =>
  Object.fromEntries(Object.entries(config).map(([name, { value }]) => [name, value]));

export type ModelReport = Static<typeof modelSchema>;
export type CandidateReport = Static<typeof candidate>;
