const longest = 200;
// Control characters, and those that turn the direction of text around or hide; but not the joiners that Persian, Indic scripts and emoji are written with.
const unsafe =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|(?<![^\u0000-\u007f])[\u200c\u200d]|[\u200c\u200d](?![^\u0000-\u007f])/g;

/** Cut between two characters, never inside one. */
const shortened = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;

/** A foreign name for terminals and logs: one line, nothing that a terminal or a workflow runner would obey. Messages keep their length. */
export function plainText(text: string): string {
  return text.replace(unsafe, '?').replaceAll('::', ':\u2009:').replaceAll('##[', '## [');
}

/** Words of several lines with foreign names in them, for terminals and logs: each line as `plainText`. */
export const plainLines = (text: string): string => text.split('\n').map(plainText).join('\n');

/** A value as JSON for stdout: whoever parses it gets it back, and terminals and workflow runners obey nothing in it. */
export function plainJson(value: unknown): string {
  const hex = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, null, 2)
    .replace(unsafe, (character) => (character === '\n' ? character : hex(character)))
    .replaceAll('##[', `#${hex('#')}[`);
}

/** A foreign name for Markdown and HTML, inside `<code>`: no markup, no mention, no table break. */
export function code(name: string, most = longest): string {
  const escaped = shortened(name.replace(unsafe, '?'), most).replace(
    /[&<>"'`|@\\[\]*_~#!$:]/g,
    (character) => `&#${character.charCodeAt(0)};`,
  );
  return `<code>${escaped}</code>`;
}

/** A message with foreign names in it, as `code` but longer. */
export const quoted = (message: string): string => code(message, 10 * longest);

/** A path as the target of a Markdown link. */
export const link = (path: string): string =>
  path
    .replaceAll(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map((part) => encodeURIComponent(part).replaceAll('(', '%28').replaceAll(')', '%29'))
    .join('/');

/** A foreign name inside a picture: the drawing library escapes it, this keeps it short. */
export const label = (name: string, length: number): string => shortened(name.replace(unsafe, '?'), length);

/** A name cut in its middle, since paths differ at their ends: `most` characters, however many bytes each has. */
export function middle(text: string, most: number): string {
  const letters = [
    ...new Intl.Segmenter().segment(
      text.slice(0, 20 * most).concat(text.length > 20 * most ? text.slice(-20 * most) : ''),
    ),
  ].map(({ segment }) => segment);
  const head = Math.ceil((most - 1) / 2);
  return letters.length > most
    ? `${letters.slice(0, head).join('')}…${letters.slice(head + 1 - most).join('')}`
    : letters.join('');
}

const latexSigns: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '–': '--',
  '…': '\\ldots{}',
  '−': '$-$',
};

/** A foreign name in LaTeX: nothing in it is a command. */
export const latex = (text: string): string =>
  text.replace(unsafe, '?').replace(/[\\~^–…−&%$#_{}]/g, (sign) => latexSigns[sign] ?? `\\${sign}`);

/** One cell of a CSV file (RFC 4180). Text that a spreadsheet would run as a formula is kept from it by an apostrophe. */
export function csvCell(value: string | number | null | undefined): string {
  if (value == null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[\s]*[=+\-@]/.test(value) || /^[\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
