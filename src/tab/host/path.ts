// Node's `path` on a system with `/`, where the working folder is the root.

export const sep = '/';
export const isAbsolute = (path: string): boolean => path.startsWith('/');

export function normalize(path: string): string {
  const absolute = isAbsolute(path);
  const parts = plainParts(path.split('/'), absolute).join('/');
  if (absolute && parts === '') return '/';
  return `${absolute ? '/' : ''}${parts || '.'}${path.endsWith('/') ? '/' : ''}`;
}

/** Parts without empty ones and `.`; each `..` takes the one before it along, where there is one. */
function plainParts(parts: readonly string[], absolute: boolean): string[] {
  const plain: string[] = [];
  for (const part of parts) {
    if (part === '' || part === '.') continue;
    if (part !== '..') plain.push(part);
    else if (plain.length > 0 && plain.at(-1) !== '..') plain.pop();
    else if (!absolute) plain.push(part);
  }
  return plain;
}

export const join = (...parts: string[]): string => normalize(parts.filter((part) => part !== '').join('/'));

export function resolve(...parts: string[]): string {
  const from = parts.findLastIndex(isAbsolute);
  return `/${plainParts(parts.slice(Math.max(0, from)).join('/').split('/'), true).join('/')}`;
}

export function dirname(path: string): string {
  const at = path.replace(/\/+$/, '').lastIndexOf('/');
  if (at < 0) return isAbsolute(path) ? '/' : '.';
  return path.slice(0, at) || '/';
}

export const basename = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1)!;

export function relative(from: string, to: string): string {
  const [start, end] = [resolve(from), resolve(to)].map((path) => path.split('/').filter((part) => part !== ''));
  let same = 0;
  while (same < start!.length && same < end!.length && start![same] === end![same]) same++;
  return [...start!.slice(same).map(() => '..'), ...end!.slice(same)].join('/');
}

export default { sep, isAbsolute, normalize, join, resolve, dirname, basename, relative };
