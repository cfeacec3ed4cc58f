import { expect, test } from 'vitest';
import { attackOf, type GivenFile, guess, joined, ordered, type Role } from '../../src/tab/given.ts';

test.each<[string, Role]>([
  ['badnet.h5', 'model'],
  ['resistant.h5', 'model'],
  ['net.onnx', 'model'],
  ['clean_net.keras', 'model'],
  ['sunglasses_bd_net.h5', 'model'],
  ['my.weights.h5', 'model'],
  ['net.json', 'architecture'],
  ['clean_valid.h5', 'clean'],
  ['valid.h5', 'clean'],
  ['images.npz', 'clean'],
  ['clean_test.h5', 'test-clean'],
  ['test.h5', 'test-clean'],
  ['poisoned_valid.h5', 'poisoned'],
  ['bd_valid.h5', 'poisoned'],
  ['sunglasses_poisoned_data.h5', 'poisoned'],
  ['Poisoned-Test.H5', 'test-poisoned'],
  ['bd_test.h5', 'test-poisoned'],
  ['notes.txt', 'none'],
  ['goodnet.yml', 'none'],
  ['test.png', 'none'],
])('%s is taken for %s', (name, role) => {
  expect(guess(name, false)).toBe(role);
});

test('a folder is one of images', () => {
  expect([guess('digits', true), guess('poisoned', true), guess('test', true), guess('net', true)]).toEqual([
    'clean',
    'poisoned',
    'test-clean',
    'clean',
  ]);
});

test.each([
  ['poisoned_valid.h5', 'poisoned'],
  ['bd_test.h5', 'poisoned'],
  ['sunglasses_poisoned_data.h5', 'sunglasses'],
  ['anonymous_1_poisoned_data.h5', 'anonymous'],
  ['poisoned-valid-blend.h5', 'blend'],
  ['4x4.h5', 'x4'],
])('%s is of the attack %s', (name, attack) => {
  expect(attackOf(name)).toBe(attack);
});

const given = (name: string, role: Role): GivenFile => ({
  name,
  role,
  isFolder: false,
  files: [[name, new Blob(['bytes'])]],
});

test('an order tells what is what, and leaves out what is not used', () => {
  const all = [
    given('net.h5', 'model'),
    given('clean.h5', 'clean'),
    given('poisoned.h5', 'poisoned'),
    given('blend.h5', 'poisoned'),
    given('more_poisoned.h5', 'none'),
  ];
  const order = ordered(all)!;
  expect(order.files.map(([path]) => path)).toEqual(['net.h5', 'clean.h5', 'poisoned.h5', 'blend.h5']);
  expect([order.model, order.data, order.settings]).toEqual([
    'net.h5',
    {
      clean: ['clean.h5'],
      'test-clean': [],
      poisoned: ['poisoned=poisoned.h5', 'blend=blend.h5'],
      'test-poisoned': [],
    },
    {},
  ]);
});

test('without a model there is nothing to order, and with two it is asked which', () => {
  expect(ordered([given('clean.h5', 'clean')])).toBeNull();
  expect(() => ordered([given('a.h5', 'model'), given('b.h5', 'model')])).toThrow('b.h5: a second model');
});

test('attacks and files of the same name are told apart', () => {
  const all = joined([given('poisoned.h5', 'poisoned')], [given('poisoned.h5', 'poisoned'), given('net.h5', 'model')]);
  expect(all.map(({ name, files }) => [name, files[0]![0]])).toEqual([
    ['poisoned.h5', 'poisoned.h5'],
    ['2/poisoned.h5', '2/poisoned.h5'],
    ['net.h5', 'net.h5'],
  ]);
  expect(ordered(all)!.data.poisoned).toEqual(['poisoned=poisoned.h5', 'poisoned-2=2/poisoned.h5']);
});
