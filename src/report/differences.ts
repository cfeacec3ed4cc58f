/** A place in which two values differ, as `models[0].gate.verdict`, with both sides as short JSON. */
export interface Difference {
  at: string;
  recorded: string;
  found: string;
}

/** Everything in which `found` differs from `recorded`; object keys that `ignored` names are passed over at every depth. */
export function differences(recorded: unknown, found: unknown, ignored: ReadonlySet<string> = new Set(), at = ''): Difference[] {
  if (Object.is(recorded, found)) return [];
  if (Array.isArray(recorded) && Array.isArray(found)) {
    if (recorded.length !== found.length) return [{ at: `${at}.length`, recorded: String(recorded.length), found: String(found.length) }];
    return recorded.flatMap((value, i) => differences(value, found[i], ignored, `${at}[${i}]`));
  }
  if (isObject(recorded) && isObject(found)) {
    return [...new Set([...Object.keys(recorded), ...Object.keys(found)])].filter((key) => !ignored.has(key))
      .flatMap((key) => differences(recorded[key], found[key], ignored, at === '' ? key : `${at}.${key}`));
  }
  return [{ at, recorded: shown(recorded), found: shown(found) }];
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const longest = 80;

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
