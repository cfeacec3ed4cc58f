import type { Message } from '../../formats/protobuf.ts';
/**
 * ONNX's messages, as far as a net of one float32 graph has them; test/onnx/check_schema.py holds every field against
 * onnx's own. Parts that no such net has are `bytes`: they are refused by name wherever they stand.
 * Source: onnx/onnx.proto, Apache-2.0.
 */
export declare const messages: {
    readonly ModelProto: {
        readonly ir_version: readonly [1, "int"];
        readonly producer_name: readonly [2, "text"];
        readonly producer_version: readonly [3, "text"];
        readonly domain: readonly [4, "text"];
        readonly model_version: readonly [5, "int"];
        readonly doc_string: readonly [6, "text"];
        readonly graph: readonly [7, {
            readonly of: "GraphProto";
        }];
        readonly opset_import: readonly [8, {
            readonly of: "OperatorSetIdProto";
        }, "many"];
        readonly metadata_props: readonly [14, {
            readonly of: "StringStringEntryProto";
        }, "many"];
        readonly training_info: readonly [20, "bytes", "many"];
        readonly functions: readonly [25, "bytes", "many"];
        readonly configuration: readonly [26, "bytes", "many"];
    };
    readonly OperatorSetIdProto: {
        readonly domain: readonly [1, "text"];
        readonly version: readonly [2, "int"];
    };
    readonly StringStringEntryProto: {
        readonly key: readonly [1, "text"];
        readonly value: readonly [2, "text"];
    };
    readonly GraphProto: {
        readonly node: readonly [1, {
            readonly of: "NodeProto";
        }, "many"];
        readonly name: readonly [2, "text"];
        readonly initializer: readonly [5, {
            readonly of: "TensorProto";
        }, "many"];
        readonly doc_string: readonly [10, "text"];
        readonly input: readonly [11, {
            readonly of: "ValueInfoProto";
        }, "many"];
        readonly output: readonly [12, {
            readonly of: "ValueInfoProto";
        }, "many"];
        readonly value_info: readonly [13, {
            readonly of: "ValueInfoProto";
        }, "many"];
        readonly quantization_annotation: readonly [14, "bytes", "many"];
        readonly sparse_initializer: readonly [15, "bytes", "many"];
        readonly metadata_props: readonly [16, {
            readonly of: "StringStringEntryProto";
        }, "many"];
    };
    readonly NodeProto: {
        readonly input: readonly [1, "text", "many"];
        readonly output: readonly [2, "text", "many"];
        readonly name: readonly [3, "text"];
        readonly op_type: readonly [4, "text"];
        readonly attribute: readonly [5, {
            readonly of: "AttributeProto";
        }, "many"];
        readonly doc_string: readonly [6, "text"];
        readonly domain: readonly [7, "text"];
        readonly overload: readonly [8, "text"];
        readonly metadata_props: readonly [9, {
            readonly of: "StringStringEntryProto";
        }, "many"];
        readonly device_configurations: readonly [10, "bytes", "many"];
    };
    readonly AttributeProto: {
        readonly name: readonly [1, "text"];
        readonly f: readonly [2, "float"];
        readonly i: readonly [3, "int"];
        readonly s: readonly [4, "text"];
        readonly t: readonly [5, {
            readonly of: "TensorProto";
        }];
        readonly g: readonly [6, "bytes"];
        readonly floats: readonly [7, "floats"];
        readonly ints: readonly [8, "ints"];
        readonly strings: readonly [9, "bytes", "many"];
        readonly tensors: readonly [10, "bytes", "many"];
        readonly graphs: readonly [11, "bytes", "many"];
        readonly doc_string: readonly [13, "text"];
        readonly tp: readonly [14, "bytes"];
        readonly type_protos: readonly [15, "bytes", "many"];
        readonly type: readonly [20, "int32"];
        readonly ref_attr_name: readonly [21, "text"];
        readonly sparse_tensor: readonly [22, "bytes"];
        readonly sparse_tensors: readonly [23, "bytes", "many"];
    };
    /** `float_data` is packed, so that its bytes are those of the numbers, as in `raw_data`. */
    readonly TensorProto: {
        readonly dims: readonly [1, "ints"];
        readonly data_type: readonly [2, "int32"];
        readonly segment: readonly [3, "bytes"];
        readonly float_data: readonly [4, "bytes"];
        readonly int32_data: readonly [5, "int32s"];
        readonly string_data: readonly [6, "bytes", "many"];
        readonly int64_data: readonly [7, "ints"];
        readonly name: readonly [8, "text"];
        readonly raw_data: readonly [9, "bytes"];
        readonly double_data: readonly [10, "bytes"];
        readonly uint64_data: readonly [11, "ints"];
        readonly doc_string: readonly [12, "text"];
        readonly external_data: readonly [13, {
            readonly of: "StringStringEntryProto";
        }, "many"];
        readonly data_location: readonly [14, "int32"];
        readonly metadata_props: readonly [16, {
            readonly of: "StringStringEntryProto";
        }, "many"];
    };
    readonly ValueInfoProto: {
        readonly name: readonly [1, "text"];
        readonly type: readonly [2, {
            readonly of: "TypeProto";
        }];
        readonly doc_string: readonly [3, "text"];
        readonly metadata_props: readonly [4, {
            readonly of: "StringStringEntryProto";
        }, "many"];
    };
    readonly TypeProto: {
        readonly tensor_type: readonly [1, {
            readonly of: "Tensor";
        }];
        readonly sequence_type: readonly [4, "bytes"];
        readonly map_type: readonly [5, "bytes"];
        readonly denotation: readonly [6, "text"];
        readonly opaque_type: readonly [7, "bytes"];
        readonly sparse_tensor_type: readonly [8, "bytes"];
        readonly optional_type: readonly [9, "bytes"];
    };
    readonly Tensor: {
        readonly elem_type: readonly [1, "int32"];
        readonly shape: readonly [2, {
            readonly of: "TensorShapeProto";
        }];
    };
    readonly TensorShapeProto: {
        readonly dim: readonly [1, {
            readonly of: "Dimension";
        }, "many"];
    };
    readonly Dimension: {
        readonly dim_value: readonly [1, "int"];
        readonly dim_param: readonly [2, "text"];
        readonly denotation: readonly [3, "text"];
    };
};
export type Proto<N extends keyof typeof messages> = Message<typeof messages, N>;
/** Numbers that stand for types of tensors. */
export declare const types: {
    readonly float32: 1;
    readonly int32: 6;
    readonly int64: 7;
    readonly bool: 9;
    readonly float16: 10;
    readonly float64: 11;
    readonly bfloat16: 16;
};
/** How messages call the types that no net here computes with. */
export declare const typeName: (type: number | undefined) => string;
/** Numbers that stand for the types of attributes. */
export declare const attributeTypes: {
    readonly f: 1;
    readonly i: 2;
    readonly s: 3;
    readonly t: 4;
    readonly g: 5;
    readonly floats: 6;
    readonly ints: 7;
    readonly graphs: 10;
};
/** Versions of ONNX's files that are read. */
export declare const irVersions: {
    readonly least: 3;
    readonly most: 14;
};
/** Versions of its operators that are read. */
export declare const opsets: {
    readonly least: 7;
    readonly most: 28;
};
