import { checkSecret } from './token.ts';

/** What requests to AWS are signed with. */
export interface AwsKeys {
  accessKeyId: string;
  secretAccessKey: string;
  /** Of keys that are lent for a while. */
  sessionToken?: string;
}

/** Where AWS's own tools look for them. */
export const awsVariables = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'] as const;

/** The keys in an environment; undefined where there are none. */
export function awsKeysIn(environment: Readonly<Record<string, string | undefined>>): AwsKeys | undefined {
  const [accessKeyId, secretAccessKey, sessionToken] = awsVariables.map(
    (name) => environment[name]?.trim() || undefined,
  );
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}

/** Throws `usage` for keys that no header can hold, without a word of them. */
export function checkAwsKeys(keys: AwsKeys | undefined): void {
  const values = [keys?.accessKeyId, keys?.secretAccessKey, keys?.sessionToken];
  awsVariables.forEach((name, i) => checkSecret(name, values[i]));
}
