import { failure } from '../../base/errors.ts';
import { classesWithout, imagesByClass } from '../../data/labels.ts';
import type { Chunks } from '../../engine/chunks.ts';
import { type Halves, mulberry32, split } from '../../engine/training/draw.ts';
import type { Subject } from '../defense.ts';

/** What nets are trained on: a split of the clean validation images, the same for every training. */
export interface Ground {
  subject: Subject;
  clean: Chunks;
  halves: Halves;
  /** How many images the class with the fewest has. */
  fewest: number;
}

const splitSeed = 1;

const halfPrecisions: ReadonlySet<string> = new Set(['float16', 'bfloat16']);

/** Throws `class-without-images`, for a net forgets a class that nothing reminds it of, and `half-weights`. */
export function groundOf(subject: Subject, clean: Chunks): Ground {
  const { model } = subject;
  if (halfPrecisions.has(model.precision)) throw failure('half-weights', model.file, { precision: model.precision });
  const { count, labels } = clean.data;
  const images = imagesByClass(labels, model.classes);
  const missing = classesWithout(images);
  if (missing !== null) throw failure('class-without-images', model.file, missing);
  return { subject, clean, halves: split(count, mulberry32(splitSeed)), fewest: Math.min(...images) };
}
