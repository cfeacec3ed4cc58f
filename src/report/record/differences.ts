/** A place in which two values differ, as `models[0].gate.verdict`, with both sides as short JSON. */
export interface Difference {
  at: string;
  recorded: string;
  found: string;
}

/** Everything in which `found` differs from `recorded`, up to `most`; object keys that `ignored` names are passed over at every depth. */
export function differences(
  recorded: unknown,
  found: unknown,
  ignored: ReadonlySet<string> = new Set(),
  at = '',
  most = Infinity,
): Difference[] {
  const result: Difference[] = [];
  compare(recorded, found, at, (difference) => result.push(difference) < most, ignored);
  return result;
}

/** The first place in which `found` differs from `recorded`; null where they are the same. */
export const firstDifference = (recorded: unknown, found: unknown): Difference | null =>
  differences(recorded, found, new Set(), '', 1)[0] ?? null;

/** Hands each difference to `tell` until that answers false; answers whether it never did. */
function compare(
  recorded: unknown,
  found: unknown,
  at: string,
  tell: (difference: Difference) => boolean,
  ignored: ReadonlySet<string>,
): boolean {
  if (Object.is(recorded, found)) return true;
  if (Array.isArray(recorded) && Array.isArray(found)) {
    if (recorded.length !== found.length)
      return tell({ at: `${at}.length`, recorded: String(recorded.length), found: String(found.length) });
    return recorded.every((value, i) => compare(value, found[i], `${at}[${i}]`, tell, ignored));
  }
  if (isObject(recorded) && isObject(found)) {
    return [...new Set([...Object.keys(recorded), ...Object.keys(found)])]
      .filter((key) => !ignored.has(key))
      .every((key) => compare(recorded[key], found[key], at === '' ? key : `${at}.${key}`, tell, ignored));
  }
  return tell({ at, recorded: shown(recorded), found: shown(found) });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const longest = 80;

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
