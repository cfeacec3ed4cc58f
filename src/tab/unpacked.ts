/** A part of the page, which its host has packed: so it is as small whatever the host does. Throws Error. */
export async function unpacked(address: string): Promise<Response> {
  const { ok, status, body } = await fetch(`${address}.packed`);
  if (!ok || body === null) throw new Error(`${address}: ${status}`);
  return new Response(body.pipeThrough(new DecompressionStream('deflate')));
}
