/** A place in which two values differ, as `models[0].gate.verdict`, with both sides as short JSON. */
export interface Difference {
    at: string;
    recorded: string;
    found: string;
}
/** Everything in which `found` differs from `recorded`, up to `most`; object keys that `ignored` names are passed over at every depth. */
export declare function differences(recorded: unknown, found: unknown, ignored?: ReadonlySet<string>, at?: string, most?: number): Difference[];
/** The first place in which `found` differs from `recorded`; null where they are the same. */
export declare const firstDifference: (recorded: unknown, found: unknown) => Difference | null;
