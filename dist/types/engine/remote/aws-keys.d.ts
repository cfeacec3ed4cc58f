/** What requests to AWS are signed with. */
export interface AwsKeys {
    accessKeyId: string;
    secretAccessKey: string;
    /** Of keys that are lent for a while. */
    sessionToken?: string;
}
/** Where AWS's own tools look for them. */
export declare const awsVariables: readonly ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];
/** The keys in an environment; undefined where there are none. */
export declare function awsKeysIn(environment: Readonly<Record<string, string | undefined>>): AwsKeys | undefined;
/** Throws `usage` for keys that no header can hold, without a word of them. */
export declare function checkAwsKeys(keys: AwsKeys | undefined): void;
