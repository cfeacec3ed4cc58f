import { type Static, Type } from '@sinclair/typebox';
import { images, nullable, oneOf, percentage } from '../../verdict/figure-schema.ts';
import { type Config, whoComputes } from '../../settings/config.ts';
import type { Source } from '../../settings/resolve-config.ts';
import { type Report, reportSchema } from './report.ts';
import { type ScanFinding, scanFindings } from './scan-findings.ts';
import { largestIndex } from '../../defense/reversal/masks.ts';

const index = Type.Integer({ minimum: 0 });
const counted = (description: string) => Type.Integer({ minimum: 0, description });
const file = Type.String({ pattern: '^[\\w.=+-]+(/[\\w.=+-]+)*$', description: 'path below the output folder' });

const pictured = Type.Object(
  {
    pattern: file,
    mask: file,
    hits: nullable(images),
  },
  {
    description:
      'the trigger as PNG files, and how many of the images of other classes get the class with these on them; null where they cannot be stamped',
  },
);

const trigger = Type.Object({
  target: index,
  steps: Type.Integer({ minimum: 1, description: 'how long its trigger was looked for' }),
  l1: Type.Number({ minimum: 0, description: 'mask size: the sum of the mask, in pixels' }),
  success: Type.Number({
    minimum: 0,
    maximum: 1,
    description: 'share of the images given the class in the ten steps before it was found',
  }),
  reached: Type.Boolean({ description: 'whether 98% of the images were given the class' }),
  works: Type.Boolean({ description: 'whether its success is at least 0.9: the size of another mask says nothing' }),
  anomalyIndex: nullable(
    Type.Number({ description: 'among all classes searched for as many steps; null where they are fewer than three' }),
  ),
  images: counted('clean images of other classes'),
  before: counted('how many of them are given the class without a trigger'),
  picture: nullable(pictured),
});

const model = Type.Object({
  name: Type.String({ description: 'its folder below the output folder' }),
  path: Type.String(),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  classes: Type.Integer({ minimum: 2 }),
  images,
  fewest: counted('images of the class with the fewest'),
  correct: images,
  accuracy: percentage,
  triggers: Type.Array(trigger, { description: 'one for each class, the smallest masks of those that work first' }),
  limit: nullable(
    Type.Object({
      setting: Type.Literal('max-anomaly-index'),
      limit: Type.Number(),
      actual: nullable(
        Type.Number({ description: 'the largest index of a trigger that works; null where none has one' }),
      ),
      met: Type.Boolean(),
    }),
  ),
  sheet: file,
  attacks: nullable(file),
  findings: Type.Array(Type.Union(scanFindings)),
});

const { errors, config, inputs, files, run } = reportSchema.properties;

/** What `goodnet scan` found. Fields may be added; these stay. */
export const scanSchema = Type.Object(
  {
    schemaVersion: Type.Literal(1),
    passed: Type.Boolean({ description: 'whether `verdict` is `passed` or `ungated`' }),
    verdict: oneOf('passed', 'failed', 'ungated', 'error'),
    errors,
    config,
    inputs,
    models: Type.Array(model),
    files,
    run,
  },
  { title: 'goodnet scan' },
);

export type Scan = Omit<Static<typeof scanSchema>, 'models'> & { models: ModelScan[] };
export type ModelScan = Omit<Static<typeof model>, 'findings'> & { findings: ScanFinding[] };
export type ScannedTrigger = Static<typeof trigger>;

/** The file that a scan is recorded in. */
export const scanName = 'scan.json';

/** The text of that file. */
export const scanText = (scan: Scan): string => `${JSON.stringify(scan, null, 2)}\n`;

/** The limit on the largest index. Where there is none it is not met. */
export function limitOn(triggers: readonly ScannedTrigger[], limit: number | undefined): ModelScan['limit'] {
  if (limit === undefined) return null;
  const actual = largestIndex(triggers);
  return { setting: 'max-anomaly-index', limit, actual, met: actual !== null && actual <= limit };
}

/** Whether a net meets the limit; where none is set it does. */
export const withinLimit = ({ limit }: Pick<ModelScan, 'limit'>): boolean => limit?.met !== false;

/** A clean image with a trigger on it, and what the net answers. */
export interface StampedImage {
  /** Its true class. */
  label: number;
  answer: number;
  /** A PNG file, base64. */
  png: string;
}

/** The pictures of a net's first triggers, as base64 of PNG files. */
export type ScanPictures = { target: number; pattern: string; mask: string; images: StampedImage[] }[];

/** What was scanned, and the files that were read for it. */
interface Scanned {
  model: ModelScan;
  inputs: readonly { file: string; bytes: number; sha256: string; samples: number | null }[];
}

interface ScanFacts {
  errors: Report['errors'];
  config: Config;
  sources: Record<string, Source>;
  run: Report['run'];
}

/** Joins the models to a record. */
export function assembleScan(
  scanned: readonly Scanned[],
  files: readonly string[],
  { errors, config, sources, run }: ScanFacts,
): Scan {
  const verdict = verdictOn(scanned, errors);
  const read = scanned.flatMap(({ inputs }) => inputs);
  const inputs = new Map(read.map(({ file: path, ...input }) => [JSON.stringify([path, input]), { path, ...input }]));
  return {
    schemaVersion: 1,
    passed: verdict === 'passed' || verdict === 'ungated',
    verdict,
    errors,
    config: Object.fromEntries(
      Object.entries(config)
        .filter(([key]) => !whoComputes.includes(key))
        .map(([key, value]) => [key, { value, source: sources[key]! }]),
    ),
    inputs: [...inputs.values()],
    models: scanned.map(({ model }) => model),
    files: [...files],
    run,
  };
}

function verdictOn(scanned: readonly Scanned[], errors: Report['errors']): Scan['verdict'] {
  if (errors.length > 0) return 'error';
  const limits = scanned.flatMap(({ model }) => model.limit ?? []);
  if (limits.length === 0) return 'ungated';
  return limits.every(({ met }) => met) ? 'passed' : 'failed';
}
