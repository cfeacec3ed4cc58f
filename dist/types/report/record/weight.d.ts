/** Adds up what the parts of reports take in memory, by V8's sizes. Throws `report-size` beyond `limits.reportMemory`, and `KIND-invalid` for what is nested like none. */
export declare class Weight {
    private readonly kind;
    private bytes;
    /** The lists of keys that objects have: each unlike the others takes memory of its own. */
    private readonly shapes;
    constructor(kind?: 'report' | 'manifest' | 'scan');
    add(part: unknown, name: string): void;
    private of;
    /** What a list of keys takes when it is the first of its kind. */
    private shape;
}
