/** A place in which two values differ, as `models[0].gate.verdict`, with both sides as short JSON. */
export interface Difference {
    at: string;
    recorded: string;
    found: string;
}
/** Everything in which `found` differs from `recorded`; object keys that `ignored` names are passed over at every depth. */
export declare function differences(recorded: unknown, found: unknown, ignored?: ReadonlySet<string>, at?: string): Difference[];
