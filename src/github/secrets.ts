import { awsVariables } from '../engine/remote/aws-keys.ts';

/** A shorter part of a token is a word like any other. */
const shortestSecret = 4;

/** Takes the job's tokens out of texts, and each line of one that was pasted badly, as a client's error may hold it. */
export function masking(env: Readonly<Record<string, string | undefined>>): (text: string) => string {
  const tokens = Object.keys(env).filter((name) =>
    ['INPUT_REPO-TOKEN', 'ACTIONS_RUNTIME_TOKEN', 'GOODNET_TOKEN', ...awsVariables].includes(name.toUpperCase()),
  );
  const secrets = tokens
    .flatMap((name) => (env[name] ?? '').split(/\s+/))
    .filter((part) => part.length >= shortestSecret);
  return (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}
