/** The address of an evaluator, with a slash at its end. Throws `evaluator-url` for one that could give a token or images away. */
export declare function addressOf(text: string): URL;
