/** One use of a layer on the outputs of other uses. */
interface Use {
  id: string;
  layer: string;
  inputs: readonly string[];
}

/**
 * The calls that `output` depends on, and the names of their layers as Keras orders them when it rebuilds a net: by falling depth below the output, then by
 * the first visit of a walk from it. Keras fills weights in by this order, whatever the layers are called and however the config lists them.
 * Null where uses read what is not there, or themselves. Source: map_graph in keras/src/ops/function.py.
 */
export function kerasOrder(
  uses: readonly Use[],
  output: string,
): { layers: string[]; calls: ReadonlySet<string> } | null {
  const byId = new Map(uses.map((use) => [use.id, use]));
  const visits = new Map<string, number>();
  const state = new Map<Use, 'open' | 'done'>();
  const finished: Use[] = [];
  const visit = (id: string): boolean => {
    const use = byId.get(id);
    if (use === undefined || state.get(use) === 'open') return false;
    if (state.get(use) === 'done') return true;
    if (!visits.has(use.layer)) visits.set(use.layer, visits.size);
    state.set(use, 'open');
    if (!use.inputs.every(visit)) return false;
    state.set(use, 'done');
    finished.push(use);
    return true;
  };
  if (!visit(output)) return null;
  const depths = new Map<Use, number>();
  const layerDepths = new Map<string, number>();
  for (const use of finished.toReversed()) {
    const depth = Math.max(depths.get(use) ?? 0, layerDepths.get(use.layer) ?? 0);
    layerDepths.set(use.layer, depth);
    for (const input of use.inputs)
      depths.set(byId.get(input)!, Math.max(depths.get(byId.get(input)!) ?? 0, depth + 1));
  }
  const layers = [...layerDepths.keys()].sort(
    (a, b) => layerDepths.get(b)! - layerDepths.get(a)! || visits.get(a)! - visits.get(b)!,
  );
  return { layers, calls: new Set(finished.map(({ id }) => id)) };
}
