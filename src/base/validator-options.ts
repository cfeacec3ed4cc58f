/** Schemas are held against the meta-schema by tests, not at each start; code that runs a few times is not worth optimizing. */
const options = {
  verbose: true,
  strict: true,
  allowUnionTypes: true,
  meta: false,
  validateSchema: false,
  code: { optimize: false },
} as const;

/** How values are validated: all that is wrong, with defaults filled in; or the first problem, of the value as it is. */
export const manners = {
  filling: { ...options, allErrors: true, useDefaults: true },
  inPlace: options,
} as const;
export type Manner = keyof typeof manners;

/** Keys of schemas that say nothing of what is valid. */
export const keywords = ['x-flag'];
