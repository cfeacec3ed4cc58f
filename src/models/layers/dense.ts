import { activation, activationIn } from './activation.ts';
import { count, flag, layer, type LayerSpec, never, options } from './spec.ts';

export const denseLayers: Record<string, LayerSpec> = {
  Dense: layer({
    options: options({ units: count, activation, use_bias: flag(true) }),
    canonical: activationIn,
    weights: (o, [input]) => [
      ['kernel', [input!.at(-1)!, o.units]],
      ...(o.use_bias ? [['bias', [o.units]] as [string, number[]]] : []),
    ],
    output: (o, [input]) => [...input!.slice(0, -1), o.units],
    perChannel: never,
  }),
};
