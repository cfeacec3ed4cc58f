import { build } from 'esbuild';
import { bundle } from '../scripts/bundle.mjs';

/** A thread runs JavaScript: the tests' own bundle of the model reader, from the sources as they are. */
export default async function setup() {
  await build({ ...bundle, entryPoints: { 'model-reader': 'src/model-reader.ts' }, outdir: 'node_modules/.goodnet' });
}
