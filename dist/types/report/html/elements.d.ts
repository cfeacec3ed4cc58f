import type { Drawn } from '../columns.ts';
/** A foreign text inside HTML, outside of `<code>`. */
export declare function escaped(text: string, most?: number): string;
/** Plain words with `code` in backticks, as the Markdown pages have them, as HTML. Foreign names in them are escaped already. */
export declare const inline: (markdown: string) => string;
/** A cell of a table: HTML, or HTML with the classes of its element. */
export type Cell = string | {
    html: string;
    className: string;
};
/** A table in a box that scrolls sideways, also by keyboard. The first cell of each row heads it, and a column's heading has the class of its cells. `caption` is HTML; `name` is plain and says the same. */
export declare function table(name: string, caption: string, head: readonly string[], rows: readonly (readonly Cell[])[]): string;
/** A table of columns: numbers have a class of their own. */
export declare const drawnTable: (name: string, caption: string, { head, rows, right }: Drawn) => string;
/** A part that opens on a click; on paper it stands open if it is `printed`, and is left out if not. Both texts are HTML. */
export declare const folded: (summary: string, content: string, printed?: boolean) => string;
