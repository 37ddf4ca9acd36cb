import type { JsonObject, JsonValue } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import type { Change, FoundRecord } from '../../kit/index.js';
import { findField, nameOf, ownIdField } from '../custom-fields.js';
import { Finder } from '../reading/finder.js';
import { fieldsPath, type RecordList } from '../reading/list.js';
import { fingerprintOf } from '../streams/fingerprint.js';
import { Unfinished } from './unfinished.js';

const parentsAtOnce = 40;

/**
 * Finds records that we made. Most streams have a custom field that keeps the record key. Tasks and notes have no such
 * field: they are told by a fingerprint, which can be made only from the change itself. So a key that is asked for
 * before its change is known stays in doubt, and the record is looked for right before it would be made again.
 */
export class OwnIds {
  readonly #finder: Finder;
  /** By record key, of changes that this writer has sent or is about to send. */
  readonly #fields = new Map<string, JsonObject>();
  readonly #unfinished: Unfinished;
  /** Records that belong to a change already. */
  readonly #taken = new Set<string>();

  /** `later`: fields of relations that are written after the record itself. */
  constructor(
    readonly list: RecordList,
    readonly later: readonly string[],
  ) {
    this.#finder = new Finder(list);
    this.#unfinished = new Unfinished(list);
  }

  get #hasField(): boolean {
    return this.list.stream.write?.ownId === 'field';
  }

  /** A record was made; its relations may still be missing. */
  made({ recordKey }: Change, key: string): void {
    if (this.#hasField) this.#unfinished.set(recordKey, key);
    else this.done(recordKey, key);
  }

  /** A record has all that it shall have. */
  done(recordKey: string, key: string): void {
    if (!this.#hasField) this.#taken.add(key);
    this.#unfinished.delete(recordKey);
  }

  /** The record that a former try has made for this change. */
  begun(recordKey: string): string | null {
    return this.#unfinished.get(recordKey) ?? null;
  }

  /** Records that are there already, of changes whose keys were asked for in vain. */
  async knownFor(changes: readonly Change[], signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    if (this.#hasField) return new Map();
    for (const { recordKey, fields } of changes) this.#fields.set(recordKey, fields);
    const keys = changes.map(({ recordKey }) => recordKey).filter((key) => this.#unfinished.get(key) === null);
    if (keys.length === 0) return new Map();
    const found = await this.#byFingerprint(keys, signal);
    for (const key of keys) this.#unfinished.delete(key);
    return new Map(found.map(({ askedFor, targetKey }) => [askedFor, targetKey]));
  }

  async find(recordKeys: readonly string[], signal: AbortSignal): Promise<readonly FoundRecord[]> {
    if (this.#hasField) return this.#byField(recordKeys, signal);
    const known = recordKeys.filter((key) => this.#fields.has(key));
    for (const key of recordKeys) if (!this.#fields.has(key)) this.#unfinished.set(key, null);
    return this.#byFingerprint(known, signal);
  }

  async #byField(recordKeys: readonly string[], signal: AbortSignal): Promise<FoundRecord[]> {
    const [path] = await this.list.paths(signal);
    if (path === undefined) return [];
    const field = findField(await this.list.account.customFields(fieldsPath(path), signal), ownIdField);
    if (field === null) return [];
    const wanted = new Set(recordKeys);
    const records = await this.#finder.find(nameOf(field), recordKeys, signal);
    const found = records.flatMap((record) => {
      const askedFor = keyText(record[nameOf(field)]) ?? '';
      return wanted.has(askedFor) ? [{ targetKey: keyText(record.id) ?? '', askedFor, fields: record }] : [];
    });
    return found.filter((hit) => this.#isFinished(hit, found));
  }

  /**
   * A record whose relations come after it may have been left without them: it counts as not written, and the next try
   * goes on with it. One that stands there twice is shown, so that somebody sees it.
   */
  #isFinished(hit: FoundRecord, all: readonly FoundRecord[]): boolean {
    if (this.later.length === 0 || all.some((each) => each !== hit && each.askedFor === hit.askedFor)) return true;
    const isEmpty = (value: JsonValue | undefined): boolean =>
      value == null || (Array.isArray(value) && value.length === 0);
    if (this.later.every((name) => !isEmpty(hit.fields[name]))) return true;
    this.#unfinished.set(hit.askedFor, hit.targetKey);
    return false;
  }

  /** Each record answers for one change, however alike they are. */
  async #byFingerprint(recordKeys: readonly string[], signal: AbortSignal): Promise<FoundRecord[]> {
    if (recordKeys.length === 0) return [];
    const asked = new Map(recordKeys.map((key) => [key, this.#fields.get(key) ?? {}]));
    const hits = await this.#siblings([...asked.values()], signal);
    const found: FoundRecord[] = [];
    for (const [askedFor, fields] of asked) {
      const print = fingerprintOf(fields, this.#kind);
      const hit = hits.find((record) => record.fingerprint === print && !this.#taken.has(keyText(record.id) ?? ''));
      if (hit === undefined) continue;
      const targetKey = keyText(hit.id) ?? '';
      this.#taken.add(targetKey);
      found.push({ targetKey, askedFor, fields: hit });
    }
    return found;
  }

  /** All records that may be what these changes have made; those that this writer knows to be another's are left out. */
  async alike(changes: readonly Change[], signal: AbortSignal): Promise<readonly FoundRecord[]> {
    const siblings = await this.#siblings(
      changes.map(({ fields }) => fields),
      signal,
    );
    siblings.sort((one, other) => Number(one.id) - Number(other.id));
    return changes.flatMap(({ recordKey, fields }) => {
      const print = fingerprintOf(fields, this.#kind);
      return siblings.flatMap((record) => {
        const targetKey = keyText(record.id) ?? '';
        const isFree = record.fingerprint === print && !this.#taken.has(targetKey);
        return isFree ? [{ targetKey, askedFor: recordKey, fields: record }] : [];
      });
    });
  }

  get #kind(): 'tasks' | 'notes' {
    return this.list.stream.embedded === 'tasks' ? 'tasks' : 'notes';
  }

  /** All records of the same parents. */
  async #siblings(changes: readonly JsonObject[], signal: AbortSignal): Promise<JsonObject[]> {
    const byType = new Map<string, Set<string>>();
    for (const { entity_type: type, entity_id: id } of changes) {
      const text = keyText(id) ?? '';
      const ids = byType.get(keyText(type) ?? '') ?? new Set();
      if (/^\d+$/.test(text)) ids.add(text);
      byType.set(keyText(type) ?? '', ids);
    }
    const found: JsonObject[] = [];
    for (const [type, ids] of byType) {
      for (let start = 0; start < Math.max(1, ids.size); start += parentsAtOnce) {
        const some = [...ids].slice(start, start + parentsAtOnce);
        const query = {
          ...(type !== '' && { 'filter[entity_type]': type }),
          ...(some.length > 0 && { 'filter[entity_id][]': some }),
        };
        found.push(...(await this.#finder.all(query, signal)));
      }
    }
    return found;
  }
}
