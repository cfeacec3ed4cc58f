/** The clean images of a split, then each attack's. */
export declare const allOf: <T>({ clean, attacks }: {
    clean: T;
    attacks: ReadonlyMap<string, T>;
}) => T[];
