import type { AwsKeys } from './aws-keys.ts';
/** How evaluators are asked. */
export interface Calling {
    fetch: typeof fetch;
    token: string | undefined;
    /** What requests to functions of AWS are signed with, where there is no token. */
    aws?: AwsKeys | undefined;
    /** For one answer, from the first byte that is sent to the last that is received, beside what its work takes. */
    deadlineMs: number;
}
/** What an evaluator is asked. */
export interface Order {
    method: 'GET' | 'PUT' | 'POST';
    route: string;
    body?: Uint8Array<ArrayBuffer>;
    headers?: Record<string, string>;
    /** Bytes that an answer has at most. */
    mostBytes: number;
    /** How long its work may take. */
    workMs?: number;
}
/** What came of one try: an answer; nothing that is one, how long to wait, and whether the net is not there; or a refusal in the evaluator's words. */
export type Outcome = {
    answer: Uint8Array<ArrayBuffer>;
} | {
    failed: string;
    afterMs?: number;
    lacksNet?: boolean;
} | {
    refused: string;
};
/** Bytes of what an evaluator may say of itself, or of what is wrong. */
export declare const wordBytes: number;
/** Asks once. Throws the signal's reason, `evaluator-unfit` or `evaluator-limit` where to ask again is no use. */
export declare function request(calling: Calling, at: URL, order: Order, signal: AbortSignal): Promise<Outcome>;
