import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { command } from './command.ts';
import { root } from './support.ts';

const deploy = path.join(root, 'deploy');
const textOf = (name: string): string => readFileSync(path.join(deploy, name), 'utf8');
const files = readdirSync(deploy, { recursive: true, encoding: 'utf8' }).filter((name) => path.extname(name) !== '');

/** Objects of CloudFormation have tags of their own. */
const documents = (name: string) => parseAllDocuments(textOf(name), { logLevel: 'silent' });

test.each(files.filter((name) => name.endsWith('.yaml')))('%s is YAML', (name) => {
  for (const document of documents(name)) expect(document.errors).toEqual([]);
});

test('what is deployed is what the build makes', () => {
  const built = readFileSync(path.join(root, 'scripts/bundle.mjs'), 'utf8');
  expect(textOf('aws-lambda/template.yaml')).toContain('Handler: dist/lambda.handler');
  expect(built).toContain("lambda: 'src/lambda.ts'");
  expect(readFileSync(path.join(root, 'src/lambda.ts'), 'utf8')).toContain('export const handler =');
  expect(textOf('cloudflare/wrangler.jsonc')).toContain('"main": "../../dist/worker.js"');
  expect(existsSync(path.join(root, 'src/worker.ts'))).toBe(true);
  expect(textOf('cloudflare/wrangler.jsonc')).not.toMatch(/"nodejs_compat/);
});

test('no container has rights that it does not need', () => {
  expect(textOf('container/Dockerfile')).toMatch(/^FROM \S+:nonroot$/m);
  for (const name of ['container/kubernetes.yaml', 'jobs/kubernetes-job.yaml'])
    for (const words of ['runAsNonRoot: true', 'allowPrivilegeEscalation: false', 'drop: [ALL]', 'RuntimeDefault'])
      expect(textOf(name)).toContain(words);
});

test('no file holds a token, and each that serves asks for one', () => {
  for (const name of ['container/knative.yaml', 'container/kubernetes.yaml'])
    expect(textOf(name)).toMatch(/GOODNET_TOKEN\n\s+valueFrom:/);
  expect(textOf('aws-lambda/template.yaml')).toMatch(/NoEcho: true/);
});

/** A template of CloudFormation, each `!If` as its list. */
interface Template {
  Parameters: Record<string, { Default?: unknown }>;
  Conditions: Record<string, unknown>;
  Resources: Record<string, { Type: string; Condition?: string; Properties: Record<string, unknown> }>;
}

test('AWS lets in whom IAM does, and anybody only to be asked for a token', () => {
  const [document] = documents('aws-lambda/template.yaml');
  const { Parameters, Conditions, Resources } = document!.toJS() as Template;
  expect(Parameters['Token']).toMatchObject({ Default: '' });
  expect(Conditions).toEqual({ HasToken: [['Token', '']] });
  expect(Resources['Evaluator']!.Properties).toMatchObject({
    Environment: { Variables: { GOODNET_TOKEN: ['HasToken', 'Token', 'AWS::NoValue'] } },
    FunctionUrlConfig: { AuthType: ['HasToken', 'NONE', 'AWS_IAM'] },
  });
  const open = Object.values(Resources).filter(({ Properties }) => Properties['Principal'] === '*');
  expect(open.map(({ Type, Condition }) => [Type, Condition])).toEqual([
    ['AWS::Lambda::Permission', 'HasToken'],
    ['AWS::Lambda::Permission', 'HasToken'],
  ]);
});

test('flags that jobs name are there', async () => {
  const help = (await command(root, 'shard', '--help')).stdout + (await command(root, 'serve', '--help')).stdout;
  for (const name of files.filter((file) => file !== 'jobs/slurm.sh'))
    for (const [, list] of textOf(name).matchAll(/(?:args: \[|CMD \[)(.*)\]/g))
      for (const [flag] of list!.matchAll(/--[a-z]+/g)) expect(help).toContain(`${flag} `);
  const wrapped = [...textOf('jobs/slurm.sh').matchAll(/goodnet shard ([^"]*)/g)].map(([, flags]) => flags!);
  expect(wrapped).toHaveLength(1);
  for (const [flag] of wrapped[0]!.matchAll(/--[a-z]+/g)) expect(help).toContain(`${flag} `);
});
