import path from 'node:path';
import { expect, test } from 'vitest';
import { repositoryPath } from '../../src/github/base-file.ts';
import { inside } from '../../src/base/folders.ts';
import { folderNames } from '../../src/models/find-models.ts';
import { link } from '../../src/report/escape.ts';

const { posix, win32 } = path;

test('folder names are the same on both systems', () => {
  const models = ['nets/a.h5', './nets/b.h5', 'nets/x/../c.h5', 'nets/d e.h5'];
  const expected = ['nets__a.h5', 'nets__b.h5', 'nets__c.h5', 'nets__d_e.h5'];
  expect(folderNames(models, posix)).toEqual(expected);
  expect(folderNames(models, win32)).toEqual(expected);
  expect(
    folderNames(
      models.map((model) => model.replaceAll('/', '\\')),
      win32,
    ),
  ).toEqual(expected);
});

test('on Windows a drive is part of a folder name, and what lies above is told apart by a hash', () => {
  expect(folderNames(['C:\\nets\\a.h5'], win32)).toEqual(['C___nets__a.h5']);
  expect(folderNames(['..\\a.h5', 'a.h5'], win32)).toEqual([
    expect.stringMatching(/^a\.h5-[0-9a-f]{8}$/),
    expect.stringMatching(/^a\.h5-[0-9a-f]{8}$/),
  ]);
});

test('names that differ in their case alone do not share a folder: on Windows and macOS they would', () => {
  expect(new Set(folderNames(['Net.h5', 'net.h5'], posix).map((name) => name.toLowerCase())).size).toBe(2);
});

test('names that Windows keeps for itself, or cuts a dot from, are no folders', () => {
  for (const name of folderNames(['CON', 'nul.h5', 'lpt1.keras', 'net.'], posix)) expect(name).toMatch(/-[0-9a-f]{8}$/);
  for (const name of folderNames(['CON', 'nul.h5', 'lpt1.keras'], posix))
    expect(name).not.toMatch(/^(con|nul|lpt1)(\.|$)/i);
});

test('a link has slashes, whichever the path has', () => {
  expect(link('nets__a.h5/model_X=2.h5')).toBe('nets__a.h5/model_X%3D2.h5');
  expect(link('a b/c(1).png')).toBe('a%20b/c%281%29.png');
});

test('what lies inside a folder', () => {
  expect([
    inside('D:\\a', 'D:\\a\\b.h5', win32),
    inside('D:\\a', 'd:\\A\\b.h5', win32),
    inside('D:\\a', 'D:\\a', win32),
    inside('D:\\a', 'D:\\a\\..b', win32),
  ]).toEqual([true, true, true, true]);
  expect([
    inside('D:\\a', 'D:\\ab\\c.h5', win32),
    inside('D:\\a', 'C:\\a\\b.h5', win32),
    inside('D:\\a', '\\\\host\\share\\b', win32),
    inside('/a', '/ab', posix),
    inside('/a', '/', posix),
  ]).toEqual([false, false, false, false, false]);
});

test('paths in the repository have slashes', () => {
  expect(repositoryPath('nets\\x\\..\\a.h5', 'D:\\a\\repo', win32)).toBe('nets/a.h5');
  expect(repositoryPath('./nets//a.h5', '/work', posix)).toBe('nets/a.h5');
});
