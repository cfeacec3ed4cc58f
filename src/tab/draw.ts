/** An element of the page, with these properties and what is in it. Texts stay texts. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...content: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...content);
  return made;
}

/** The element of the page that is called so. */
export const part = <E extends HTMLElement = HTMLElement>(id: string): E => document.getElementById(id) as E;

/** A table in a box that scrolls sideways, also by keyboard. The first cell of each row heads it. */
export function table(
  name: string,
  head: readonly (Node | string)[],
  rows: readonly { cells: readonly (Node | string)[]; className?: string }[],
  right: readonly boolean[] = [],
): HTMLElement {
  const side = (column: number): string => (right[column] === true ? 'number' : '');
  const cell = (content: Node | string, column: number): HTMLElement => {
    const made = element(column === 0 ? 'th' : 'td', { className: side(column) }, content);
    if (column === 0) made.setAttribute('scope', 'row');
    return made;
  };
  const heads = head.map((words, column) => element('th', { scope: 'col', className: side(column) }, words));
  const drawn = element(
    'table',
    {},
    element('caption', {}, element('span', {}, name)),
    element('thead', {}, element('tr', {}, ...heads)),
    element('tbody', {}, ...rows.map(({ cells, className = '' }) => element('tr', { className }, ...cells.map(cell)))),
  );
  return element('div', { className: 'scroll', tabIndex: 0, role: 'region', ariaLabel: name }, drawn);
}

/** A link that saves a file. */
export const download = (content: Blob, name: string, text: string, className = ''): HTMLAnchorElement =>
  element('a', { href: URL.createObjectURL(content), download: name, className }, text);

/** A size for people. */
export const sizeText = (bytes: number): string =>
  bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3)).toLocaleString('en')} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
