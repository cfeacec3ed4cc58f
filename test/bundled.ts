import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Metafile } from 'esbuild';
import { root } from './support.ts';

/** Builds the bundles into `folder`/dist, as an installed package has them; answers esbuild's account of what is in each. */
export async function bundleInto(folder: string): Promise<Metafile> {
  const { bundle } = (await import(pathToFileURL(path.join(root, 'scripts/bundle.mjs')).href)) as { bundle: (outdir: string) => Promise<Metafile> };
  const dist = path.join(folder, 'dist');
  mkdirSync(dist);
  copyFileSync(path.join(root, 'package.json'), path.join(folder, 'package.json'));
  return bundle(dist);
}
