import { label } from '../escape.ts';

/** A foreign text inside HTML, outside of `<code>`. */
export function escaped(text: string, most = 200): string {
  return label(text, most).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Plain words with `code` in backticks, as the Markdown pages have them, as HTML. Foreign names in them are escaped already. */
export const inline = (markdown: string): string => markdown.replace(/`([^`]*)`/g, '<code>$1</code>');

/** A cell of a table: HTML, or HTML with the classes of its element. */
export type Cell = string | { html: string; className: string };

/** A table in a box that scrolls sideways, also by keyboard. The first cell of each row heads it. `caption` is HTML; `name` is plain and says the same. */
export function table(name: string, caption: string, head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cell = (content: Cell, tag: string, attributes = ''): string => {
    const { html, className } = typeof content === 'string' ? { html: content, className: '' } : content;
    return `<${tag}${attributes}${className === '' ? '' : ` class="${className}"`}>${html}</${tag}>`;
  };
  return [
    `<div class="scroll" role="region" tabindex="0" aria-label="${escaped(name)}"><table><caption>${caption}</caption>`,
    `<thead><tr>${head.map((content) => cell(content, 'th', ' scope="col"')).join('')}</tr></thead><tbody>`,
    ...rows.map((row) => `<tr>${row.map((content, i) => (i === 0 ? cell(content, 'th', ' scope="row"') : cell(content, 'td'))).join('')}</tr>`),
    '</tbody></table></div>',
  ].join('\n');
}

/** A part that opens on a click. Both are HTML. */
export const folded = (summary: string, content: string): string => `<details><summary>${summary}</summary>\n${content}\n</details>`;
