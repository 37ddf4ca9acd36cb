import { wholeOf } from './functions/numbers.js';
import { fail, make } from './meter.js';

/** Arithmetic of the language: int with int gives int (64 bits), any double makes a double. */
export type Arithmetic = (left: unknown, right: unknown) => unknown;

export const arithmetic: Readonly<Record<'+' | '-' | '*' | '/' | '%', Arithmetic>> = {
  '+': (left, right) => {
    if (typeof left === 'string' && typeof right === 'string') {
      make(left.length + right.length);
      return left + right;
    }
    if (Array.isArray(left) && Array.isArray(right)) {
      make((left.length + right.length) * 16);
      return [...left, ...right];
    }
    if (typeof left === 'bigint' && typeof right === 'bigint') return wholeOf(left + right);
    return numberOf(left, '+') + numberOf(right, '+');
  },
  '-': (left, right) => {
    if (typeof left === 'bigint' && typeof right === 'bigint') return wholeOf(left - right);
    return numberOf(left, '-') - numberOf(right, '-');
  },
  '*': (left, right) => {
    if (typeof left === 'bigint' && typeof right === 'bigint') return wholeOf(left * right);
    return numberOf(left, '*') * numberOf(right, '*');
  },
  '/': (left, right) => {
    if (typeof left === 'bigint' && typeof right === 'bigint')
      return right === 0n ? fail('division by zero') : left / right;
    return numberOf(left, '/') / numberOf(right, '/');
  },
  '%': (left, right) => {
    if (typeof left !== 'bigint' || typeof right !== 'bigint') return fail('`%` needs whole numbers on both sides');
    return right === 0n ? fail('division by zero') : left % right;
  },
};

function numberOf(value: unknown, operator: string): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return fail(`\`${operator}\` cannot take ${kindOf(value)}`);
}

export type Comparison = (left: unknown, right: unknown) => boolean;

export const comparisons: Readonly<Record<'<' | '<=' | '>' | '>=', Comparison>> = {
  '<': (left, right) => ordered(left, right, '<') < 0,
  '<=': (left, right) => ordered(left, right, '<=') <= 0,
  '>': (left, right) => ordered(left, right, '>') > 0,
  '>=': (left, right) => ordered(left, right, '>=') >= 0,
};

/** Below 0, 0 or above 0; NaN where a number is not one, which makes every comparison false. */
function ordered(left: unknown, right: unknown, operator: string): number {
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  const areNumbers =
    (typeof left === 'number' || typeof left === 'bigint') && (typeof right === 'number' || typeof right === 'bigint');
  if (!areNumbers) return fail(`\`${operator}\` cannot stand between ${kindOf(left)} and ${kindOf(right)}`);
  if (Number.isNaN(left) || Number.isNaN(right)) return Number.NaN;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** What a message calls a value, without showing it. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
    case 'bigint':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'undefined':
      return 'nothing';
    default:
      return 'a map';
  }
}
