import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isGoodnet } from '../../src/models/net.ts';
import { loadModel, root } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { goodnetBytes } from '../written.ts';

test('a GoodNet is known by what its file holds, whatever it or another net is called', async () => {
  const { model } = await loadModel(path.join(root, 'examples/badnet.h5'));
  const file = path.join(temporaryFolder(), 'plain.h5');
  writeFileSync(file, await goodnetBytes(model, new Map()));
  const repaired = (await loadModel(file)).model;
  expect(repaired.classes).toBe(model.classes + 1);
  expect([repaired, model, { ...model, name: 'goodnet' }, { ...repaired, name: 'net' }].map(isGoodnet)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
