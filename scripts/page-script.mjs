// Builds the script of report.html: small, and with nothing in it that ends a script element.
import { build } from 'esbuild';

const licence =
  '/* Drawn with Apache ECharts (Apache License 2.0) and zrender (BSD 3-Clause, Copyright (c) 2017 Baidu Inc.); the full texts are in THIRD-PARTY-LICENSES.txt of goodnet. */';

/** Writes the script to `outfile` and answers esbuild's account of it. */
export async function buildPageScript(outfile) {
  const { metafile } = await build({
    entryPoints: ['src/report/html/client.ts'],
    outfile,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    platform: 'browser',
    charset: 'ascii',
    legalComments: 'none',
    banner: { js: licence },
    logLevel: 'warning',
    metafile: true,
    absWorkingDir: new URL('..', import.meta.url).pathname,
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return metafile;
}
