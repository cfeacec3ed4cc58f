import { describe, expect, test } from 'vitest';
import { defaultTarget } from '../../src/defense/pruning/default-layer.ts';
import { netOf } from '../applications.ts';

describe('the layer that is pruned in a net of keras.applications when none is named', () => {
  test.each([
    ['VGG16', 'block5_conv3', 'outputs', 'block5_pool', 'deepest-on-every-path'],
    ['ResNet50', 'predictions', 'inputs', 'avg_pool', 'no-layer-on-every-path'],
    ['MobileNet', 'conv_pw_13', 'outputs', 'dropout', 'deepest-on-every-path'],
    ['MobileNetV2', 'Conv_1', 'outputs', 'global_average_pooling2d', 'deepest-on-every-path'],
    ['DenseNet121', 'predictions', 'inputs', 'avg_pool', 'no-layer-on-every-path'],
    ['EfficientNetB0', 'top_conv', 'outputs', 'top_dropout', 'deepest-on-every-path'],
    ['Xception', 'block14_sepconv2', 'outputs', 'avg_pool', 'deepest-on-every-path'],
    ['transfer', 'mobilenetv2_1.00_32/Conv_1', 'outputs', 'gap', 'deepest-on-every-path'],
  ])('%s: %s', (name, layer, prunes, rankLayer, reason) => {
    for (const dialect of ['keras2', 'keras3']) {
      const { target, reason: why } = defaultTarget(netOf(dialect, name));
      expect([target.layer.name, target.prunes, target.rankLayer.replace(/_\d$/, ''), why]).toEqual([
        layer,
        prunes,
        rankLayer,
        reason,
      ]);
    }
  });
});
