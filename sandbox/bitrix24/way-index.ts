import type { JsonObject } from '../kit/json.js';
import { MultiMap } from '../kit/multi-map.js';
import type { Entity } from './entity.js';
import { comparable, waysOf } from './ways.js';

/** Rows by comparable phones and e-mails; made at the first question and kept up with every change. */
export class WayIndex {
  readonly #maps = new Map<Entity, MultiMap>();

  /** Rows that have this phone or e-mail in comparable form. */
  rows(entity: Entity, type: string, value: string): readonly number[] {
    let map = this.#maps.get(entity);
    if (map === undefined) {
      map = new MultiMap();
      this.#maps.set(entity, map);
      for (const row of entity.table.rows()) {
        for (const key of keysOf(entity.table.record(row))) map.add(key, row);
      }
    }
    return map.get(`${type}:${value}`);
  }

  /** Hears that a row was added (no `before`), changed or deleted (no `after`). */
  changed(entity: Entity, row: number, before: JsonObject | undefined, after: JsonObject | undefined): void {
    const map = this.#maps.get(entity);
    if (map === undefined) return;
    if (before !== undefined) for (const key of keysOf(before)) map.remove(key, row);
    if (after !== undefined) for (const key of keysOf(after)) map.add(key, row);
  }
}

function keysOf(record: JsonObject): string[] {
  return waysOf(record).map(({ typeId, value }) => `${typeId}:${comparable(typeId, value)}`);
}
