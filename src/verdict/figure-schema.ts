import { type TProperties, type TSchema, Type } from '@sinclair/typebox';
import { attackName } from '../settings/data-schema.ts';
import { metricNames } from './metric-table.ts';

/** What records of counts and figures are put together from. */
export const images = Type.Integer({ minimum: 0 });
export const percentage = Type.Number({ minimum: 0, maximum: 100 });
export const attack = Type.String({ pattern: attackName.source });

export const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
export const oneOf = <const T extends string>(...names: readonly T[]) =>
  Type.Union(names.map((name) => Type.Literal(name)));
export const perAttack = <S extends TSchema>(schema: S) =>
  Type.Record(Type.String({ pattern: attackName.source }), schema, { additionalProperties: false });

/** A kind of finding: its code, and what it holds besides. */
export const finding = <const C extends string, P extends TProperties>(code: C, properties: P) =>
  Type.Object({ code: Type.Literal(code), ...properties });

/** What nets of no checkpoint are called. */
export const stage = Type.String({ pattern: '^[\\w=.-]+$' });

export const split = oneOf('validation', 'test');
export const metric = oneOf(...metricNames);
