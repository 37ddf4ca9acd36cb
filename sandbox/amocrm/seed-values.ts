import type { Json, JsonObject } from '../kit/json.js';
import type { Random } from '../kit/random.js';
import type { Field, StoredValue } from './fields.js';
import type { SeedFields } from './seed-fields.js';
import type { AmoStore } from './store.js';
import type { entityNames } from './streams.js';

/** How many records to begin with. */
export interface SeedSize {
  readonly leads: number;
  readonly contacts: number;
  readonly companies: number;
  readonly customers: number;
  readonly elements: number;
}

/** What the parts of the seed work with. */
export interface Seeding {
  readonly store: AmoStore;
  readonly fields: SeedFields;
  readonly random: Random;
  readonly size: SeedSize;
  /** Share of the records with a value that a careful target refuses. */
  readonly dirty: number;
}

export const FIRST_DAY = Date.UTC(2024, 0, 1) / 1000;
export const LAST_DAY = Date.UTC(2025, 8, 30) / 1000;
/** A fifth of the records were changed by one import, all in this second. */
const IMPORTED_AT = Date.UTC(2025, 2, 14, 9, 30) / 1000;
const BROKEN = ['n/a', '-', '+48 12', 'нет', '000', '+7 (495) 12-', '12345678901234567890', '??'];

/** Adds a record as it is, with its own moments. */
export function plant(store: AmoStore, stream: keyof AmoStore['tables'], record: JsonObject): void {
  const table = store.tables[stream];
  table.insert({ id: table.nextId, ...record });
}

/** Who made a record and when, and when it was changed last. */
export function moments(store: AmoStore, random: Random): JsonObject {
  const createdAt = random.int(FIRST_DAY, LAST_DAY);
  const isImported = createdAt < IMPORTED_AT && random.chance(0.2);
  const by = random.pick(store.users).id;
  return {
    created_by: by,
    updated_by: isImported ? 0 : by,
    created_at: createdAt,
    updated_at: isImported ? IMPORTED_AT : random.int(createdAt, LAST_DAY),
  };
}

export function owned(store: AmoStore, random: Random): JsonObject {
  const user = random.pick(store.users);
  return { responsible_user_id: user.id, group_id: user.groupId, ...moments(store, random) };
}

export function custom(...pairs: readonly (readonly [Field | undefined, readonly StoredValue[]])[]): JsonObject {
  const stored: Record<string, Json> = {};
  for (const [field, values] of pairs)
    if (field !== undefined && values.length > 0)
      stored[field.id] = values.map((value) => ({ ...value }) as JsonObject);
  return stored;
}

export function choice(field: Field | undefined, random: Random): StoredValue {
  return { enum_id: random.pick(field?.enums ?? []).id };
}

export function named(field: Field | undefined, value: string): StoredValue {
  return { enum_id: field?.enums?.find((known) => known.value === value)?.id ?? 0 };
}

export function kinds(field: Field | undefined, values: readonly string[], random: Random): StoredValue[] {
  return values.map((value, index) => ({
    value,
    enum_id: index === 0 ? (field?.enums?.[0]?.id ?? 0) : random.pick(field?.enums ?? []).id,
  }));
}

export function spoilt(values: readonly string[], random: Random, dirty: number): readonly string[] {
  return random.chance(dirty) ? [random.pick(BROKEN)] : values;
}

export function tagsFor(random: Random, name: (typeof entityNames)[number], store: AmoStore): Json {
  if (!random.chance(0.25)) return [];
  const all = store.tags[name].all();
  return all
    .slice(random.int(0, all.length - 2))
    .slice(0, random.int(1, 2))
    .map(({ id }) => id);
}
