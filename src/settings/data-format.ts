import { boundsOf } from './bounds.ts';
import type { Config } from './config.ts';

/** How the config says that images and labels are stored, and how pixels become the net's input. */
export function dataFormat(config: Config) {
  return {
    rejects: false,
    dataName: config['data-name'],
    labelName: config['label-name'],
    layout: config.layout,
    folders: config['class-folders'],
    resize: config.resize ?? null,
    scale: scaleOf(config.scale),
    mean: config.mean ?? [0],
    std: config.std ?? [1],
    bounds: boundsOf(config),
  };
}

/** A multiplier as a number. */
export function scaleOf(scale: Config['scale']): number {
  const [dividend, divisor = 1] = typeof scale === 'number' ? [scale] : scale.split('/').map(Number);
  return dividend! / divisor;
}
