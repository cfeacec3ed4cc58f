/** Throws `usage` for a token that no header can hold, without a word of it. */
export declare const checkToken: (token: string | undefined) => void;
/** The same for any secret, by the variable that has it. */
export declare function checkSecret(variable: string, secret: string | undefined): void;
