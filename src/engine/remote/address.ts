import { failure } from '../../base/errors.ts';

/** The address of an evaluator, with a slash at its end. Throws `evaluator-url` for one that could give a token or images away. */
export function addressOf(text: string): URL {
  const refuse = (cause: string) => failure('evaluator-url', text, { cause });
  if (!URL.canParse(text)) throw refuse('is no URL');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '')
    throw failure('evaluator-url', url.host, {
      cause: 'holds a user or a password: GOODNET_TOKEN is the place of secrets',
    });
  const isPlain = url.protocol === 'http:' && isLoopback(url.hostname);
  if (url.protocol !== 'https:' && !isPlain) throw refuse('is not https');
  if (url.search !== '' || url.hash !== '') throw refuse('has something behind its path');
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

/** Whether a host is this machine, whatever a name server says. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
