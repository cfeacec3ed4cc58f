import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { defenses, findingSchemas } from '../../src/defense/registry.ts';
import { root } from '../support.ts';

test('every folder of defense/ with a file of its name is a defense in the registry', () => {
  const rooms = path.join(root, 'src/defense');
  const folders = readdirSync(rooms).filter((name) => existsSync(path.join(rooms, name, `${name}.ts`)));
  expect(defenses.map(({ name }) => name).sort()).toEqual(folders.sort());
});

test('no two defenses say different things by one word in the record', () => {
  const words = [
    ...defenses.flatMap(({ trace }) => Object.keys(trace)),
    ...findingSchemas.map(({ properties }) => properties.code.const),
  ];
  expect(words).toHaveLength(new Set(words).size);
});
