/** A foreign name for terminals and logs: one line, nothing that a terminal or a workflow runner would obey. Messages keep their length. */
export declare function plainText(text: string): string;
/** Words of several lines with foreign names in them, for terminals and logs: each line as `plainText`. */
export declare const plainLines: (text: string) => string;
/** A value as JSON for stdout: whoever parses it gets it back, and terminals and workflow runners obey nothing in it. */
export declare function plainJson(value: unknown): string;
/** A foreign name for Markdown and HTML, inside `<code>`: no markup, no mention, no table break. */
export declare function code(name: string, most?: number): string;
/** A message with foreign names in it, as `code` but longer. */
export declare const quoted: (message: string) => string;
/** A path as the target of a Markdown link. */
export declare const link: (path: string) => string;
/** A foreign name inside a picture: the drawing library escapes it, this keeps it short. */
export declare const label: (name: string, length: number) => string;
/** A name cut in its middle, since paths differ at their ends: `most` characters, however many bytes each has. */
export declare function middle(text: string, most: number): string;
/** A foreign name in LaTeX: nothing in it is a command. */
export declare const latex: (text: string) => string;
/** One cell of a CSV file (RFC 4180). Text that a spreadsheet would run as a formula is kept from it by an apostrophe. */
export declare function csvCell(value: string | number | null | undefined): string;
