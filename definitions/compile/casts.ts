import type { JsonValue } from '../../core/json.js';
import { phoneText } from '../expressions/functions/contacts.js';
import { truthOf } from '../expressions/functions/numbers.js';
import { exactDecimal, moneyText, placesOf, placesOfCurrency, plainText } from '../expressions/functions/values.js';
import { readDate, readDateTime } from '../expressions/time.js';
import type { Work } from '../plan/compiled.js';
import type { FieldCast } from '../plan/plan.js';
import { reject } from './failures.js';
import { compilePath } from './paths.js';

export type Cast = (value: JsonValue, work: Work) => JsonValue;

/** A cast as a function over values that are neither absent nor null. What does not fit is `map/invalid_value`. */
export function compileCast(cast: FieldCast, field: string): Cast {
  switch (cast.kind) {
    case 'money':
      return moneyCast(cast, field);
    case 'phone':
      return (value) =>
        (typeof value === 'string' || typeof value === 'number' ? phoneText(String(value), cast.region) : null) ??
        unfit(
          field,
          'a phone number',
          'Map it with `isPhone(...) ? phone(...) : null` where the source may hold other text.',
        );
    case 'list':
      return (value) => (Array.isArray(value) ? value : [value]);
    default: {
      const { read, what, hint } = scalarCasts[cast.kind];
      return (value) => read(value) ?? unfit(field, what, hint);
    }
  }
}

interface ScalarCast {
  readonly what: string;
  readonly hint: string;
  /** Null where the value does not fit. */
  readonly read: (value: JsonValue) => JsonValue | null;
}

const scalarCasts: Readonly<Record<Exclude<FieldCast['kind'], 'money' | 'phone' | 'list'>, ScalarCast>> = {
  text: { what: 'text', hint: 'Take one member of it, or join it with `join(...)`.', read: plainText },
  integer: {
    what: 'a whole number that keeps its digits',
    hint: 'Use `as: text` for ids, or `round(...)` for fractions.',
    read: toInteger,
  },
  decimal: { what: 'a decimal such as `12.50`', hint: 'Clean it with `replace(...)` first.', read: toDecimal },
  boolean: { what: 'true, false, 1, 0, Y, N, yes or no', hint: 'Use a value table for other words.', read: truthOf },
  date: {
    what: 'a date such as `2025-03-01`',
    hint: "Read other forms with `date(text, 'dd.MM.yyyy')`.",
    read: (value) => (typeof value === 'string' ? readDate(value) : null),
  },
  datetime: {
    what: 'a date and time with an offset',
    hint: "Use `datetime(text, 'Europe/Warsaw')`, which names the zone.",
    read: (value) => (typeof value === 'string' ? readDateTime(value, null) : null),
  },
};

function toInteger(value: JsonValue): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null;
  if (typeof value !== 'string' || !/^[+-]?\d{1,30}(\.0{1,10})?$/.test(value)) return null;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : null;
}

/** Keeps the decimal places as they are written: `1500.00` stays so. */
function toDecimal(value: JsonValue): string | null {
  return exactDecimal(value)?.toFixed(placesOf(value)) ?? null;
}

function moneyCast(cast: Extract<FieldCast, { kind: 'money' }>, field: string): Cast {
  const currencyOf = currencyReader(cast.currency);
  return (value, work) => {
    const code = currencyOf(work);
    const places = typeof code === 'string' ? placesOfCurrency(code) : null;
    if (places === null) return unfit(field, 'money: its currency is not three capital letters', 'Check `currency:`.');
    return (
      moneyText(value, places) ??
      unfit(
        field,
        `an exact amount with at most ${places} decimal places`,
        'Round it with `round(...)` if that is meant.',
      )
    );
  };
}

function currencyReader(currency: Extract<FieldCast, { kind: 'money' }>['currency']): (work: Work) => unknown {
  if ('code' in currency) return () => currency.code;
  const read = compilePath(currency.path);
  return (work) => read(work.record);
}

/** Names the field and what was wanted, never the value. */
function unfit(field: string, what: string, hint: string): never {
  return reject('map/invalid_value', `The value for \`${field}\` is not ${what}.`, hint);
}
