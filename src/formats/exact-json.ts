/** No name is this. */
const minusZero = '\0-0';

/** JSON in which -0 stands as it is. */
export const exactJson = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) => (Object.is(each, -0) ? minusZero : each)).replaceAll(
    JSON.stringify(minusZero),
    '-0',
  );
