// The room settings: every setting once: its type, check, default, role and words.
// It may import base.
import { type Static, Type } from '@sinclair/typebox';
import type { PinnedFile } from '../base/files.ts';
import { type Bounds, defaultBounds } from '../base/limits.ts';
import { naming, setting } from './roles.ts';

const file = (description: string) =>
  naming(
    'file',
    Type.Union(
      [
        Type.String({ minLength: 1 }),
        Type.Object(
          { file: Type.String({ minLength: 1 }), sha256: Type.String({ pattern: '^[0-9a-fA-F]{64}$' }) },
          { additionalProperties: false },
        ),
      ],
      { description },
    ),
  );
const points = (description: string) => Type.Number({ minimum: 0, maximum: 100, description });
/** A number, or one as a fraction such as `1/255`, which no decimal says exactly. */
const multiplier = (options: { default?: number; description: string }) =>
  Type.Union([Type.Number(), Type.String({ pattern: '^\\d+(\\.\\d+)?/\\d+(\\.\\d+)?$' })], options);
const attack = Type.Object(
  {
    validation: Type.Optional(
      file(
        'poisoned validation images: an HDF5 or .npz file, or a folder of PNG and JPEG files; labels are the target class',
      ),
    ),
    test: Type.Optional(file('poisoned test images')),
    target: Type.Optional(Type.Integer({ minimum: 0, description: 'class that the attacker wants; with `trigger`' })),
    trigger: Type.Optional(
      Type.Object(
        {
          image: file(
            'PNG or JPEG that is stamped on the clean images of each split; those of the target class are left out',
          ),
          mask: Type.Optional(
            file(
              'image of the same size, white where the trigger covers; without it the transparency of `image` counts',
            ),
          ),
          at: Type.Tuple([Type.Integer({ minimum: 0 }), Type.Integer({ minimum: 0 })], {
            description: 'row and column of its upper left corner, counted from 0',
          }),
          opacity: Type.Optional(
            Type.Number({
              default: 1,
              exclusiveMinimum: 0,
              maximum: 1,
              description: 'share of the trigger in the pixels that it covers',
            }),
          ),
          scale: Type.Optional(
            multiplier({
              description:
                'multiplied into the pixels 0..255 of the trigger to have those of the data, as 1/255; needed where data holds floats',
            }),
          ),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
const split = (kind: string) =>
  Type.Object(
    {
      validation: file(`${kind} validation images: an HDF5 or .npz file, or a folder of PNG and JPEG files`),
      test: Type.Optional(file(`${kind} test images`)),
    },
    { additionalProperties: false },
  );

/** What an attack may be called, in a config, in a report and before `=` on the command line: not as every object's own parts are. */
export const attackName =
  /^(?!(constructor|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|toLocaleString|toString|valueOf)$)[A-Za-z][\w-]*$/;

/** Kinds of file that may be shipped. */
export const kinds = ['original', 'pruned', 'goodnet'] as const;
export type Kind = (typeof kinds)[number];

/** Ways to bring images to the net's size. */
export const resizeMethods = ['bilinear', 'nearest'] as const;

/** What computes the nets. */
export const engines = ['wasm', 'tensorflow'] as const;
export type EngineName = (typeof engines)[number];

/** Every setting, its default and its meaning: the one source of the types, the checks, the flags and the tables in the documentation. */
export const configSchema = Type.Object(
  {
    models: setting(
      'place',
      Type.Array(naming('pattern', Type.String({ minLength: 1 })), {
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
      Type.Optional(
        Type.String({
          description:
            'layer where the mean activation is measured (default: the end of the channel-wise chain behind the layer)',
        }),
      ),
    ),
    'prune-inputs-of': setting(
      'measure',
      Type.Optional(Type.String({ description: 'Dense layer whose input channels are pruned, instead of `layer`' })),
    ),
    order: setting(
      'measure',
      Type.Optional(
        Type.Array(Type.Integer({ minimum: 0 }), {
          minItems: 1,
          description: 'channels in the order to prune them, instead of the ranking',
        }),
      ),
    ),
    checkpoints: setting(
      'measure',
      Type.Array(Type.Number({ exclusiveMinimum: 0, maximum: 100 }), {
        default: [2, 4, 10],
        minItems: 1,
        uniqueItems: true,
        description: 'drops of clean validation accuracy, in points, at which a model is kept',
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
      Type.String({ default: 'data', minLength: 1, description: 'dataset of the images in data files' }),
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
        Type.Array(Type.Number(), {
          minItems: 1,
          description: 'subtracted from every pixel after `scale`: one number, or one for each channel',
        }),
      ),
    ),
    std: setting(
      'data',
      Type.Optional(
        Type.Array(Type.Number({ exclusiveMinimum: 0 }), {
          minItems: 1,
          description: 'what pixels are divided by after `mean`: one number, or one for each channel',
        }),
      ),
    ),
    'min-accuracy': setting('limit', Type.Optional(points('limit: least clean accuracy, percent'))),
    'max-asr': setting('limit', Type.Optional(points('limit: greatest attack success rate over all attacks, percent'))),
    'max-accuracy-drop': setting(
      'limit',
      Type.Optional(points('limit: greatest drop below the original accuracy, points')),
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
      Type.Optional(points('limit: greatest increase of the attack success rate since `baseline`, points')),
    ),
    'max-accuracy-decrease': setting(
      'limit',
      Type.Optional(points('limit: greatest decrease of clean accuracy since `baseline`, points')),
    ),
    accept: setting(
      'limit',
      Type.Array(Type.Union(kinds.map((kind) => Type.Literal(kind))), {
        default: ['original'],
        minItems: 1,
        uniqueItems: true,
        description: 'kinds of file that you are going to ship: original, pruned, goodnet',
      }),
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
export type FileSetting = Static<ReturnType<typeof file>>;

/** A file setting in its long form. */
export const pinned = (setting: FileSetting): PinnedFile => (typeof setting === 'string' ? { file: setting } : setting);

/** The files of one split; null where the config names no clean images for it. */
export function splitFiles(config: Config, name: 'validation' | 'test'): SplitFiles | null {
  const clean = config.clean?.[name];
  if (clean === undefined) return null;
  return {
    clean: pinned(clean),
    attacks: Object.entries(config.attacks).map(([attack, { target, trigger, ...files }]) => [
      attack,
      trigger === undefined ? pinned(files[name]!) : { target: target!, trigger },
    ]),
  };
}

/** The files of one split: clean images, and the poisoned images of each attack. */
export interface SplitFiles {
  clean: PinnedFile;
  attacks: [name: string, images: PinnedFile | StampSetting][];
}

/** An attack whose images are made: the class that the attacker wants, and what is stamped on the clean images. */
export interface StampSetting {
  target: number;
  trigger: NonNullable<Static<typeof attack>['trigger']>;
}

/** How the config says that images and labels are stored, and how pixels become the net's input. */
export function dataFormat(config: Config) {
  return {
    rejects: false,
    dataName: config['data-name'],
    labelName: config['label-name'],
    layout: config.layout,
    resize: config.resize ?? null,
    scale: scaleOf(config.scale),
    mean: config.mean ?? [0],
    std: config.std ?? [1],
    bounds: boundsOf(config),
  };
}

/** The bounds that a config sets. */
export const boundsOf = (config: Pick<Config, 'max-file-bytes' | 'max-memory-bytes'>): Bounds => ({
  fileBytes: config['max-file-bytes'],
  memoryBytes: config['max-memory-bytes'],
});

/** A multiplier as a number. */
export function scaleOf(scale: Config['scale']): number {
  const [dividend, divisor = 1] = typeof scale === 'number' ? [scale] : scale.split('/').map(Number);
  return dividend! / divisor;
}
