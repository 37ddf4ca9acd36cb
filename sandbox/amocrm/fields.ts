import type { Json, JsonObject } from '../kit/json.js';
import type { FieldType } from './field-types.js';

/** One value that a field with a list may take. */
export interface FieldEnum {
  readonly id: number;
  readonly value: string;
  readonly sort: number;
  /** Only where values are named by a code (the kinds of phones). */
  readonly code: string | null;
}

/** One custom field of the account. */
export interface Field {
  readonly id: number;
  /** `leads`, `contacts`, `companies`, `customers` or `catalogs/{id}`. */
  readonly owner: string;
  name: string;
  readonly type: FieldType;
  code: string | null;
  sort: number;
  isApiOnly: boolean;
  enums: readonly FieldEnum[] | null;
  groupId: string | null;
  requiredStatuses: readonly JsonObject[];
  readonly isPredefined: boolean;
  remind: string | null;
  /** Settings of some types, shown as they were sent (`chained_lists`, `tracking_callback`, `currency`). */
  more: JsonObject;
}

/** A tab of fields on a card. */
export interface FieldGroup {
  readonly id: string;
  name: string;
  sort: number;
  readonly isPredefined: boolean;
}

/** What a new field may be given; the rest has the vendor's defaults. */
export type NewField = Pick<Field, 'owner' | 'name' | 'type'> &
  Partial<Omit<Field, 'id' | 'enums'>> & {
    readonly enums?: readonly (Partial<FieldEnum> & { readonly value: string })[] | null;
  };

/** All custom fields of the account, by owner. */
export class FieldBook {
  readonly #byOwner = new Map<string, Map<number, Field>>();
  readonly #groups = new Map<string, FieldGroup[]>();
  #lastId: number;
  #lastEnumId: number;

  constructor(firstId: number, firstEnumId: number) {
    this.#lastId = firstId;
    this.#lastEnumId = firstEnumId;
  }

  /** The owner's fields in the order of their sort. */
  list(owner: string): Field[] {
    return [...(this.#byOwner.get(owner)?.values() ?? [])].sort(
      (one, other) => one.sort - other.sort || one.id - other.id,
    );
  }

  get(owner: string, id: number): Field | undefined {
    return this.#byOwner.get(owner)?.get(id);
  }

  byCode(owner: string, code: string): Field | undefined {
    for (const field of this.#byOwner.get(owner)?.values() ?? []) if (field.code === code) return field;
    return undefined;
  }

  /** By code or name, as a person would call it. */
  called(owner: string, name: string): Field | undefined {
    const wanted = name.toLowerCase();
    return this.byCode(owner, name) ?? this.list(owner).find((field) => field.name.toLowerCase() === wanted);
  }

  add(given: NewField): Field {
    // Ids of one account go up in uneven steps, as those of all accounts come from one counter.
    this.#lastId += 2;
    const owned = this.#byOwner.get(given.owner) ?? new Map<number, Field>();
    this.#byOwner.set(given.owner, owned);
    const field: Field = {
      code: null,
      sort: 500 + owned.size * 10,
      isApiOnly: false,
      groupId: null,
      requiredStatuses: [],
      isPredefined: false,
      remind: null,
      more: {},
      ...given,
      enums: given.enums === undefined || given.enums === null ? null : this.enumsOf(given.enums),
      id: this.#lastId,
    };
    owned.set(field.id, field);
    return field;
  }

  remove(owner: string, id: number): void {
    this.#byOwner.get(owner)?.delete(id);
  }

  /** Gives ids to the values that have none yet. */
  enumsOf(given: readonly (Partial<FieldEnum> & { readonly value: string })[]): FieldEnum[] {
    return given.map((value, index) => ({
      id: value.id ?? this.#newEnumId(),
      value: value.value,
      sort: value.sort ?? (index + 1) * 10,
      code: value.code ?? null,
    }));
  }

  groups(owner: string): FieldGroup[] {
    let groups = this.#groups.get(owner);
    if (groups === undefined) {
      groups = [{ id: 'default', name: 'Основное', sort: 0, isPredefined: true }];
      this.#groups.set(owner, groups);
    }
    return groups;
  }

  #newEnumId(): number {
    this.#lastEnumId += 2;
    return this.#lastEnumId;
  }
}

/** One value of a custom field as it is kept. */
export interface StoredValue {
  readonly value?: Json;
  readonly enum_id?: number;
  readonly enum_code?: string;
}

/** The custom fields of one record: values by the field's id. */
export type StoredFields = Readonly<Record<string, readonly StoredValue[]>>;
