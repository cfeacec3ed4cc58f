import { failure } from '../../base/errors.ts';
import type { Model, Shape } from '../net.ts';
import { agree } from './topology.ts';
import type { Topology } from '../build-model.ts';

/**
 * Holds the input shapes that a file declares for its layers against those that the layers get. Keras builds a layer by the declared one, whose
 * number of axes and last axis decide its weights; the sizes of images may differ, since a layer may come from another net. A net inside takes its own
 * shape only: Keras takes an axis off a tensor that has one more, or adds one. Throws `layer-option`.
 */
export function checkDeclaredShapes(
  { layers, entries = [] }: Topology,
  { calls, file }: Pick<Model, 'calls' | 'file'>,
): void {
  const shapes = new Map(calls.map(({ id, shape }) => [id, shape]));
  const given = new Map<string, (Shape | undefined)[]>();
  for (const { layer, inputs } of calls)
    given.set(layer.name, [...(given.get(layer.name) ?? []), ...inputs.map((id) => shapes.get(id))]);
  const configs = new Map(layers.map(({ name, config }) => [name, config]));
  for (const { layer, tensor } of entries) {
    const { batch_input_shape: early, batch_shape: declared = early } = configs.get(layer)!;
    const shape = shapes.get(tensor);
    if (shape !== undefined && !agree(declared, [null, ...shape]))
      throw failure('layer-option', file, {
        layer,
        className: 'InputLayer',
        cause: `it declares the shape ${JSON.stringify(declared)}, and its model is called on ${JSON.stringify([null, ...shape])}`,
      });
  }
  for (const { name, className, declaredShapes = [] } of layers) {
    const wrong = declaredShapes
      .flatMap(each)
      .find((declared) => !given.get(name)?.some((shape) => shape !== undefined && fits(declared, shape)));
    if (wrong !== undefined && given.has(name))
      throw failure('layer-option', file, {
        layer: name,
        className,
        cause: `the file says that its input has the shape ${JSON.stringify(wrong)}, which it has not`,
      });
  }
}

/** One shape, or one for each input. */
const each = (declared: unknown): unknown[] =>
  Array.isArray(declared) && Array.isArray(declared[0]) ? declared : [declared];

function fits(declared: unknown, shape: Shape): boolean {
  const open = [null, ...shape.map((size, axis) => (axis === shape.length - 1 ? size : null))];
  return agree(declared, open);
}
