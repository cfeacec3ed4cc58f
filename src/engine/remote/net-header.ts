/** The header that tells of a net in front of a question, in the same body. */
const name = 'goodnet-net';

/** The header for a net of so many bytes. */
export const netHeader = (hash: string, bytes: number): Record<string, string> => ({ [name]: `${hash} ${bytes}` });

/** The net that a header tells of; null where it tells of none, or not in these words. */
export function netIn(headers: Headers): { hash: string; bytes: number } | null {
  const [, hash, bytes] = /^([0-9a-f]{64}) (\d{1,15})$/.exec(headers.get(name) ?? '') ?? [];
  return hash === undefined ? null : { hash, bytes: Number(bytes) };
}
