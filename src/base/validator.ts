import type { TSchema } from '@sinclair/typebox';
import { Ajv, type ValidateFunction } from 'ajv';
import { keywords, type Manner, manners } from './validator-options.ts';

const compilers: Record<Manner, Ajv> = { filling: new Ajv(manners.filling), inPlace: new Ajv(manners.inPlace) };
compilers.filling.addVocabulary(keywords);

/**
 * What validates values of a schema, compiled when it is first asked for. In a bundle for a runtime that compiles nothing
 * this file is another, with what the build compiled (scripts/worker-bundle.mjs).
 */
export function validatorOf(manner: Manner, schema: TSchema): () => ValidateFunction {
  let validate: ValidateFunction | undefined;
  return () => (validate ??= compilers[manner].compile(schema));
}
