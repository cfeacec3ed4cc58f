import type { Drawn } from '../columns.ts';
import { label } from '../escape.ts';

/** A foreign text inside HTML, outside of `<code>`. */
export function escaped(text: string, most = 200): string {
  return label(text, most).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Plain words with `code` in backticks, as the Markdown pages have them, as HTML. Foreign names in them are escaped already. */
export const inline = (markdown: string): string => markdown.replace(/`([^`]*)`/g, '<code>$1</code>');

/** A cell of a table: HTML, or HTML with the classes of its element. */
export type Cell = string | { html: string; className: string };

/** A table in a box that scrolls sideways, also by keyboard. The first cell of each row heads it, and a column's heading has the class of its cells. `caption` is HTML; `name` is plain and says the same. */
export function table(
  name: string,
  caption: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
): string {
  const cell = (content: Cell, tag: string, attributes = ''): string => {
    const { html, className } = typeof content === 'string' ? { html: content, className: '' } : content;
    return `<${tag}${attributes}${className === '' ? '' : ` class="${className}"`}>${html}</${tag}>`;
  };
  const heading = (html: string, column: number): Cell => {
    const below = rows[0]?.[column] ?? '';
    return typeof below === 'string' ? html : { ...below, html };
  };
  return [
    `<div class="scroll" role="region" tabindex="0" aria-label="${escaped(name)}"><table><caption><span>${caption}</span></caption>`,
    `<thead><tr>${head.map((content, column) => cell(heading(content, column), 'th', ' scope="col"')).join('')}</tr></thead><tbody>`,
    ...rows.map(
      (row) =>
        `<tr>${row.map((content, i) => (i === 0 ? cell(content, 'th', ' scope="row"') : cell(content, 'td'))).join('')}</tr>`,
    ),
    '</tbody></table></div>',
  ].join('\n');
}

/** A table of columns: numbers have a class of their own. */
export const drawnTable = (name: string, caption: string, { head, rows, right }: Drawn): string =>
  table(
    name,
    caption,
    head,
    rows.map((row) => row.map((html, column) => (right[column] ? { html, className: 'number' } : html))),
  );

/** A part that opens on a click; on paper it stands open if it is `printed`, and is left out if not. Both texts are HTML. */
export const folded = (summary: string, content: string, printed = false): string =>
  `<details${printed ? ' class="printed"' : ''}><summary>${summary}</summary>\n${content}\n</details>`;
