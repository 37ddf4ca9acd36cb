import type { ExprType } from '../types.js';

/** What a parameter takes: `decimal` is exact text or a number, `moment` a date or date and time as text. */
export type ParameterKind = 'text' | 'number' | 'bool' | 'list' | 'decimal' | 'moment' | 'any';

export interface Parameter {
  readonly name: string;
  readonly kind: ParameterKind;
  readonly isOptional?: boolean;
}

/** An example: an expression, its value, and the record. They run as tests and stand in docs/expressions.md. */
export type Example = readonly [expression: string, value: unknown, record?: Readonly<Record<string, unknown>>];

/**
 * One function of the language. Where `takesNull` is not set, null as first argument gives null, and null in any
 * other place is an error; `run` then never sees null.
 */
export interface FunctionDeclaration {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly returns: ExprType | ((args: readonly ExprType[]) => ExprType);
  readonly sentence: string;
  readonly examples: readonly Example[];
  readonly takesNull?: boolean;
  /** Fixed extra steps of a costly function. */
  readonly cost?: number;
  /** Gets arguments that fit `parameters`; counts with `make` what it makes. */
  run(...args: never[]): unknown;
}

export const t = (name: string, isOptional = false): Parameter => ({ name, kind: 'text', isOptional });
export const n = (name: string, isOptional = false): Parameter => ({ name, kind: 'number', isOptional });
export const list = (name: string): Parameter => ({ name, kind: 'list' });
export const decimal = (name: string): Parameter => ({ name, kind: 'decimal' });
export const moment = (name: string): Parameter => ({ name, kind: 'moment' });
export const any = (name: string, isOptional = false): Parameter => ({ name, kind: 'any', isOptional });

/** Numbers of the language are JS numbers (doubles) or bigints (ints). */
export type Numeric = number | bigint;
