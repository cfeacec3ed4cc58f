/** The ways in which the engine and its library print. */
const ways = ['log', 'info', 'warn', 'error'] as const;

/** What the engine's loader takes from the console to print with. */
const taken = ['log', 'warn'] as const;

/**
 * Does `work` and throws what is printed meanwhile: the engine says on the console that a kernel failed, and goes on with memory that
 * nobody wrote. `work` waits for nothing, so that nobody else can print in that time.
 */
export function listening<T>(work: () => T): T {
  const said: string[] = [];
  const put = replace(
    ways,
    () =>
      (...words: unknown[]): void =>
        void said.push(words.join(' ').trim()),
  );
  let result: T;
  try {
    result = work();
  } finally {
    put();
  }
  if (said.length > 0) throw new Error([...new Set(said)].join('; '));
  return result;
}

/** The engine's loader binds the console's functions once for all. Until the answer is called, it is given ones that look for the console's own at each print. */
export function audible(): () => void {
  return replace(taken, (way, own) =>
    Object.assign(own.bind(console), {
      bind:
        () =>
        (...words: unknown[]) =>
          console[way](...words),
    }),
  );
}

type Print = (...words: unknown[]) => void;

/** Replaces functions of the console; the answer puts the old ones back. */
function replace<W extends keyof Console>(names: readonly W[], by: (name: W, own: Print) => Print): () => void {
  const before = names.map((name): [W, Print] => [name, console[name] as Print]);
  const own = console as unknown as Record<W, Print>;
  const set = (all: readonly [W, Print][]): void => all.forEach(([name, print]) => (own[name] = print));
  set(before.map(([name, own]) => [name, by(name, own)]));
  return () => set(before);
}
