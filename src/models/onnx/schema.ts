import type { Message, Messages } from '../../formats/protobuf.ts';

/**
 * ONNX's messages, as far as a net of one float32 graph has them; test/onnx/check_schema.py holds every field against
 * onnx's own. Parts that no such net has are `bytes`: they are refused by name wherever they stand.
 * Source: onnx/onnx.proto, Apache-2.0.
 */
export const messages = {
  ModelProto: {
    ir_version: [1, 'int'],
    producer_name: [2, 'text'],
    producer_version: [3, 'text'],
    domain: [4, 'text'],
    model_version: [5, 'int'],
    doc_string: [6, 'text'],
    graph: [7, { of: 'GraphProto' }],
    opset_import: [8, { of: 'OperatorSetIdProto' }, 'many'],
    metadata_props: [14, { of: 'StringStringEntryProto' }, 'many'],
    training_info: [20, 'bytes', 'many'],
    functions: [25, 'bytes', 'many'],
    configuration: [26, 'bytes', 'many'],
  },
  OperatorSetIdProto: {
    domain: [1, 'text'],
    version: [2, 'int'],
  },
  StringStringEntryProto: {
    key: [1, 'text'],
    value: [2, 'text'],
  },
  GraphProto: {
    node: [1, { of: 'NodeProto' }, 'many'],
    name: [2, 'text'],
    initializer: [5, { of: 'TensorProto' }, 'many'],
    doc_string: [10, 'text'],
    input: [11, { of: 'ValueInfoProto' }, 'many'],
    output: [12, { of: 'ValueInfoProto' }, 'many'],
    value_info: [13, { of: 'ValueInfoProto' }, 'many'],
    quantization_annotation: [14, 'bytes', 'many'],
    sparse_initializer: [15, 'bytes', 'many'],
    metadata_props: [16, { of: 'StringStringEntryProto' }, 'many'],
  },
  NodeProto: {
    input: [1, 'text', 'many'],
    output: [2, 'text', 'many'],
    name: [3, 'text'],
    op_type: [4, 'text'],
    attribute: [5, { of: 'AttributeProto' }, 'many'],
    doc_string: [6, 'text'],
    domain: [7, 'text'],
    overload: [8, 'text'],
    metadata_props: [9, { of: 'StringStringEntryProto' }, 'many'],
    device_configurations: [10, 'bytes', 'many'],
  },
  AttributeProto: {
    name: [1, 'text'],
    f: [2, 'float'],
    i: [3, 'int'],
    s: [4, 'text'],
    t: [5, { of: 'TensorProto' }],
    g: [6, 'bytes'],
    floats: [7, 'floats'],
    ints: [8, 'ints'],
    strings: [9, 'bytes', 'many'],
    tensors: [10, 'bytes', 'many'],
    graphs: [11, 'bytes', 'many'],
    doc_string: [13, 'text'],
    tp: [14, 'bytes'],
    type_protos: [15, 'bytes', 'many'],
    type: [20, 'int32'],
    ref_attr_name: [21, 'text'],
    sparse_tensor: [22, 'bytes'],
    sparse_tensors: [23, 'bytes', 'many'],
  },
  /** `float_data` is packed, so that its bytes are those of the numbers, as in `raw_data`. */
  TensorProto: {
    dims: [1, 'ints'],
    data_type: [2, 'int32'],
    segment: [3, 'bytes'],
    float_data: [4, 'bytes'],
    int32_data: [5, 'int32s'],
    string_data: [6, 'bytes', 'many'],
    int64_data: [7, 'ints'],
    name: [8, 'text'],
    raw_data: [9, 'bytes'],
    double_data: [10, 'bytes'],
    uint64_data: [11, 'ints'],
    doc_string: [12, 'text'],
    external_data: [13, { of: 'StringStringEntryProto' }, 'many'],
    data_location: [14, 'int32'],
    metadata_props: [16, { of: 'StringStringEntryProto' }, 'many'],
  },
  ValueInfoProto: {
    name: [1, 'text'],
    type: [2, { of: 'TypeProto' }],
    doc_string: [3, 'text'],
    metadata_props: [4, { of: 'StringStringEntryProto' }, 'many'],
  },
  TypeProto: {
    tensor_type: [1, { of: 'Tensor' }],
    sequence_type: [4, 'bytes'],
    map_type: [5, 'bytes'],
    denotation: [6, 'text'],
    opaque_type: [7, 'bytes'],
    sparse_tensor_type: [8, 'bytes'],
    optional_type: [9, 'bytes'],
  },
  Tensor: {
    elem_type: [1, 'int32'],
    shape: [2, { of: 'TensorShapeProto' }],
  },
  TensorShapeProto: {
    dim: [1, { of: 'Dimension' }, 'many'],
  },
  Dimension: {
    dim_value: [1, 'int'],
    dim_param: [2, 'text'],
    denotation: [3, 'text'],
  },
} as const satisfies Messages;

export type Proto<N extends keyof typeof messages> = Message<typeof messages, N>;

/** Numbers that stand for types of tensors. */
export const types = { float32: 1, int32: 6, int64: 7, bool: 9, float16: 10, float64: 11, bfloat16: 16 } as const;

/** How messages call the types that no net here computes with. */
export const typeName = (type: number | undefined): string =>
  [
    'undefined',
    'float32',
    'uint8',
    'int8',
    'uint16',
    'int16',
    'int32',
    'int64',
    'string',
    'bool',
    'float16',
    'float64',
  ][type ?? 0] ?? (type === types.bfloat16 ? 'bfloat16' : `type ${type}`);

/** Numbers that stand for the types of attributes. */
export const attributeTypes = { f: 1, i: 2, s: 3, t: 4, g: 5, floats: 6, ints: 7, graphs: 10 } as const;

/** Versions of ONNX's files that are read. */
export const irVersions = { least: 3, most: 14 } as const;
/** Versions of its operators that are read. */
export const opsets = { least: 7, most: 28 } as const;
