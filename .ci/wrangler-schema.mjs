// Holds deploy/cloudflare/wrangler.jsonc against wrangler's own schema: node .ci/wrangler-schema.mjs SCHEMA
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { parse } from 'jsonc-parser';

const validate = new Ajv({ strict: false, validateFormats: false }).compile(
  JSON.parse(readFileSync(process.argv[2], 'utf8')),
);
const problems = [];
const config = parse(readFileSync('deploy/cloudflare/wrangler.jsonc', 'utf8'), problems);
if (problems.length > 0) throw new Error(`wrangler.jsonc is no JSON with comments: ${JSON.stringify(problems)}`);
if (!validate(config)) throw new Error(`wrangler does not take it: ${JSON.stringify(validate.errors)}`);
if (validate({ ...config, limits: { cpu_ms: 'many' } })) throw new Error('the schema takes anything');
console.log('wrangler.jsonc is as its schema has it');
