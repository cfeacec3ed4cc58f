const longest = 200;
// Control characters, and those that turn the direction of text around or hide.
const unsafe = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;  

const shortened = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** A foreign name for terminals and logs: one line, nothing that a terminal or a workflow runner would obey. Messages keep their length. */
export function plainText(text: string): string {
  return text.replace(unsafe, '?').replaceAll('::', ':\u2009:').replaceAll('##[', '## [');
}

/** A foreign name for Markdown and HTML, inside `<code>`: no markup, no mention, no table break. */
export function code(name: string, most = longest): string {
  const escaped = shortened(name.replace(unsafe, '?'), most).replace(/[&<>"'`|@\\[\]*_~#!$:]/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<code>${escaped}</code>`;
}

/** A message with foreign names in it, as `code` but longer. */
export const quoted = (message: string): string => code(message, 10 * longest);

/** A path as the target of a Markdown link. */
export const link = (path: string): string => path.replaceAll(/\p{Surrogate}/gu, '\ufffd').split('/').map((part) => encodeURIComponent(part).replaceAll('(', '%28').replaceAll(')', '%29')).join('/');

/** A foreign name inside a picture: the drawing library escapes it, this keeps it short. */
export const label = (name: string, length: number): string => shortened(name.replace(unsafe, '?'), length);
