import type { JsonObject } from '../../kit/json.js';
import type { Random } from '../../kit/random.js';
import type { Entity } from '../entity.js';
import { storedMoment } from '../moments.js';
import type { PortalStore } from '../store.js';
import type { SeedSize } from './size.js';

export const FIRST_DAY = Date.UTC(2023, 0, 1);
export const LAST_DAY = Date.UTC(2025, 8, 30);
const IMPORTED_AT = Date.UTC(2025, 2, 14, 9, 30);

/** What seeding draws from. */
export interface Sowing {
  readonly store: PortalStore;
  readonly random: Random;
  readonly size: SeedSize;
  /** Share of the records with a value that a careful target refuses. */
  readonly dirty: number;
}

/** Adds one record with its moments; one in fifty came with an import, so equal moments stand over page edges. */
export function plant({ store, random, dirty }: Sowing, entity: Entity, fields: JsonObject): void {
  const createdAt = random.int(FIRST_DAY, LAST_DAY);
  const updatedAt = random.chance(0.02) ? Math.max(createdAt, IMPORTED_AT) : random.int(createdAt, LAST_DAY);
  const { stamps } = entity;
  const userId = userOf(random);
  const id = entity.table.newId();
  const record: JsonObject = {
    id: Number(id),
    [stamps.created]: storedMoment(createdAt),
    [stamps.updated]: storedMoment(updatedAt),
    [stamps.author]: userId,
    [stamps.editor]: random.chance(0.5) ? userId : userOf(random),
    ...(entity.camel('lastActivityTime') === undefined
      ? {}
      : { lastActivityTime: storedMoment(updatedAt), lastActivityBy: userId }),
    ...fields,
  };
  for (const [name, value] of Object.entries(record)) if (value === null) delete record[name];
  store.plant(entity, dirty > 0 && random.chance(dirty) ? spoiled(record, random) : record);
}

/** A colleague who is no guest; the one who has left still owns a few records. */
export const userOf = (random: Random): number => (random.chance(0.03) ? 10 : random.int(1, 9));

/** The id of some record of an entity, or null. */
export function someId(random: Random, entity: Entity, share: number): number | null {
  if (entity.table.count === 0 || !random.chance(share)) return null;
  return Number(entity.table.idOf(random.int(0, entity.table.nextRow - 1)));
}

/** Phones, addresses and sites as a portal keeps them, with the marks that they are there. */
export function ways(store: PortalStore, values: Readonly<Record<string, readonly string[]>>): JsonObject {
  const fm = Object.entries(values).flatMap(([typeId, list]) =>
    list.map((value, index) => ({
      id: store.nextWayId(),
      typeId,
      valueType: index === 0 ? 'WORK' : typeId === 'PHONE' ? 'MOBILE' : 'HOME',
      value,
    })),
  );
  const has = (type: string) => (fm.some(({ typeId }) => typeId === type) ? 'Y' : 'N');
  return { fm: fm.length === 0 ? null : fm, hasPhone: has('PHONE'), hasEmail: has('EMAIL') };
}

/** The ids of the values of a list field. */
export function enumIds(store: PortalStore, fieldName: string): number[] {
  return store.userFields.find((field) => field.fieldName === fieldName)?.list.map(({ id }) => id) ?? [];
}

/** A value that a careful target refuses. */
function spoiled(record: JsonObject, random: Random): JsonObject {
  const name = 'title' in record ? 'title' : 'name' in record ? 'name' : 'subject';
  switch (random.int(0, 2)) {
    case 0:
      return { ...record, [name]: '' };
    case 1:
      return { ...record, [name]: 'я'.repeat(300) };
    default:
      return 'fm' in record
        ? { ...record, fm: [{ id: 0, typeId: 'EMAIL', valueType: 'WORK', value: 'two@@example.com' }] }
        : { ...record, currencyId: 'zloty' };
  }
}
