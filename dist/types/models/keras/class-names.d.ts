import type { Dialect } from '../layers/spec.ts';
/** The name that Keras itself gives a class in the files that it writes. */
export declare const classNameOf: (given: string, dialect: Dialect) => string;
