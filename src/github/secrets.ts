/** A shorter part of a token is a word like any other. */
const shortestSecret = 4;

/** Takes the job's tokens out of texts, and each line of one that was pasted badly, as a client's error may hold it. */
export function masking(env: Readonly<Record<string, string | undefined>>): (text: string) => string {
  const secrets = [env['INPUT_REPO-TOKEN'], env['ACTIONS_RUNTIME_TOKEN']].flatMap((token) => (token ?? '').split(/\s+/)).filter((part) => part.length >= shortestSecret);
  return (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}
