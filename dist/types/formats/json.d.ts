/**
 * The value of a JSON text in which no object has a key twice: Python and JavaScript go by the last one, other readers by the first.
 * Throws what `refuse` makes of the reason.
 */
export declare function parseJson(text: string, refuse: (cause: string) => Error): unknown;
