// CommonJS parts inside the bundle find Node's own modules through a require that ES modules lack, and their place under names that no part declares itself.
const require_ = [
  "import{createRequire as __createRequire}from'node:module';",
  "import{fileURLToPath as __toPath}from'node:url';",
  'const require=__createRequire(import.meta.url),__bundleFile=__toPath(import.meta.url),__bundleFolder=__toPath(new URL(".",import.meta.url));',
].join('');

/** How every bundle is built. */
export const bundle = {
  bundle: true, platform: 'node', format: 'esm', target: 'node20', legalComments: 'none', logLevel: 'warning', minifySyntax: true, minifyWhitespace: true,
  conditions: ['import'], mainFields: ['module', 'main'], define: { __filename: '__bundleFile', __dirname: '__bundleFolder' },
  banner: { js: require_ },
};
