import type { Tally } from '../tally.ts';
/** What a reply is a reply to: SHA-256 of the net, of the pixels and of the whole request. */
export interface Echo {
    model: string;
    data: string;
    request: string;
}
/** Sums as a safetensors file that says what they are a reply to. */
export declare const sentSums: (echo: Echo, sums: Float64Array) => Uint8Array<ArrayBuffer>;
/** Tallies as a safetensors file: [stops, 5]. */
export declare const sentTallies: (echo: Echo, tallies: readonly Tally[]) => Uint8Array<ArrayBuffer>;
/** The sums of so many channels in a reply. Throws an error for what is none, or of something else. */
export declare function receivedSums(reply: Uint8Array, echo: Echo, channels: number): Float64Array;
/** The tallies of so many stops over so many images in a reply. Throws an error for what is none, or of something else. */
export declare function receivedTallies(reply: Uint8Array, echo: Echo, stops: number, images: number): Tally[];
