/** The clean images of a split, then each attack's. */
export const allOf = <T>({ clean, attacks }: { clean: T; attacks: ReadonlyMap<string, T> }): T[] => [
  clean,
  ...attacks.values(),
];
