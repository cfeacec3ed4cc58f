import { expect, test } from 'vitest';
import { difference } from '../fuzz-keras/compare.ts';
import { imagesOf } from '../fuzz-keras/images.ts';

const answers = { classes: [0, 1], scores: [0.9, 0.1, 0.2, 0.8], tied: [] as number[] };

test('the same answers do not differ, nor those of a file that Keras cannot load', () => {
  expect(difference(answers, answers)).toBeNull();
  expect(difference(answers, { failed: 'ValueError: no' })).toBeNull();
  expect(difference(answers, { ended: 'exit SIGSEGV' })).toBeNull();
});

test('another class, another score, another number of scores and answers that cannot be compared differ', () => {
  expect(difference(answers, { ...answers, classes: [0, 0] })).toBe('1 of 2 classes differ');
  expect(difference(answers, { ...answers, scores: [0.9, 0.1, 0.25, 0.75] })).toBe(
    'the same classes, scores up to 0.050 apart',
  );
  expect(difference(answers, { ...answers, scores: [0.9, 0.1] })).toBe('4 and 2 scores');
  expect(difference(answers, { failed: 'it answers what is no finite number', loaded: true })).toBe(
    'it answers what is no finite number',
  );
});

test('a tied image is passed over, its neighbour is not', () => {
  expect(difference(answers, { ...answers, classes: [0, 0], tied: [1] })).toBeNull();
  expect(difference(answers, { ...answers, classes: [0, 0], tied: [0] })).toBe('1 of 2 classes differ');
});

test('the images are those of images.py', () => {
  expect([...imagesOf(1).slice(0, 4)]).toEqual([-2, -1.8326196670532227, 0.038257237523794174, 1.3032108545303345]);
});
