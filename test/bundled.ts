import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Metafile } from 'esbuild';
import { buildPageScript } from '../scripts/page-script.mjs';
import { root } from './support.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Builds the bundles into `folder`/dist, as an installed package has them; answers esbuild's account of what is in each. */
export async function bundleInto(folder: string): Promise<Metafile> {
  copyFileSync(path.join(root, 'package.json'), path.join(folder, 'package.json'));
  return bundleOf(path.join(folder, 'dist'));
}

/** Builds bundles into a folder: the product's, or those of other files by name. */
export async function bundleOf(folder: string, entryPoints?: Record<string, string>): Promise<Metafile> {
  const { bundle } = (await import(pathToFileURL(path.join(root, 'scripts/bundle.mjs')).href)) as {
    bundle: (outdir: string, options: { entryPoints?: Record<string, string> }) => Promise<Metafile>;
  };
  mkdirSync(folder, { recursive: true });
  return bundle(folder, entryPoints === undefined ? {} : { entryPoints });
}

/** The command line as it is shipped, bundled from the sources as they are: the path of its script. */
export async function bundledCli(): Promise<string> {
  const home = temporaryFolder();
  await bundleInto(home);
  await buildPageScript(path.join(home, 'dist/report-page.js'));
  return path.join(home, 'dist/cli.js');
}
