import type { Metafile } from 'esbuild';

export function buildPageScript(outfile: string): Promise<Metafile>;
