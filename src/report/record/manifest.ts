import { type Static, Type } from '@sinclair/typebox';
import { failure } from '../../base/errors.ts';
import { checkerInPlace } from '../../base/schema.ts';
import { type Report, reportSchema } from './report.ts';
import { checkVersioned, type Json, parseJson } from './versioned.ts';

export const manifestName = 'manifest.json';

/** A path below the folder, none that leaves it: no `..`, no root, no drive, no backslash. */
const below = '^(?!\\.{1,2}(/|$))[\\w.=+-]+(/(?!\\.{1,2}(/|$))[\\w.=+-]+)*$';

/** What one run put into its output folder, and what it was made from. `goodnet verify` holds a folder against it. */
export const manifestSchema = Type.Object(
  {
    schemaVersion: Type.Literal(1),
    tool: Type.Literal('goodnet'),
    version: Type.String(),
    engine: Type.String(),
    config: reportSchema.properties.config,
    inputs: reportSchema.properties.inputs,
    outputs: Type.Array(
      Type.Object({
        path: Type.String({ pattern: below, description: 'below the folder' }),
        bytes: Type.Integer({ minimum: 0 }),
        sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
      }),
      { description: 'every file of the run but this one' },
    ),
  },
  { title: 'goodnet manifest' },
);

export type Manifest = Static<typeof manifestSchema>;

/** The text of the manifest of a run whose files are `outputs`. */
export function manifestText({ config, inputs, run }: Report, outputs: readonly Manifest['outputs'][number][]): string {
  const manifest: Manifest = {
    schemaVersion: 1,
    tool: 'goodnet',
    version: run.version,
    engine: run.engine,
    config,
    inputs,
    outputs: [...outputs],
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

const check = checkerInPlace(manifestSchema);

/** Reads somebody's manifest; `name` is how messages call it. Throws `manifest-version`, `report-size` or `manifest-invalid`. */
export function parseManifest(json: Json, name: string): Manifest {
  const manifest = checkVersioned(parseJson(json, name, 'manifest'), name, 'manifest', check);
  const seen = new Set<string>();
  for (const { path } of manifest.outputs) {
    if (seen.has(path.toLowerCase())) throw failure('manifest-invalid', name, { cause: `lists ${path} twice` });
    seen.add(path.toLowerCase());
  }
  return manifest;
}
