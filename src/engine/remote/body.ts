/** A body has more bytes than are taken. */
export class BodyTooLarge extends Error {
  constructor(most: number) {
    super(`it has more than ${most} bytes`);
  }
}

/** All bytes of a body, whatever its headers say of their number. Throws `BodyTooLarge` as soon as there are more than `most`. */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const reader = body?.getReader();
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    bytes += part.value.length;
    if (bytes > most) {
      await reader?.cancel().catch(() => undefined);
      throw new BodyTooLarge(most);
    }
    parts.push(part.value);
  }
  const all = new Uint8Array(bytes);
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return all;
}
