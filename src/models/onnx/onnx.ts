import { writeAll } from '../../formats/written-bytes.ts';
import type { ModelFormat } from '../format.ts';
import { joined } from './goodnet.ts';
import { readOnnx } from './read-onnx.ts';
import { repaired } from './repair.ts';

/** ONNX's files: one graph of float32 with its weights in it. A GoodNet is one, too. */
export const onnx: ModelFormat = {
  name: 'onnx',
  endings: ['.onnx'],
  goodnetEnding: '.onnx',
  dialects: { onnx: 'ONNX' },
  read: readOnnx,
  repaired: async (input, edits) => repaired(input, edits),
  joined: async (input, edits, content) => writeAll(content, joined(input, edits)),
};
