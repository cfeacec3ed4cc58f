import { failure } from '../../base/errors.ts';

/** Throws `usage` for a token that no header can hold, without a word of it. */
export const checkToken = (token: string | undefined): void => checkSecret('GOODNET_TOKEN', token);

/** The same for any secret, by the variable that has it. */
export function checkSecret(variable: string, secret: string | undefined): void {
  if (secret !== undefined && !/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(secret))
    throw failure('usage', variable, {
      cause: 'holds a sign that is not of ASCII, or begins or ends with a space',
      fix: 'use letters, digits and signs of ASCII',
    });
}
