/** Anything that reads others by name. */
interface Node {
  name: string;
  inputs: string[];
}

/**
 * Orders the layers of a graph as Keras does when it rebuilds the net: by falling depth below the output, then by the first visit
 * of a walk from the output. Keras fills weights in by this order, whatever the layers are called.
 * The last of `layers` is the output; every layer is used once.
 */
export function kerasOrder<T extends Node>(layers: readonly T[]): T[] {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const visits = new Map<string, number>();
  const finished: T[] = [];
  const visit = (layer: T): void => {
    if (visits.has(layer.name)) return;
    visits.set(layer.name, visits.size);
    layer.inputs.forEach((input) => visit(byName.get(input)!));
    finished.push(layer);
  };
  visit(layers.at(-1)!);
  const depths = new Map(finished.map((layer) => [layer.name, 0]));
  for (const layer of finished.toReversed()) {
    for (const input of layer.inputs) depths.set(input, Math.max(depths.get(input)!, depths.get(layer.name)! + 1));
  }
  return finished.sort((a, b) => depths.get(b.name)! - depths.get(a.name)! || visits.get(a.name)! - visits.get(b.name)!);
}
