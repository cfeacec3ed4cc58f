/** How deep the text is read piece by piece: a step of a sweep, at `models[0].sweep.steps[0]`, is a piece. */
const outerDepth = 5;
const pieceBytes = 2 ** 20;

/**
 * The value of a JSON text that is read block by block: the text is never whole in memory, a large value is seen by `weigh` part by part as
 * it grows. Throws SyntaxError for what is no JSON, RangeError for a part beyond a megabyte, and what `weigh` throws.
 */
export function readLargeJson(blocks: Iterable<Uint8Array>, weigh: (part: unknown) => void): unknown {
  const text = new Text(blocks[Symbol.iterator]());
  const value = read(text, weigh, 0);
  if (text.next() !== end) throw new SyntaxError('more than one value');
  return value;
}

const end = -1;
const [comma, colon, quote, backslash] = [...',:"\\'].map((sign) => sign.charCodeAt(0));
const [openObject, closeObject, openArray, closeArray] = [...'{}[]'].map((sign) => sign.charCodeAt(0));

function read(text: Text, weigh: (part: unknown) => void, depth: number): unknown {
  const first = depth < outerDepth ? text.next() : null;
  if (first === openObject) {
    weigh({});
    return Object.fromEntries(members(text, weigh, depth));
  }
  if (first === openArray) {
    weigh([]);
    let before: unknown;
    return [...elements(text, closeArray!, () => (before = shared(read(text, weigh, depth + 1), before)))];
  }
  const part: unknown = JSON.parse(text.piece());
  weigh(part);
  return part;
}

/** `value`, whose parts that are like those of the element before are those: steps of a sweep have much in common. */
function shared(value: unknown, before: unknown): unknown {
  if (!isObject(value) || !isObject(before)) return value;
  for (const key of Object.keys(value))
    if (isObject(value[key]) && Object.hasOwn(before, key)) value[key] = shared(value[key], before[key]);
  const keys = Object.keys(value);
  const same =
    keys.length === Object.keys(before).length &&
    keys.every((key) => Object.hasOwn(before, key) && Object.is(value[key], before[key]));
  return same ? before : value;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function* members(text: Text, weigh: (part: unknown) => void, depth: number): Generator<[string, unknown]> {
  yield* elements(text, closeObject!, () => {
    if (text.next() !== quote) throw new SyntaxError('no name');
    const name = JSON.parse(text.piece()) as string;
    weigh({ [name]: 0 });
    if (text.next() !== colon) throw new SyntaxError('no colon');
    text.skip();
    return [name, read(text, weigh, depth + 1)];
  });
}

/** What stands between brackets, one after another. */
function* elements<T>(text: Text, close: number, element: () => T): Generator<T> {
  text.skip();
  if (text.next() === close) return text.skip();
  for (;;) {
    yield element();
    const sign = text.next();
    text.skip();
    if (sign === close) return;
    if (sign !== comma) throw new SyntaxError('no comma');
  }
}

/** The bytes of a text, and the place in it. */
class Text {
  private block: Uint8Array = new Uint8Array();
  private at = 0;
  private readonly part = Buffer.allocUnsafe(pieceBytes);

  constructor(private readonly blocks: Iterator<Uint8Array>) {
    if (this.peek() === 0xef) for (const byte of [0xef, 0xbb, 0xbf]) if (this.peek() === byte) this.skip(); // a byte order mark
  }

  skip(): void {
    this.at++;
  }

  /** The next byte that is no white space, which stays next. */
  next(): number {
    let byte = this.peek();
    for (; byte === 32 || byte === 10 || byte === 13 || byte === 9; byte = this.peek()) this.skip();
    return byte;
  }

  /** The text of the value that comes next. */
  piece(): string {
    let length = 0,
      open = 0,
      quoted = false;
    for (let byte = this.next(); byte !== end; byte = this.peek()) {
      const closes = byte === closeObject || byte === closeArray;
      if (!quoted && open === 0 && length > 0 && (closes || byte === comma || byte === colon)) break;
      if (length > pieceBytes - 2) throw new RangeError('too long a part');
      this.part[length++] = byte;
      this.skip();
      if (quoted && byte === backslash) this.part[length++] = this.taken();
      else if (byte === quote) quoted = !quoted;
      else if (!quoted && closes) open--;
      else if (!quoted && (byte === openObject || byte === openArray)) open++;
    }
    return this.part.toString('utf8', 0, length);
  }

  private taken(): number {
    const byte = this.peek();
    this.skip();
    return byte;
  }

  private peek(): number {
    while (this.at >= this.block.length) {
      const next = this.blocks.next();
      if (next.done === true) return end;
      this.at -= this.block.length;
      this.block = next.value;
    }
    return this.block[this.at]!;
  }
}
