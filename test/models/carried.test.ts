import { expect, test } from 'vitest';
import { checkCarried } from '../../src/models/keras/carried.ts';

const megabytes = (): number => process.resourceUsage().maxRSS / 1024;

test('objects inside each other, each said to be shared, take no memory for the text of each', () => {
  const depth = 600;
  const heads = Array.from({ length: depth }, (_, id) => `{"shared_object_id":${id},"inner":`).join('');
  const config = `${heads}"${'x'.repeat(2_000_000)}"${'}'.repeat(depth)}`;
  const before = megabytes();
  checkCarried(config, 'training_config', 'net.h5');
  expect(megabytes() - before).toBeLessThan(400);
});

test('two objects said to be one are alike', () => {
  const pair = (one: object, other: object): string =>
    JSON.stringify([one, other].map((object) => ({ shared_object_id: 7, ...object })));
  expect(() => checkCarried(pair({ a: 1, b: 2 }, { b: 2, a: 1 }), 'training_config', 'net.h5')).not.toThrow();
  expect(() => checkCarried(pair({ a: 1 }, { a: 2 }), 'training_config', 'net.h5')).toThrow(
    /two objects said to be one \(shared_object_id 7\)/,
  );
});

test('no objects with weights are said to be one: they would be those of the first', () => {
  const dense = (name: string, activation: object): object => ({
    class_name: 'Dense',
    config: { name, activation: { ...activation, shared_object_id: 7 } },
  });
  const net = (activation: object): string =>
    JSON.stringify({ class_name: 'Sequential', config: { layers: [dense('a', activation), dense('b', activation)] } });
  const prelu = { class_name: 'PReLU', config: { name: 'p' } };
  const around = { class_name: 'Activation', config: { name: 'q', activation: prelu } };
  const check = (activation: object) => () => checkCarried(net(activation), 'config', 'net.h5');
  for (const activation of [prelu, around]) expect(check(activation)).toThrow(/said to be one \(shared_object_id 7\)/);
  expect(check({ class_name: 'ReLU', config: { name: 'p' } })).not.toThrow();
  const layer = { class_name: 'Dense', config: { name: 'a' }, shared_object_id: 3 };
  const nets = [1, 2].map(() => ({ class_name: 'Sequential', config: { layers: [layer] } }));
  const twice = JSON.stringify({ class_name: 'Sequential', config: { layers: nets } });
  expect(() => checkCarried(twice, 'config', 'net.h5')).toThrow(/said to be one \(shared_object_id 3\)/);
});
