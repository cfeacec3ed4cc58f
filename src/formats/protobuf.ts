import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/**
 * How the values of a field are written: a number of a varint, of up to 64 bits or 32 of them, a float32, text, bytes as
 * they stand, or a message of that name.
 */
type Kind = 'int' | 'int32' | 'float' | 'text' | 'bytes' | { of: string };
/** Numbers in a row. */
type Row = 'ints' | 'int32s' | 'floats';

/** A field by its number: one value, numbers in a row, or `many` of a kind. */
export type Field = readonly [number, Kind] | readonly [number, Row] | readonly [number, Kind, 'many'];

/** The fields of each message by name. */
export type Messages = Readonly<Record<string, Readonly<Record<string, Field>>>>;

type Plain<T extends Messages, K> = K extends 'int' | 'int32' | 'float'
  ? number
  : K extends 'text'
    ? string
    : K extends 'bytes'
      ? Uint8Array
      : K extends { of: infer N extends keyof T }
        ? Message<T, N>
        : never;

type Value<T extends Messages, F> = F extends readonly [number, Row]
  ? number[]
  : F extends readonly [number, infer K, 'many']
    ? Plain<T, K>[]
    : F extends readonly [number, infer K]
      ? Plain<T, K> | undefined
      : never;

/** A message: a field that is not there is undefined, or an empty list. */
export type Message<T extends Messages, N extends keyof T> = { -readonly [F in keyof T[N]]: Value<T, T[N][F]> };

/** Why bytes are no message. */
export class ProtobufError extends Error {}

/** Messages that a file may hold: an honest net has some for each node. */
const mostMessages = 2_000_000;

/**
 * Reads the message `name`, all of it: a field that the table does not have, one that is written otherwise, or a second value where one is meant is an
 * error. Bytes are parts of the given ones. Throws ProtobufError.
 */
export function readMessage<T extends Messages, N extends keyof T & string>(
  messages: T,
  name: N,
  bytes: Uint8Array,
): Message<T, N> {
  const budget = { left: mostMessages };
  try {
    return readFields(messages, name, bytes, budget) as Message<T, N>;
  } catch (error) {
    if (error instanceof ProtobufError) throw error;
    throw new ProtobufError(error instanceof RangeError ? 'it ends too early' : 'it holds bytes that are none');
  }
}

type Fields = Record<string, unknown>;

function readFields(messages: Messages, name: string, bytes: Uint8Array, budget: { left: number }): Fields {
  if (budget.left-- === 0) throw new ProtobufError(`it holds more than ${mostMessages} parts`);
  const fields = messages[name]!;
  const byNumber = new Map(Object.entries(fields).map(([field, entry]) => [entry[0], [field, entry] as const]));
  const found: Fields = Object.fromEntries(
    Object.entries(fields).map(([field, entry]) => [field, isList(entry) ? [] : undefined]),
  );
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    const known = byNumber.get(number);
    if (known === undefined) throw new ProtobufError(`its ${name} has a field ${number}, which is none of ONNX`);
    const [field, entry] = known;
    const refuse = (cause: string) => new ProtobufError(`${field} of its ${name} ${cause}`);
    const kind = entry[1];
    if (isRow(kind)) {
      readRow(reader, wire, kind, found[field] as number[], refuse);
      continue;
    }
    if (wire !== wireOf(kind)) throw refuse('is written as another type');
    if (!isList(entry) && found[field] !== undefined) throw refuse('is there twice');
    const value =
      typeof kind === 'object'
        ? readFields(messages, kind.of, reader.bytes(), budget)
        : plainValue(reader, kind, refuse);
    if (isList(entry)) (found[field] as unknown[]).push(value);
    else found[field] = value;
  }
  return found;
}

/** What each number of a row is. */
const ofRow = { ints: 'int', int32s: 'int32', floats: 'float' } as const;
const isRow = (kind: Kind | Row): kind is Row => typeof kind === 'string' && Object.hasOwn(ofRow, kind);
const isList = (entry: Field): boolean => entry.length === 3 || isRow(entry[1]);

function wireOf(kind: Kind): WireType {
  if (kind === 'int' || kind === 'int32') return WireType.Varint;
  return kind === 'float' ? WireType.Bit32 : WireType.LengthDelimited;
}

type Refuse = (cause: string) => ProtobufError;

function plainValue(reader: BinaryReader, kind: Exclude<Kind, object>, refuse: Refuse): unknown {
  if (kind === 'int' || kind === 'int32' || kind === 'float') return numberOf(reader, kind, refuse);
  const bytes = reader.bytes();
  if (kind === 'bytes') return bytes;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refuse('is no text in UTF-8');
  }
}

/** A number; of one that is meant to have 32 bits and has more, readers take the lower ones. */
function numberOf(reader: BinaryReader, kind: 'int' | 'int32' | 'float', refuse: Refuse): number {
  if (kind === 'float') return reader.float();
  const number = Number(reader.int64());
  if (kind === 'int32' && number !== (number | 0)) throw refuse(`holds the number ${number}, which has not 32 bits`);
  return number;
}

/** Numbers of a list: one, or packed in a block. */
function readRow(reader: BinaryReader, wire: WireType, row: Row, numbers: number[], refuse: Refuse): void {
  const kind = ofRow[row];
  const next = (from: BinaryReader): number => numberOf(from, kind, refuse);
  if (wire === wireOf(kind)) {
    numbers.push(next(reader));
    return;
  }
  if (wire !== WireType.LengthDelimited) throw refuse('is written as another type');
  const block = new BinaryReader(reader.bytes());
  while (block.pos < block.len) numbers.push(next(block));
}

/** The bytes of a message: fields in the order of the table. */
export function writeMessage<T extends Messages, N extends keyof T & string>(
  messages: T,
  name: N,
  message: Partial<Message<T, N>>,
): Uint8Array {
  return writeFields(messages, name, message, new BinaryWriter()).finish();
}

function writeFields(messages: Messages, name: string, message: Fields, writer: BinaryWriter): BinaryWriter {
  for (const [field, entry] of Object.entries(messages[name]!)) {
    const value = message[field];
    if (value === undefined) continue;
    const [number, kind] = entry;
    const plain = isRow(kind) ? ofRow[kind] : kind;
    for (const each of isList(entry) ? (value as unknown[]) : [value]) {
      writer.tag(number, wireOf(plain));
      if (typeof plain === 'object') writeFields(messages, plain.of, each as Fields, writer.fork()).join();
      else if (plain === 'int' || plain === 'int32') writer.int64(BigInt(each as number));
      else if (plain === 'float') writer.float(each as number);
      else if (plain === 'text') writer.string(each as string);
      else writer.bytes(each as Uint8Array);
    }
  }
  return writer;
}
