import { type GoodnetError } from '../../base/errors.ts';
import { type Proto } from './schema.ts';
/** One node of a graph: what it is told is asked for by name, and what nobody asked for is refused. */
export declare class Node {
    /** What layers that are made of it are called. */
    readonly label: string;
    private readonly file;
    readonly operator: string;
    readonly inputs: readonly string[];
    readonly outputs: readonly string[];
    private readonly attributes;
    constructor({ op_type: operator, input, output, attribute }: Proto<'NodeProto'>, 
    /** What layers that are made of it are called. */
    label: string, file: string);
    refuse(cause: string): GoodnetError;
    unsupported(): GoodnetError;
    has: (name: string) => boolean;
    int(name: string, fallback: number): number;
    int(name: string): number | undefined;
    float(name: string, fallback: number): number;
    float(name: string): number | undefined;
    text(name: string, fallback: string): string;
    ints(name: string): number[] | undefined;
    floats(name: string): number[] | undefined;
    tensor(name: string): Proto<'TensorProto'> | undefined;
    /** Yes or no, which are 1 and 0. */
    flag(name: string, fallback: boolean): boolean;
    /** Refuses an attribute that has another value than this. */
    must(name: string, value: number): void;
    /** Refuses what nobody asked for. */
    close(): void;
    private taken;
}
