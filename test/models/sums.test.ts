import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultBounds } from '../../src/base/limits.ts';
import { openHdf5 } from '../../src/formats/hdf5.ts';
import { mergingLayers } from '../../src/models/layers/merging.ts';
import { readModel } from '../../src/models/formats.ts';
import { inMemory } from '../../src/formats/byte-source.ts';
import type { Shape } from '../../src/models/net.ts';
import { fixtures, loadModel } from '../support.ts';
import { goodnetBytes } from '../written.ts';

/** Keras 3 adds an operand with one axis above 1, the batch axis counted, as a bias of the last axis, or of the first, if that has as many numbers. */
describe.each(['Add', 'Average'])('%s, which Keras 3 computes by another rule in some batches', (name) => {
  const output = (...shapes: Shape[]) => mergingLayers[name]!.output({}, shapes);
  test.each<[Shape[], Shape]>([
    [[[4], [4]], [4]],
    [
      [
        [8, 8, 4],
        [8, 8, 4],
      ],
      [8, 8, 4],
    ],
    [
      [
        [8, 8, 4],
        [1, 1, 4],
      ],
      [8, 8, 4],
    ],
    [
      [
        [1, 1, 4],
        [8, 8, 4],
      ],
      [8, 8, 4],
    ],
    [[[1], [4]], [4]],
    [[[1], [1]], [1]],
    [
      [
        [8, 8, 4],
        [8, 1, 1],
      ],
      [8, 8, 4],
    ],
    [
      [
        [8, 5, 4],
        [1, 5, 1],
      ],
      [8, 5, 4],
    ],
    [
      [
        [8, 8, 4],
        [1, 8, 4],
      ],
      [8, 8, 4],
    ],
    [
      [
        [2, 3, 4],
        [2, 3, 4],
        [2, 3, 4],
      ],
      [2, 3, 4],
    ],
  ])('takes %j', (shapes, answer) => expect(output(...shapes)).toEqual(answer));
  test.each<[Shape[]]>([
    [[[4], [1]]],
    [
      [
        [8, 8, 4],
        [1, 8, 1],
      ],
    ],
    [
      [
        [4, 8, 4],
        [4, 1, 1],
      ],
    ],
    [
      [
        [8, 8, 4],
        [1, 1, 1],
      ],
    ],
    [
      [
        [8, 8, 4],
        [8, 8, 4],
        [1, 8, 1],
      ],
    ],
  ])('refuses %j', (shapes) => expect(() => output(...shapes)).toThrow(/which Keras 3 takes for a bias/));
});

test('a GoodNet adds its scores to their maximum, not that to them', async () => {
  const { model } = await loadModel(path.join(fixtures, 'spellings/by_name.keras2.h5'));
  const bytes = await goodnetBytes(model, new Map());
  const file = await openHdf5(inMemory('goodnet.h5', bytes));
  const { layers } = (
    JSON.parse(file.attribute('', 'model_config') as string) as {
      config: { layers: { name: string; class_name: string; inbound_nodes: [string][][] }[] };
    }
  ).config;
  file.close();
  const sums = layers.filter(({ name, class_name: kind }) => kind === 'Add' && name.endsWith('_below'));
  expect(sums.length).toBe(4);
  for (const { inbound_nodes: nodes } of sums) expect(nodes[0]![0]![0]).toMatch(/_minus_max$/);
  await readModel({
    name: 'goodnet.h5',
    bytes,
    sha256: '',
    architecture: null,
    memoryBytes: defaultBounds.memoryBytes,
  });
});

test('an object shared by what is no integer is refused: Python takes true for 1', async () => {
  const whole = readFileSync(path.join(fixtures, 'spellings/flags.keras2.h5'));
  const file = await openHdf5(inMemory('net.h5', whole));
  const config = file.attribute('', 'model_config') as string;
  file.close();
  const { checkCarried } = await import('../../src/models/keras/carried.ts');
  const net = JSON.parse(config) as { config: { layers: { shared_object_id?: unknown }[] } };
  const shared = (id: unknown): string => {
    net.config.layers[0]!.shared_object_id = id;
    return JSON.stringify(net);
  };
  for (const id of [1, 0, null]) expect(() => checkCarried(shared(id), 'config', 'net.h5')).not.toThrow();
  for (const id of [true, false, 1.5, '1', []])
    expect(() => checkCarried(shared(id), 'config', 'net.h5')).toThrow(/which is no integer/);
});
