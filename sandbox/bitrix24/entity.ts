import { Column, wholeAndReal } from '../kit/column.js';
import { countedIds } from '../kit/id-space.js';
import { RecordTable } from '../kit/record-table.js';
import type { Field } from './fields.js';

/** Names of the fields that the portal itself fills in. */
export interface Stamps {
  readonly created: string;
  readonly updated: string;
  readonly author: string;
  readonly editor: string;
}

export const usualStamps: Stamps = {
  created: 'createdTime',
  updated: 'updatedTime',
  author: 'createdBy',
  editor: 'updatedBy',
};

export type ItemKind = 'lead' | 'deal' | 'contact' | 'company' | 'dynamic';

/** How one kind of record is called by its several names. */
export interface EntityNames {
  /** Name in the log and the control routes. */
  readonly stream: string;
  /** Part of the names of its events: `CRMDEAL` in ONCRMDEALADD; empty = no events. */
  readonly event: string;
  /** The CRM's number of the type; 0 for what is no CRM item. */
  readonly typeId: number;
  readonly kind: ItemKind | 'other';
  /** `DEAL`, `DYNAMIC_177`. */
  readonly code: string;
  /** `D` in links such as `D_12`. */
  readonly prefix: string;
  /** Where its custom fields belong: `CRM_DEAL`, `CRM_2`; empty = it can have none. */
  readonly customEntity: string;
  /** `Deal #12` for a deal without a title. */
  readonly label: string;
  readonly stamps?: Stamps;
}

/** One kind of record: its fields under both names and its rows. */
export class Entity {
  readonly names: EntityNames;
  readonly stamps: Stamps;
  readonly table: RecordTable;
  /** Moment of the last change of each row, in milliseconds: filters by it need no parsing. */
  readonly changedAt = new Column(wholeAndReal);
  readonly disabled: readonly string[];
  /** Grows with every change; what was found for an older version is stale. */
  version = 0;
  #fields: Field[];
  #camel = new Map<string, Field>();
  #upper = new Map<string, Field>();

  constructor(names: EntityNames, fields: readonly Field[], firstId: number, disabled: readonly string[] = []) {
    this.names = names;
    this.stamps = names.stamps ?? usualStamps;
    this.table = new RecordTable(names.stream, countedIds(firstId));
    this.disabled = disabled;
    this.#fields = [...fields];
    this.#name();
  }

  get fields(): readonly Field[] {
    return this.#fields;
  }

  get kind(): EntityNames['kind'] {
    return this.names.kind;
  }

  /** A field by its name in the universal methods. */
  camel(name: string): Field | undefined {
    return this.#camel.get(name);
  }

  /** A field by its name in the old methods, which also is the original name of a custom field. */
  upper(name: string): Field | undefined {
    return this.#upper.get(name);
  }

  addField(field: Field): void {
    this.#fields.push(field);
    this.#name();
  }

  removeField(upper: string): void {
    this.#fields = this.#fields.filter((field) => field.upper !== upper);
    this.#name();
  }

  #name(): void {
    this.#camel = new Map(this.#fields.map((field) => [field.name, field]));
    this.#upper = new Map(this.#fields.map((field) => [field.upper, field]));
  }
}
