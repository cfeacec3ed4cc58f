import type { Metafile } from 'esbuild';

export function bundleTab(outdir: string): Promise<Pick<Metafile, 'inputs'>>;
