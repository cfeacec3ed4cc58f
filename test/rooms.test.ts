import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from './support.ts';

const rooms = readdirSync(path.join(root, 'src'), { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? entry.name : [],
);

test.each(rooms)('one file of %s says what the room is for and what it may import', (room) => {
  const heads = readdirSync(path.join(root, 'src', room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) =>
      readFileSync(path.join(root, 'src', room, name), 'utf8')
        .split('\n')
        .slice(0, 2)
        .join('\n'),
    )
    .filter((head) => head.startsWith('// The room '));
  expect(heads).toEqual([expect.stringMatching(new RegExp(`^// The room ${room}: .+\\.\n// It may import .+\\.$`))]);
});

test('CONTRIBUTING.md and the linter name the same rooms', () => {
  const table = readFileSync(path.join(root, 'CONTRIBUTING.md'), 'utf8').split('## Rooms')[1]!.split('## Recipes')[0]!;
  const named = table.split('\n').flatMap((line) => [...(/^\|([^|]+)\|/.exec(line)?.[1]?.matchAll(/`(\w+)\//g) ?? [])]);
  expect(named.map(([, room]) => room).sort()).toEqual([...rooms].sort());
  const floors = /const floors = \[(.*?)\n\];/s.exec(readFileSync(path.join(root, 'eslint.config.js'), 'utf8'))![1]!;
  expect([...floors.matchAll(/'(\w+)'/g)].map(([, room]) => room).sort()).toEqual([...rooms].sort());
});
