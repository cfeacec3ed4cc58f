// Lints every workflow in the documentation: node .ci/recipes.mjs ACTIONLINT
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const folder = mkdtempSync(path.join(tmpdir(), 'goodnet-recipes-'));
const files = ['README.md', 'docs/recipes.md'].flatMap((document) =>
  [...readFileSync(document, 'utf8').matchAll(/^```yaml\n([\s\S]*?)^```/gm)]
    .filter(([, yaml]) => /^jobs:/m.test(yaml))
    .map(([, yaml], i) => {
      const file = path.join(folder, `${path.basename(document, '.md')}-${i + 1}.yml`);
      writeFileSync(file, yaml);
      return file;
    }),
);
const { status } = spawnSync(process.argv[2] ?? 'actionlint', files, { stdio: 'inherit' });
rmSync(folder, { recursive: true });
if (files.length === 0 || status !== 0)
  throw new Error(`Of ${files.length} workflows in the documentation not all are right.`);
console.log(`${files.length} workflows in the documentation pass`);
