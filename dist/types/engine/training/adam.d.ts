/** The state of Adam: how often it stepped, as powers of what its moments keep. */
export declare class AdamPowers {
    readonly keep: number;
    readonly keepSquare: number;
    private readonly powers;
    constructor(keep: number, keepSquare: number, powers?: [power: number, powerSquare: number]);
    /** How far the next step goes at a learning rate: the moments start at 0, which this makes up for. */
    next(rate: number): number;
}
/** Added to the root of the second moment. */
export declare const epsilon = 1e-7;
