import type { ModelFormat } from '../format.ts';
/** ONNX's files: one graph of float32 with its weights in it. A GoodNet is one, too. */
export declare const onnx: ModelFormat;
