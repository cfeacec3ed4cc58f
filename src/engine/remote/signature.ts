import { AwsV4Signer } from 'aws4fetch';
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
export function lambdaRegion({ protocol, host }: URL): string | null {
  const [, region] = /^[a-z0-9]+\.lambda-url\.([a-z0-9-]+)\.on\.aws$/.exec(host) ?? [];
  return protocol === 'https:' && region !== undefined ? region : null;
}

/** The headers of a request with its signature, AWS's version 4. */
export async function signedHeaders(request: Unsigned, keys: AwsKeys, scope: Scope): Promise<Record<string, string>> {
  const { method, url, body, headers } = request;
  const signer = new AwsV4Signer({ method, url: url.href, headers, ...(body && { body }), ...keys, ...scope });
  const signed = await signer.sign();
  return Object.fromEntries(signed.headers);
}
