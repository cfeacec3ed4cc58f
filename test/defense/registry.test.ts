import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { defenses } from '../../src/defense/registry.ts';
import { root } from '../support.ts';

test('every folder of defense/ is a defense in the registry, by its name', () => {
  const entries = readdirSync(path.join(root, 'src/defense'), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(defenses.map(({ name }) => name).sort()).toEqual(folders.sort());
});

test('no two defenses say different things by one word in the record', () => {
  const words = defenses.flatMap(({ trace, findings }) => [
    ...Object.keys(trace),
    ...findings.map(({ properties }) => properties.code.const),
  ]);
  expect(words).toHaveLength(new Set(words).size);
});
