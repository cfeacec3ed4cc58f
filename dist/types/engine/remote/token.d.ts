/** Throws `usage` for a token that no header can hold, without a word of it. */
export declare function checkToken(token: string | undefined): void;
