import { isObject, type Json, type JsonObject, own } from '../kit/json.js';
import type { AmoTable } from './table.js';

const PHONE_DIGITS = 7;

/**
 * The full-text search of `query`: whole values of custom fields, words of names, and phones by their last seven
 * digits, so it finds numbers that merely end alike, as the vendor's does. Made at the first question.
 */
export class SearchIndex {
  readonly #table: AmoTable;
  /** One row is stored as a bare number: nearly every key has exactly one. */
  readonly #rows = new Map<string, number | number[]>();
  #isReady = false;

  constructor(table: AmoTable) {
    this.#table = table;
    table.listen((row, before, after) => {
      if (!this.#isReady) return;
      const [old, fresh] = [before === undefined ? new Set<string>() : keysOf(before), keysOf(after)];
      for (const key of old) if (!fresh.has(key)) this.#remove(key, row);
      for (const key of fresh) if (!old.has(key)) this.#add(key, row);
    });
  }

  /** Rows that fit all words of the question. */
  find(query: string): ReadonlySet<number> {
    this.#build();
    const text = query.trim().toLowerCase();
    const found = new Set(this.#get(`=${text}`));
    const phone = phoneKey(text);
    if (phone !== undefined) for (const row of this.#get(phone)) found.add(row);
    const words = text.split(/\s+/).filter(Boolean);
    const [first, ...others] = words.map((word) => new Set(this.#get(`w${word}`)));
    for (const row of first ?? []) if (others.every((rows) => rows.has(row))) found.add(row);
    return found;
  }

  /** Rows with a phone that ends in the same digits. */
  byPhone(phone: string, digits = PHONE_DIGITS): number[] {
    this.#build();
    const key = phoneKey(phone);
    if (key === undefined) return [];
    const ending = phone.replace(/\D/g, '').slice(-digits);
    return this.#get(key).filter((row) => phonesOf(this.#table.record(row)).some((held) => held.endsWith(ending)));
  }

  #build(): void {
    if (this.#isReady) return;
    this.#isReady = true;
    const { records } = this.#table;
    for (let row = 0; row < records.nextRow; row += 1) {
      for (const key of keysOf(this.#table.record(row))) this.#add(key, row);
    }
  }

  #get(key: string): readonly number[] {
    const held = this.#rows.get(key);
    return held === undefined ? [] : typeof held === 'number' ? [held] : held;
  }

  #add(key: string, row: number): void {
    const held = this.#rows.get(key);
    if (held === undefined) this.#rows.set(key, row);
    else if (typeof held === 'number') this.#rows.set(key, [held, row]);
    else held.push(row);
  }

  #remove(key: string, row: number): void {
    const left = this.#get(key).filter((other) => other !== row);
    if (left.length === 0) this.#rows.delete(key);
    else this.#rows.set(key, left);
  }
}

function keysOf(record: JsonObject): Set<string> {
  const keys = new Set<string>();
  for (const key of ['name', 'first_name', 'last_name']) {
    const name = own(record, key);
    if (typeof name === 'string')
      for (const word of name.toLowerCase().split(/\s+/)) if (word !== '') keys.add(`w${word}`);
  }
  if (typeof record.name === 'string') keys.add(`=${record.name.trim().toLowerCase()}`);
  if (typeof record.id === 'number') keys.add(`=${record.id}`);
  for (const value of valuesOf(record)) {
    keys.add(`=${value.trim().toLowerCase()}`);
    const phone = phoneKey(value);
    if (phone !== undefined) keys.add(phone);
  }
  return keys;
}

function phonesOf(record: JsonObject): string[] {
  return valuesOf(record).map((value) => value.replace(/\D/g, ''));
}

function valuesOf(record: JsonObject): string[] {
  const stored = own(record, 'cf');
  if (!isObject(stored)) return [];
  return Object.values(stored).flatMap((values: Json) =>
    Array.isArray(values)
      ? values.flatMap((part) => (isObject(part) && typeof part.value === 'string' ? [part.value] : []))
      : [],
  );
}

/** The key of what may be a phone: at least seven digits and nothing but what people write into phones. */
function phoneKey(text: string): string | undefined {
  if (!/^[\d\s()+.\-/]+$/.test(text)) return undefined;
  const digits = text.replace(/\D/g, '');
  return digits.length < PHONE_DIGITS ? undefined : `#${digits.slice(-PHONE_DIGITS)}`;
}
