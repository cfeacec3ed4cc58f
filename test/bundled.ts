import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { bundle } from '../scripts/bundle.mjs';
import { root, temporaryFolder } from './support.ts';

/** The command line as it is shipped, bundled from the sources as they are: the path of its script. */
export async function bundledCli(): Promise<string> {
  const home = temporaryFolder();
  mkdirSync(path.join(home, 'dist'));
  copyFileSync(path.join(root, 'package.json'), path.join(home, 'package.json'));
  await bundle(path.join(home, 'dist'), { cli: 'src/cli.ts' });
  return path.join(home, 'dist/cli.js');
}
