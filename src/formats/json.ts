import { visit } from 'jsonc-parser';

/**
 * The value of a JSON text in which no object has a key twice: Python and JavaScript go by the last one, other readers by the first.
 * Throws what `refuse` makes of the reason.
 */
export function parseJson(text: string, refuse: (cause: string) => Error): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse('it is no JSON');
  }
  const open: Set<string>[] = [];
  visit(text, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (key) => {
      const keys = open.at(-1)!;
      if (keys.has(key)) throw refuse(`it has the key ${JSON.stringify(key)} twice in one object`);
      keys.add(key);
    },
  });
  return value;
}
