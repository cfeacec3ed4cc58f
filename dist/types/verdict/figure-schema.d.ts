import { type TProperties, type TSchema } from '@sinclair/typebox';
/** What records of counts and figures are put together from. */
export declare const images: import("@sinclair/typebox").TInteger;
export declare const percentage: import("@sinclair/typebox").TNumber;
export declare const attack: import("@sinclair/typebox").TString;
export declare const nullable: <S extends TSchema>(schema: S) => import("@sinclair/typebox").TUnion<[S, import("@sinclair/typebox").TNull]>;
export declare const oneOf: <const T extends string>(...names: readonly T[]) => import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<T>[]>;
export declare const perAttack: <S extends TSchema>(schema: S) => import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, S>;
/** A kind of finding: its code, and what it holds besides. */
export declare const finding: <const C extends string, P extends TProperties>(code: C, properties: P) => import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<C>;
} & P>;
/** What nets of no checkpoint are called. */
export declare const stage: import("@sinclair/typebox").TString;
export declare const split: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"validation" | "test">[]>;
export declare const metric: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"accuracy" | "asr" | "accuracy-drop" | "asr-increase" | "accuracy-decrease">[]>;
