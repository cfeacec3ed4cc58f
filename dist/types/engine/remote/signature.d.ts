import type { AwsKeys } from './aws-keys.ts';
/** A request that is to be signed. */
export interface Unsigned {
    method: string;
    url: URL;
    body?: Uint8Array<ArrayBuffer>;
    headers: Record<string, string>;
}
/** For what a signature is good: one service in one region, a few minutes around a time (now, unless given: 20150830T123600Z). */
export interface Scope {
    service: string;
    region: string;
    datetime?: string;
}
/** The region of a Function URL of AWS Lambda; null for any other address. */
export declare function lambdaRegion({ protocol, host }: URL): string | null;
/** The headers of a request with its signature, AWS's version 4. */
export declare function signedHeaders(request: Unsigned, keys: AwsKeys, scope: Scope): Promise<Record<string, string>>;
