import { failure, type GoodnetError } from '../../base/errors.ts';
import { attributeTypes, type Proto } from './schema.ts';

type Attribute = Proto<'AttributeProto'>;

/** One node of a graph: what it is told is asked for by name, and what nobody asked for is refused. */
export class Node {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  private readonly attributes = new Map<string, Attribute>();

  constructor(
    { op_type: operator = '', input, output, attribute }: Proto<'NodeProto'>,
    /** What layers that are made of it are called. */
    readonly label: string,
    private readonly file: string,
  ) {
    this.operator = operator;
    this.inputs = input;
    this.outputs = output;
    for (const entry of attribute) {
      const { name = '' } = entry;
      if (this.attributes.has(name)) throw this.refuse(`it has two attributes ${name}`);
      if (entry.ref_attr_name) throw this.refuse(`its attribute ${name} is that of a function`);
      this.attributes.set(name, entry);
    }
  }

  refuse(cause: string): GoodnetError {
    const { label: node, operator } = this;
    return failure('node-option', this.file, { node, operator, cause });
  }

  unsupported(): GoodnetError {
    return failure('node-unsupported', this.file, { node: this.label, operator: this.operator });
  }

  has = (name: string): boolean => this.attributes.has(name);

  int(name: string, fallback: number): number;
  int(name: string): number | undefined;
  int(name: string, fallback?: number): number | undefined {
    return this.taken(name, 'i') ?? fallback;
  }

  float(name: string, fallback: number): number;
  float(name: string): number | undefined;
  float(name: string, fallback?: number): number | undefined {
    return this.taken(name, 'f') ?? fallback;
  }

  text(name: string, fallback: string): string {
    return this.taken(name, 's') ?? fallback;
  }

  ints(name: string): number[] | undefined {
    return this.taken(name, 'ints');
  }

  floats(name: string): number[] | undefined {
    return this.taken(name, 'floats');
  }

  tensor(name: string): Proto<'TensorProto'> | undefined {
    return this.taken(name, 't');
  }

  /** Yes or no, which are 1 and 0. */
  flag(name: string, fallback: boolean): boolean {
    const given = this.int(name, Number(fallback));
    if (given !== 0 && given !== 1) throw this.refuse(`its ${name} is ${given}, neither 0 nor 1`);
    return given === 1;
  }

  /** Refuses an attribute that has another value than this. */
  must(name: string, value: number): void {
    const given = this.int(name, value);
    if (given !== value) throw this.refuse(`its ${name} is ${given}, only ${value} is computed`);
  }

  /** Refuses what nobody asked for. */
  close(): void {
    const [name] = this.attributes.keys();
    if (name !== undefined) throw this.refuse(`its attribute ${name} is not known`);
  }

  private taken<K extends keyof typeof attributeTypes>(name: string, field: K): Attribute[K] | undefined {
    const entry = this.attributes.get(name);
    if (entry === undefined) return undefined;
    this.attributes.delete(name);
    const { name: _, doc_string: __, type, ref_attr_name: ___, ...values } = entry;
    const given = Object.entries(values).filter(([, value]) =>
      Array.isArray(value) ? value.length > 0 : value !== undefined,
    );
    const others = given.filter(([key]) => key !== field);
    if (type !== attributeTypes[field] || others.length > 0)
      throw this.refuse(`its attribute ${name} is of another type`);
    // Protobuf leaves out what is 0, or none.
    return (given.length === 0 ? empty[field] : entry[field]) as Attribute[K];
  }
}

const empty: Partial<Record<keyof typeof attributeTypes, unknown>> = { f: 0, i: 0, s: '', ints: [], floats: [] };
