// The room settings: every setting once: its type, check, default, role and words.
// It may import base.
import { type Static, Type } from '@sinclair/typebox';
import { defaultBounds } from '../base/limits.ts';
import { attack, attackName, file, multiplier, split } from './data-schema.ts';
import { naming, type Need, needing, setting } from './roles.ts';
import { limit, list } from './written.ts';

/** Kinds of file that may be shipped. */
export const kinds = ['original', 'pruned', 'fine-pruned', 'unlearned', 'goodnet'] as const;
export type Kind = (typeof kinds)[number];

/** What is done against a backdoor. */
export const defenseNames = ['pruning', 'fine-pruning', 'unlearning'] as const;
export type DefenseName = (typeof defenseNames)[number];

/** What limits on rates are held against. */
export const judgedBy = ['rate', 'interval'] as const;

/** How the names of class folders tell classes: `auto` takes names that are all numbers for the classes, and says so. */
export const folderReadings = ['auto', 'numbers', 'sorted'] as const;
export type FolderReading = (typeof folderReadings)[number];

/** Ways to bring images to the net's size. */
export const resizeMethods = ['bilinear', 'nearest'] as const;

/** What computes the nets. */
export const engines = ['wasm', 'tensorflow'] as const;
export type EngineName = (typeof engines)[number];

const earlier: Need = { setting: 'baseline', fix: 'name the report to compare with' };

/** Every setting, its default and its meaning: the one source of the types, the checks, the flags and the tables in the documentation. */
export const configSchema = Type.Object(
  {
    models: setting(
      'place',
      list(naming('pattern', Type.String({ minLength: 1 })), {
        minItems: 1,
        description: 'Keras model files; globs, `!` excludes',
      }),
    ),
    architecture: setting(
      'measure',
      Type.Optional(
        file('for weights-only files: a full model (.h5 or .keras) of the same net, or the JSON of model.to_json()'),
      ),
    ),
    layer: setting(
      'measure',
      Type.Optional(
        Type.String({
          description: 'layer whose output channels are pruned (default: chosen by the shape of the net)',
        }),
      ),
    ),
    'rank-at': setting(
      'measure',
      needing(
        { setting: 'layer', fix: 'name the layer to prune' },
        Type.Optional(
          Type.String({
            description:
              'layer where the mean activation is measured (default: the end of the channel-wise chain behind the layer)',
          }),
        ),
      ),
    ),
    'prune-inputs-of': setting(
      'measure',
      Type.Optional(
        Type.String({ description: 'Dense layer or convolution whose input channels are pruned, instead of `layer`' }),
      ),
    ),
    order: setting(
      'measure',
      Type.Optional(
        list(Type.Integer({ minimum: 0 }), {
          minItems: 1,
          description: 'channels in the order to prune them, instead of the ranking',
        }),
      ),
    ),
    checkpoints: setting(
      'measure',
      list(Type.Number({ exclusiveMinimum: 0, maximum: 100 }), {
        default: [2, 4, 10],
        minItems: 1,
        uniqueItems: true,
        description: 'drops of clean validation accuracy, in points, at which a model is kept',
      }),
    ),
    defenses: setting(
      'measure',
      list(Type.Union(defenseNames.map((name) => Type.Literal(name))), {
        default: ['pruning'],
        minItems: 1,
        uniqueItems: true,
        description:
          'what is done against a backdoor: pruning, and beside it fine-pruning and unlearning, which train on the clean images',
      }),
    ),
    rounds: setting(
      'measure',
      Type.Integer({
        default: 2,
        minimum: 1,
        maximum: 4,
        description: 'rounds of unlearning, each of which looks for triggers again',
      }),
    ),
    clean: setting('data', Type.Optional(split('clean'))),
    attacks: setting(
      'data',
      Type.Record(Type.String({ pattern: attackName.source }), attack, {
        default: {},
        additionalProperties: false,
        description:
          'by its name: poisoned data `{ validation: F, test: F }`, or `{ target: K, trigger: { image: F, at: [row, column] } }` to stamp on the clean data',
      }),
    ),
    'data-name': setting(
      'data',
      Type.String({
        default: 'data',
        minLength: 1,
        description:
          'dataset of the images in data files; in one of them alone: `{ file: F, data: NAME, label: NAME }`',
      }),
    ),
    'label-name': setting(
      'data',
      Type.String({ default: 'label', minLength: 1, description: 'dataset of the labels in data files' }),
    ),
    layout: setting(
      'data',
      Type.Union([Type.Literal('auto'), Type.Literal('NCHW'), Type.Literal('NHWC')], {
        default: 'auto',
        description: 'order of the axes in data files',
      }),
    ),
    'class-folders': setting(
      'data',
      Type.Union(
        folderReadings.map((reading) => Type.Literal(reading)),
        {
          default: 'auto',
          description:
            "classes of image folders: `numbers` as their names say, `sorted` by their places in order of text, as Keras's image_dataset_from_directory; `auto`: names that are all numbers say them",
        },
      ),
    ),
    resize: setting(
      'data',
      Type.Optional(
        Type.Union(
          resizeMethods.map((method) => Type.Literal(method)),
          { description: "brings images of another size to the net's: bilinear or nearest, as tf.image.resize" },
        ),
      ),
    ),
    scale: setting(
      'data',
      multiplier({
        default: 1,
        description: 'multiplied into every pixel: a number, or a fraction such as 1/255',
      }),
    ),
    mean: setting(
      'data',
      Type.Optional(
        list(Type.Number(), {
          minItems: 1,
          description: 'subtracted from every pixel after `scale`: one number, or one for each channel',
        }),
      ),
    ),
    std: setting(
      'data',
      Type.Optional(
        list(Type.Number({ exclusiveMinimum: 0 }), {
          minItems: 1,
          description: 'what pixels are divided by after `mean`: one number, or one for each channel',
        }),
      ),
    ),
    'min-accuracy': setting('limit', Type.Optional(limit('limit: least clean accuracy, percent', 'percent'))),
    'max-asr': setting('limit', Type.Optional(limit('limit: greatest attack success rate over all attacks, percent'))),
    'max-accuracy-drop': setting(
      'limit',
      Type.Optional(limit('limit: greatest drop below the original accuracy, points', 'points')),
    ),
    'max-anomaly-index': setting(
      'limit',
      Type.Optional(
        Type.Number({
          minimum: 0,
          description:
            'limit of `goodnet scan`, and of the input `scan`: greatest anomaly index of a class; nothing else is held against it',
        }),
      ),
    ),
    baseline: setting(
      'limit',
      Type.Optional(
        naming(
          'file',
          Type.String({
            minLength: 1,
            description: 'report.json of an earlier run: the change of each figure on the same data is reported',
          }),
        ),
      ),
    ),
    'max-asr-increase': setting(
      'limit',
      needing(
        earlier,
        Type.Optional(limit('limit: greatest increase of the attack success rate since `baseline`, points', 'points')),
      ),
    ),
    'max-accuracy-decrease': setting(
      'limit',
      needing(
        earlier,
        Type.Optional(limit('limit: greatest decrease of clean accuracy since `baseline`, points', 'points')),
      ),
    ),
    accept: setting(
      'limit',
      list(Type.Union(kinds.map((kind) => Type.Literal(kind))), {
        default: ['original'],
        minItems: 1,
        uniqueItems: true,
        description: `kinds of file that you are going to ship: ${kinds.join(', ')}`,
      }),
    ),
    'judge-by': setting(
      'limit',
      Type.Union(
        judgedBy.map((by) => Type.Literal(by)),
        {
          default: 'rate',
          description:
            'what of accuracy and ASR is held against limits: the rate, or the unfavourable end of its 95% interval, which few images make wide',
        },
      ),
    ),
    'max-file-bytes': setting(
      'machine',
      Type.Integer({
        default: defaultBounds.fileBytes,
        minimum: 1,
        description: 'largest file that is opened, in bytes',
      }),
    ),
    'max-memory-bytes': setting(
      'machine',
      Type.Integer({
        default: defaultBounds.memoryBytes,
        minimum: 1,
        description: 'most memory that a model, or what is read of data at once, may ask for, in bytes',
      }),
    ),
    'time-budget-minutes': setting(
      'machine',
      Type.Number({
        default: 360,
        exclusiveMinimum: 0,
        maximum: 35_000,
        description: 'minutes after which a run ends with an error, its gate not passed',
      }),
    ),
    engine: setting(
      'measure',
      Type.Union(
        engines.map((name) => Type.Literal(name)),
        {
          default: 'wasm',
          description:
            'what computes: `wasm`, which is built in, or `tensorflow`, where @tensorflow/tfjs-node is installed',
        },
      ),
    ),
    workers: setting(
      'machine',
      Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 64,
          description:
            'threads that compute (default: one for each core, up to 8; one with the engine `tensorflow`, which has threads of its own); figures are the same for any number',
        }),
      ),
    ),
    evaluator: setting(
      'trust',
      Type.Optional(
        list(Type.String({ minLength: 1 }), {
          minItems: 1,
          uniqueItems: true,
          description:
            'addresses of evaluators on other machines (`goodnet serve`), which count what this machine would; their token is GOODNET_TOKEN in the environment; figures are the same for any',
        }),
      ),
    ),
    'evaluator-check': setting(
      'trust',
      Type.Number({
        default: 2,
        minimum: 0,
        maximum: 100,
        description:
          'percent of the work of evaluators that is done again here and compared, at least two pieces of each dataset',
      }),
    ),
    concurrency: setting(
      'machine',
      Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 1000,
          description: 'requests at once for each evaluator (default: as many as it asks for)',
        }),
      ),
    ),
    'sarif-file': setting(
      'place',
      Type.Optional(
        naming(
          'written',
          Type.String({
            minLength: 1,
            description: 'file to write the limits that are not met to, as SARIF 2.1.0 for code scanning',
          }),
        ),
      ),
    ),
    out: setting(
      'place',
      naming(
        'written',
        Type.String({
          default: 'goodnet-out',
          minLength: 1,
          description: 'folder for repaired models and the report',
        }),
      ),
    ),
  },
  { additionalProperties: false },
);

export type Config = Static<typeof configSchema>;

/** Settings that say who computes. A report is the same whoever does: what its run was given stands in `run`. */
export const whoComputes: readonly string[] = [
  'workers',
  'evaluator',
  'evaluator-check',
  'concurrency',
] satisfies (keyof Config)[];

/** Settings as a caller gives them: a limit may be a text with a percent sign. */
export type Given = {
  [Name in keyof Config]?: Config[Name] | (number extends Config[Name] ? `${number}%` : never);
};
