import type { TSchema } from '@sinclair/typebox';
import { type ValidateFunction } from 'ajv';
import { type Manner } from './validator-options.ts';
/**
 * What validates values of a schema, compiled when it is first asked for. In a bundle for a runtime that compiles nothing
 * this file is another, with what the build compiled (scripts/worker-bundle.mjs).
 */
export declare function validatorOf(manner: Manner, schema: TSchema): () => ValidateFunction;
