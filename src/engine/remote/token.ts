import { failure } from '../../base/errors.ts';

/** Throws `usage` for a token that no header can hold, without a word of it. */
export function checkToken(token: string | undefined): void {
  if (token !== undefined && !/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(token))
    throw failure('usage', 'GOODNET_TOKEN', {
      cause: 'holds a sign that is not of ASCII, or begins or ends with a space',
      fix: 'use letters, digits and signs of ASCII',
    });
}
