import { crc32, inflateSync } from 'node:zlib';

export const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

interface Chunk {
  name: string;
  content: Uint8Array;
}

/** The chunks that make up a picture; the parts of IDAT joined. */
export interface PngChunks {
  header: Uint8Array;
  palette: Uint8Array | null;
  transparency: Uint8Array | null;
  packed: Uint8Array;
}

/**
 * Takes a PNG apart: every chunk whole and in its place, each that may stand once once, none that makes another picture of it.
 * Source: https://www.w3.org/TR/png-3/, section 5. Throws Error.
 */
export function readChunks(bytes: Uint8Array): PngChunks {
  const chunks = [...chunksOf(bytes)];
  const before = new Set<string>();
  let last = '';
  let text = 0;
  for (const { name, content } of chunks) {
    checkChunk(name, content, before, last);
    text += packing.includes(name) ? unpackedBytes(name, content) : 0;
    if (text > mostTextBytes) throw new Error(`its texts unpack to more than ${mostTextBytes} bytes`);
    before.add((last = name));
  }
  const only = (name: string): Uint8Array | null => chunks.find((chunk) => chunk.name === name)?.content ?? null;
  const parts = chunks.filter(({ name }) => name === 'IDAT').map(({ content }) => content);
  if (parts.length === 0) throw new Error('it has no pixels');
  return {
    header: only('IHDR')!,
    palette: only('PLTE'),
    transparency: only('tRNS'),
    packed: parts.length === 1 ? parts[0]! : Buffer.concat(parts),
  };
}

function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = pngSignature.length; ;) {
    if (at + 12 > bytes.length) throw new Error('it ends early');
    const [length, name] = [view.getUint32(at), tagOf(bytes, at)];
    if (!/^[A-Za-z]{4}$/.test(name)) throw new Error('it has a chunk without a name');
    if (at + 12 + length > bytes.length) throw new Error('it ends early');
    if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== view.getUint32(at + 8 + length))
      throw new Error(`the checksum of its ${name} is wrong`);
    yield { name, content: bytes.subarray(at + 8, at + 8 + length) };
    if (name === 'IEND') return;
    at += 12 + length;
  }
}

/** The name of the chunk that begins at an offset. */
export const tagOf = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at + 4, at + 8));

const critical = ['IHDR', 'PLTE', 'IDAT', 'IEND'];
const beforePixels = ['PLTE', 'tRNS', 'cHRM', 'gAMA', 'iCCP', 'sRGB'];
/** A picture that moves: readers differ in which of its pictures they show. */
const animation = ['acTL', 'fcTL', 'fdAT'];
/** Lengths in bytes of those that have one alone. */
const lengths: Record<string, number> = { IHDR: 13, IEND: 0, gAMA: 4, cHRM: 32, sRGB: 1, pHYs: 9 };

function checkChunk(name: string, content: Uint8Array, before: ReadonlySet<string>, last: string): void {
  if ((name === 'IHDR') !== (last === '')) throw new Error('its header is not its first chunk, or not the only one');
  if (animation.includes(name)) throw new Error('it is animated');
  if (/^[A-Z]/.test(name) && !critical.includes(name)) throw new Error(`it has a chunk ${name}, which is not PNG`);
  if (beforePixels.includes(name) && before.has(name)) throw new Error(`it has two chunks ${name}`);
  if (beforePixels.includes(name) && before.has('IDAT')) throw new Error(`its ${name} stands behind its pixels`);
  if (name === 'PLTE' && before.has('tRNS')) throw new Error('its PLTE stands behind its tRNS');
  if (name === 'IDAT' && before.has('IDAT') && last !== 'IDAT') throw new Error('its pixels are not in one piece');
  if (lengths[name] !== undefined && content.length !== lengths[name])
    throw new Error(`its ${name} has ${content.length} bytes`);
}

const packing = ['iCCP', 'zTXt', 'iTXt'];
/** Bytes of one text and of all, as Pillow has it. */
const longestText = 1 << 20,
  mostTextBytes = 64 * longestText;

/** Text and colour profiles are not read, but packed as Pillow takes them: by deflate, and to no more than it unpacks. */
function unpackedBytes(name: string, content: Uint8Array): number {
  const end = content.indexOf(0);
  const [packed, method] = name === 'iTXt' ? [content[end + 1] ?? 0, content[end + 2]] : [1, content[end + 1]];
  if (packed === 0) return content.length;
  if (end === -1 || method !== 0) throw new Error(`its ${name} is packed by an unknown method`);
  const start = name === 'iTXt' ? content.indexOf(0, content.indexOf(0, end + 3) + 1) + 1 : end + 2;
  try {
    return inflateSync(content.subarray(start), { maxOutputLength: longestText }).length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new Error(`its ${name} unpacks to more than ${longestText} bytes`, { cause: error });
    return 0; // what cannot be unpacked is left out
  }
}
