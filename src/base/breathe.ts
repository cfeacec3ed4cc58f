const breathMs = 50;
let last = 0;

/** Called between pieces of a long computation: now and then lets what waits have its turn, a Ctrl-C above all. Throws the signal's reason where an end was asked for. */
export async function breathe(signal: AbortSignal | undefined): Promise<void> {
  if (performance.now() - last >= breathMs) {
    await new Promise((resume) => setTimeout(resume));
    last = performance.now();
  }
  signal?.throwIfAborted();
}
