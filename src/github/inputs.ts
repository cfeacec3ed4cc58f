import { type Static, Type } from '@sinclair/typebox';
import { type Config, configSchema } from '../settings/config.ts';
import { failure } from '../base/errors.ts';
import { checker } from '../base/schema.ts';
import { shardPhases } from '../engine/shards/share.ts';
import { dataInputs, dataInputSettings, fromYaml, yamlMap } from './data-inputs.ts';
import { inCapitals, refuseUnknown } from './unknown-inputs.ts';

const oneOf = <const T extends string>(names: readonly T[], fallback: T, description: string) =>
  Type.Union(
    names.map((name) => Type.Literal(name)),
    { default: fallback, description },
  );

/** The inputs that are the action's own; the others are the settings of the config. */
export const actionSchema = Type.Object(
  {
    mode: oneOf(
      ['defend', 'plan', 'shard', 'merge', 'comment'],
      'defend',
      '`defend` evaluates models; `plan` lists them as a matrix of jobs; `shard` counts what one of several jobs of a model has to; `merge` joins the reports and scans of those jobs, or evaluates models by what shards counted; `comment` tells the report of another run',
    ),
    'config-file': Type.Optional(
      Type.String({ description: 'settings as YAML or JSON (default: `.github/goodnet.yml`, if it is there)' }),
    ),
    matrix: Type.Optional(Type.String({ description: 'with `mode: merge`: the output `matrix` of the plan' })),
    plan: Type.Optional(
      Type.String({
        maxLength: 100,
        description: "in a job of a matrix: `matrix.plan`, by which `mode: merge` knows the job's report",
      }),
    ),
    shards: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 256,
        description: 'with `mode: plan`: as how many jobs each model is counted, in the phases of `mode: shard`',
      }),
    ),
    shard: Type.Optional(
      Type.String({ maxLength: 7, description: 'with `mode: shard`: `matrix.shard`, which of those jobs this one is' }),
    ),
    phase: Type.Optional(
      Type.Union(
        shardPhases.map((name) => Type.Literal(name)),
        {
          description:
            'with `mode: shard`: what is counted, `rank`, then `sweep`, then `test`, if there are test images; each takes all shards of the one before',
        },
      ),
    ),
    report: Type.Optional(
      Type.String({
        description:
          'with `mode: comment`: the report.json of the other run, with the scan.json beside it if there is one; figures and verdict are made again from its counts',
      }),
    ),
    'only-changed': Type.Boolean({
      default: false,
      description:
        'evaluate only models that the pull request or push touched; all of them where their data, architecture, config or workflow changed, or where nobody can tell',
    }),
    scan: Type.Boolean({
      default: false,
      description:
        'with `mode: defend`: look for triggers that nobody told of in the same models first, as `goodnet scan` does, into the folder `out` with `-scan` behind it; `max-anomaly-index` is its limit; with `merge` and `comment`, which judge every scan that is there: a model without one is refused, also where nothing was scanned',
    }),
    'baseline-artifact': Type.Optional(
      Type.String({
        maxLength: 200,
        description:
          'instead of `baseline`: the artifact with the report, of the newest successful run of this workflow on the base branch (without a pull request: the default branch); needs `actions: read`',
      }),
    ),
    'warn-only': Type.Boolean({
      default: false,
      description:
        'do not fail the job where the gate is not met; a model or setting that is refused fails it all the same',
    }),
    'comment-summary-in-pr': oneOf(
      ['always', 'on-failure', 'never'],
      'never',
      'when to comment on the pull request; needs `pull-requests: write`',
    ),
    'comment-key': Type.Optional(
      Type.String({
        maxLength: 100,
        description:
          'tells several comments on one pull request apart (default: the workflow, the job, and the inputs `models` and `config-file`)',
      }),
    ),
    'pr-number': Type.Optional(
      Type.Integer({
        minimum: 1,
        description:
          'pull request to comment on, and whose base commit has the limits (default: the one that the event is about)',
      }),
    ),
    'repo-token': Type.Optional(
      Type.String({ description: 'token for comments, for what changed, and for the base commit' }),
    ),
    upload: oneOf(
      ['all', 'recommended', 'none'],
      'all',
      'which repaired models to upload; `none` uploads no report either',
    ),
    'artifact-name': Type.Optional(
      Type.String({
        maxLength: 200,
        description:
          "artifact of the models; the report's is called the same with `-report` behind it, that of a scan with `-scan` (default: unique to the job); with `mode: merge`: what the names of the jobs' artifacts begin with",
      }),
    ),
    'retention-days': Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 90,
        description: "days to keep the artifacts (default: the repository's setting)",
      }),
    ),
    'compression-level': Type.Integer({
      default: 0,
      minimum: 0,
      maximum: 9,
      description: "of the models' artifact; weights hardly compress",
    }),
  },
  { additionalProperties: false },
);

export type ActionInputs = Static<typeof actionSchema>;

/** The settings of the config that are inputs by their own name: all but the clean images. */
export const settingInputs = Object.keys(configSchema.properties).filter((name) => !(name in dataInputs));

/** Every input with its meaning and default, the models first: action.yml and docs/reference.md are written from this. */
export const actionInputs: { name: string; description: string; fallback: Property['default'] }[] = [
  ...['models'].map((name) => described(name, configSchema.properties.models)),
  ...Object.entries(actionSchema.properties).map(([name, property]) => described(name, property)),
  ...Object.entries(dataInputs).map(([name, description]) => ({ name, description, fallback: undefined })),
  ...settingInputs
    .filter((name) => name !== 'models')
    .map((name) => described(name, (configSchema.properties as Record<string, Property>)[name]!)),
];

function described(name: string, property: Property) {
  const { description = '', type, default: fallback } = property;
  const yaml =
    type === 'object' ? '; YAML as in the config file' : takesMap(property) ? '; or `{ file: F, sha256: H }`' : '';
  return { name, description: description + yaml, fallback: type === 'object' ? undefined : fallback };
}

/** The action's own inputs, and the settings that the others give. */
export interface Inputs {
  action: ActionInputs;
  settings: Partial<Config>;
}

const check = checker(actionSchema);

/** Reads `INPUT_*` as the runner sets them, in whatever case. An empty input counts as not given. Throws `input-invalid` or `usage`. */
export function readInputs(variables: Readonly<Record<string, string | undefined>>): Inputs {
  const env = inCapitals(variables);
  refuseUnknown(
    env,
    actionInputs.map(({ name }) => name),
  );
  const text = (name: string): string => (env[variable(name)] ?? '').trim();
  const given = (names: readonly string[], properties: Record<string, Property>) =>
    Object.fromEntries(
      names.filter((name) => text(name) !== '').map((name) => [name, typed(name, text(name), properties[name]!)]),
    );
  const own = actionSchema.properties as Record<string, Property>;
  const checked = check(given(Object.keys(own), own));
  if ('problem' in checked)
    throw failure('input-invalid', checked.key || 'inputs', { cause: checked.problem, fix: checked.fix });
  const action = placed(artifactChecked(checked.value));
  return {
    action,
    settings: {
      ...given(settingInputs, configSchema.properties),
      ...dataInputSettings(text),
      ...artifactAsBaseline(action, text('baseline') !== ''),
    },
  };
}

/** An artifact counts as the setting `baseline`, under a name that says what it is. Throws `usage`. */
function artifactAsBaseline({ 'baseline-artifact': name }: ActionInputs, beside: boolean): Partial<Config> {
  if (name === undefined) return {};
  if (beside)
    throw failure('usage', 'baseline-artifact', { cause: 'stands beside `baseline`', fix: 'keep one of them' });
  return { baseline: `artifact ${name}` };
}

interface Property {
  type?: string;
  anyOf?: Property[];
  items?: Property;
  description?: string;
  default?: string | number | boolean | readonly (string | number)[];
}

/** Whether a file may be pinned: `{ file, sha256 }` in place of its name. */
function takesMap({ anyOf = [] }: Property): boolean {
  return anyOf.some(({ type }) => type === 'object');
}

const variable = (name: string): string => `INPUT_${name.toUpperCase()}`;
const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** `0x14` and `Infinity` are numbers to JavaScript alone. */
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Entries on lines or between commas; a comma inside the braces or brackets of a pattern is part of it. */
function entriesOf(text: string): string[] {
  let depth = 0;
  const inLines = Array.from(text, (letter) => {
    depth += '{[('.includes(letter) ? 1 : '}])'.includes(letter) ? -1 : 0;
    return letter === ',' && depth === 0 ? '\n' : letter;
  });
  return lines(inLines.join(''));
}

/** Text to the type that the schema asks for; fractions and percentages stay texts, as in the config file. */
function typed(name: string, text: string, property: Property): unknown {
  const { type, anyOf = [] } = property;
  if (takesMap(property) && yamlMap.test(text)) return fromYaml(name, text);
  const entries = anyOf.find((branch) => branch.type === 'array')?.items;
  if (entries !== undefined) return entriesOf(text).map((part) => typed(name, part, entries));
  const numeric = anyOf.some((branch) => branch.type === 'number');
  switch (numeric && !/[%/]/.test(text) ? 'number' : type) {
    case 'object':
      return fromYaml(name, text);
    case 'number':
    case 'integer': {
      const value = decimal.test(text) ? Number(text) : NaN;
      if (!Number.isFinite(value))
        throw failure('input-invalid', name, { cause: `${text} is no number`, fix: 'write a decimal number' });
      return value;
    }
    case 'boolean':
      if (!/^(true|false)$/i.test(text))
        throw failure('input-invalid', name, {
          cause: `${text} is neither true nor false`,
          fix: 'write `true` or `false`',
        });
      return text.toLowerCase() === 'true';
    default:
      return text;
  }
}

/** Source of the characters: the artifact service refuses them, and does so after the long work. */
function artifactChecked(inputs: ActionInputs): ActionInputs {
  for (const input of ['artifact-name', 'baseline-artifact'] as const) {
    const name = inputs[input] ?? '';
    if (/^\.+$/.test(name))
      throw failure('input-invalid', input, { cause: 'is made of dots, which name a folder', fix: 'give it a name' });
    if (/[":<>|*?\r\n\\/]/.test(name)) {
      throw failure('input-invalid', input, {
        cause: 'holds a character that no artifact may have in its name',
        fix: 'leave out " : < > | * ? \\ / and line breaks',
      });
    }
  }
  return inputs;
}

/** What each of these modes takes and no other. */
const ofMode = { plan: ['shards'], shard: ['shard', 'phase'] } as const;

/** An input that its mode does not take would be nothing: whoever divides a run and names no mode would have it made many times. Throws `usage`. */
function placed(inputs: ActionInputs): ActionInputs {
  for (const [mode, names] of Object.entries(ofMode))
    for (const name of names)
      if (inputs[name] !== undefined && inputs.mode !== mode)
        throw failure('usage', name, { cause: `is for \`mode: ${mode}\` alone`, fix: `set \`mode: ${mode}\`` });
  return inputs;
}
