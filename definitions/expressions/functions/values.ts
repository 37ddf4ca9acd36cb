import Big from 'big.js';
import { fail } from '../meter.js';

/** A number, text or truth value as plain text; null for anything else. Numbers never get an exponent. */
export function plainText(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
      return value;
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'number':
      return numberText(value);
    default:
      return null;
  }
}

function numberText(value: number): string | null {
  if (!Number.isFinite(value)) return null;
  const text = String(value);
  return text.includes('e') ? new Big(value).toFixed() : text;
}

const decimalForm = /^[+-]?\d{1,60}(?:\.\d{1,60})?$/;

/** An exact decimal from text or a number; null for anything that is not one. */
export function exactDecimal(value: unknown): Big | null {
  if (typeof value === 'number') {
    const size = Math.abs(value);
    return Number.isFinite(value) && size < 1e60 && (size > 1e-60 || size === 0) ? new Big(value) : null;
  }
  if (typeof value === 'bigint') return new Big(String(value));
  if (typeof value === 'string' && decimalForm.test(value))
    return new Big(value.startsWith('+') ? value.slice(1) : value);
  return null;
}

/** How many decimal places a decimal has as written: `1500.00` has two. */
export function placesOf(value: unknown): number {
  const text = plainText(value) ?? '';
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

const currencyPlaces = new Map<string, number>();

/** Decimal places of a currency by ISO 4217; null for a code that is not three capital letters. */
export function placesOfCurrency(code: string): number | null {
  const known = currencyPlaces.get(code);
  if (known !== undefined) return known;
  if (!/^[A-Z]{3}$/.test(code)) return null;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: code });
  const places = format.resolvedOptions().maximumFractionDigits ?? 2;
  if (currencyPlaces.size < 400) currencyPlaces.set(code, places);
  return places;
}

/** The amount with exactly that many decimal places; null where digits would be dropped or it is no decimal. */
export function moneyText(amount: unknown, places: number): string | null {
  const exact = exactDecimal(amount);
  if (!exact) return null;
  const rounded = exact.round(places, Big.roundDown);
  return rounded.eq(exact) ? rounded.toFixed(places) : null;
}

export function wholeNumber(value: unknown, name: string): number {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : fail(`\`${name}\` takes a whole number`);
}
