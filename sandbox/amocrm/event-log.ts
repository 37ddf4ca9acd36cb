import { Column, wholeAndReal, words } from '../kit/column.js';
import type { JsonObject } from '../kit/json.js';

/** One line of the account's history. */
export interface AmoEvent {
  readonly index: number;
  readonly type: string;
  /** `lead`, `contact`, `company`, `customer`, `task` or `catalog_{id}`. */
  readonly entityType: string;
  readonly entityId: number;
  readonly createdBy: number;
  /** Seconds. */
  readonly createdAt: number;
  readonly before: readonly JsonObject[];
  readonly after: readonly JsonObject[];
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const NOTHING: readonly JsonObject[] = [];

/** What happened in the account, kept in columns because every record has a line of its making. */
export class EventLog {
  readonly #types: string[] = [];
  readonly #entityTypes: string[] = [];
  readonly #typeOf = new Column(words);
  readonly #entityTypeOf = new Column(words);
  readonly #entityIds = new Column(wholeAndReal);
  readonly #createdBy = new Column(wholeAndReal);
  readonly #createdAt = new Column(wholeAndReal);
  readonly #values = new Map<number, readonly [readonly JsonObject[], readonly JsonObject[]]>();

  get length(): number {
    return this.#createdAt.length;
  }

  add(event: Omit<AmoEvent, 'index' | 'before' | 'after'> & Partial<Pick<AmoEvent, 'before' | 'after'>>): void {
    const { before = NOTHING, after = NOTHING } = event;
    if (before.length + after.length > 0) this.#values.set(this.length, [before, after]);
    this.#typeOf.push(numberOf(this.#types, event.type));
    this.#entityTypeOf.push(numberOf(this.#entityTypes, event.entityType));
    this.#entityIds.push(event.entityId);
    this.#createdBy.push(event.createdBy);
    this.#createdAt.push(event.createdAt);
  }

  at(index: number): AmoEvent {
    const [before, after] = this.#values.get(index) ?? [NOTHING, NOTHING];
    return {
      index,
      type: this.#types[this.#typeOf.at(index)] ?? '',
      entityType: this.#entityTypes[this.#entityTypeOf.at(index)] ?? '',
      entityId: this.#entityIds.at(index),
      createdBy: this.#createdBy.at(index),
      createdAt: this.#createdAt.at(index),
      before,
      after,
    };
  }

  createdAt(index: number): number {
    return this.#createdAt.at(index);
  }
}

/** The id of an event: its second and its number, written like the vendor's sortable ids. */
export function eventId({ createdAt, index }: Pick<AmoEvent, 'createdAt' | 'index'>): string {
  return base32(createdAt * 1000, 10) + base32(index, 16);
}

/** The number in an event's id; NaN for what is not such an id. */
export function eventIndex(id: string): number {
  if (!/^[0-9a-hjkmnp-tv-z]{26}$/.test(id)) return Number.NaN;
  return [...id.slice(10)].reduce((sum, letter) => sum * 32 + ALPHABET.indexOf(letter), 0);
}

function base32(number: number, length: number): string {
  let text = '';
  for (let rest = number; text.length < length; rest = Math.floor(rest / 32))
    text = (ALPHABET[rest % 32] ?? '0') + text;
  return text;
}

function numberOf(names: string[], name: string): number {
  const found = names.indexOf(name);
  return found >= 0 ? found : names.push(name) - 1;
}
