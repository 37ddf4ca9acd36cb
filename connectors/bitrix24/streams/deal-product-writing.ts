import { Failure } from '../../../core/failures.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import { keyText, type SourceRecord } from '../../../core/record.js';
import type { Change } from '../../kit/index.js';
import type { PortalClient } from '../client.js';
import { type Order, type OwnIds, operationOf, type Target } from '../writing/target.js';
import { dealProductOf, dealProductsSource } from './deal-products.js';
import type { Entity } from './entities.js';
import { isSameValue, rowsOfOwners } from './product-rows.js';
import { dealProducts } from './products.js';

const mostKeys = 100_000;

/**
 * Record keys that somebody asked for before their rows were known, over all connections: whether such a row is there
 * is looked up right before it would be made once more.
 */
const askedInVain = new Set<string>();

const readOnly: ReadonlySet<string> = new Set(
  dealProducts.fields.filter((field) => field.isReadOnly === true).map(({ name }) => name),
);

/**
 * Writes rows of deals one by one. The portal keeps no id of ours on a row (`xmlId` is its own, it holds the basket's
 * item), so a row is found again by its deal, product, quantity, price and order, as far as they were written.
 */
export class DealProducts {
  /** What this writer made or is about to make, by record key. */
  readonly #sent = new Map<string, JsonObject>();
  /** Rows that belong to a record, by id; null where the answer told of them. */
  readonly #holders = new Map<string, string | null>();

  constructor(
    readonly client: PortalClient,
    readonly entity: Entity,
  ) {}

  get target(): Target {
    const source = dealProductsSource(this.client, this.entity);
    return {
      stream: dealProducts.name,
      source,
      wholeSource: source,
      prepare: async (changes, signal) => {
        const creates = changes.filter((change) => operationOf(change) === 'create');
        for (const { recordKey, fields } of creates) this.#sent.set(recordKey, fields);
        const doubtful = creates.filter(({ recordKey }) => askedInVain.has(this.#place(recordKey)));
        const keys = doubtful.map(({ recordKey }) => recordKey);
        const there = new Map((await this.#claim(keys, signal)).map((row) => [String(row.recordKey), String(row.id)]));
        for (const key of keys) askedInVain.delete(this.#place(key));
        return (change) => this.#order(change, there.get(change.recordKey) ?? null);
      },
      keyOf: (result) => {
        const id = keyText(rowIn(result)?.id);
        if (id !== null && !this.#holders.has(id)) this.#holders.set(id, null);
        return id;
      },
      problemOf: (change, result) => movedAway(change, rowIn(result)),
      undo: (id) => ({ method: 'crm.item.productrow.delete', params: { id } }),
      ownIds: this.#ownIds,
    };
  }

  /** A create whose row is there already changes that one: the answer is the same. */
  #order(change: Change, there: string | null): Order {
    const operation = operationOf(change);
    const alone = (method: string, params: Order['head']['params']): Order => ({
      change,
      head: { method: `crm.item.productrow.${method}`, params },
      tail: () => [],
      tailLength: 0,
    });
    const id = change.targetKey ?? there;
    if (operation === 'delete') return alone('delete', { id });
    const { ownerId, ...fields } = rowFields(change.fields, id === null);
    if (id !== null) return alone('update', { id, fields });
    if (keyText(ownerId) === null) throw noDeal();
    return alone('add', { fields: { ownerType: this.entity.rowsOwner, ownerId, ...fields } });
  }

  get #ownIds(): OwnIds {
    return {
      find: (recordKeys, signal) => {
        for (const key of recordKeys) if (!this.#sent.has(key)) remember(this.#place(key));
        return this.#claim(
          recordKeys.filter((key) => this.#sent.has(key)),
          signal,
        );
      },
      alike: async (changes, signal) => {
        const owners = changes.flatMap(({ fields }) => keyText(fields.ownerId) ?? []);
        const rows = await rowsOfOwners(this.client, this.entity.rowsOwner ?? '', [...new Set(owners)], signal);
        return changes.flatMap(({ recordKey, fields }) =>
          (rows.get(keyText(fields.ownerId) ?? '') ?? [])
            .filter((row) => !this.#holders.has(String(row.id)) && isRowOf(row, fields))
            .sort((one, other) => Number(one.id) - Number(other.id))
            .map((row) => ({ ...dealProductOf(row), recordKey })),
        );
      },
      keyOf: (record) => keyText(record.recordKey),
    };
  }

  /**
   * Rows for records that may have been made, with `recordKey`. Rows that are alike go to their records in order; where
   * there are more than that, the youngest are taken, since older ones belong to records that were told of before.
   */
  async #claim(recordKeys: readonly string[], signal: AbortSignal): Promise<SourceRecord[]> {
    if (recordKeys.length === 0) return [];
    const alike = new Map<string, string[]>();
    for (const key of recordKeys) {
      const print = JSON.stringify(identityOf(this.#sent.get(key) ?? {}));
      alike.set(print, [...(alike.get(print) ?? []), key]);
    }
    const owners = recordKeys.flatMap((key) => keyText(this.#sent.get(key)?.ownerId) ?? []);
    const rows = await rowsOfOwners(this.client, this.entity.rowsOwner ?? '', [...new Set(owners)], signal);
    const claimed: SourceRecord[] = [];
    for (const keys of alike.values()) {
      const fields = this.#sent.get(keys[0] ?? '') ?? {};
      const isFree = (id: string): boolean => !this.#holders.has(id) || keys.includes(this.#holders.get(id) ?? '');
      const fitting = (rows.get(keyText(fields.ownerId) ?? '') ?? [])
        .filter((row) => isFree(String(row.id)) && isRowOf(row, fields))
        .sort((one, other) => Number(one.id) - Number(other.id))
        .slice(-keys.length);
      for (const [index, row] of fitting.entries()) {
        const recordKey = keys[index] ?? '';
        this.#holders.set(String(row.id), recordKey);
        claimed.push({ ...dealProductOf(row), recordKey });
      }
    }
    return claimed;
  }

  #place(recordKey: string): string {
    return `${this.client.context.connectionId} ${this.client.portal.baseUrl} ${recordKey}`;
  }
}

function remember(place: string): void {
  for (const oldest of askedInVain) {
    if (askedInVain.size < mostKeys) break;
    askedInVain.delete(oldest);
  }
  askedInVain.add(place);
}

function rowFields(fields: JsonObject, isNew: boolean): JsonObject {
  const row: JsonObject = {};
  for (const [name, value] of Object.entries(fields)) {
    if (readOnly.has(name) || name === 'ownerType' || (isNew && value === null)) continue;
    row[name] = typeof value === 'boolean' ? (value ? 'Y' : 'N') : value;
  }
  return row;
}

function rowIn(result: JsonValue): JsonObject | null {
  return isJsonObject(result) && isJsonObject(result.productRow) ? result.productRow : null;
}

/** What tells a row from others, as far as it was written and the portal does not work it out anew. */
function identityOf(fields: JsonObject): JsonObject {
  const { ownerId, productId, productName, quantity, price, sort, taxRate, taxIncluded } = fields;
  const hasProduct = keyText(productId) !== null && keyText(productId) !== '0';
  const isPriceKept = Number(taxRate ?? 0) === 0 || taxIncluded === 'Y' || taxIncluded === true;
  return {
    ownerId: keyText(ownerId),
    ...(hasProduct ? { productId: keyText(productId) } : { productName: (keyText(productName) ?? '').trim() }),
    quantity: keyText(quantity) ?? '1',
    ...(price != null && isPriceKept && { price: keyText(price) }),
    ...(sort != null && { sort: keyText(sort) }),
  };
}

function isRowOf(row: JsonObject, fields: JsonObject): boolean {
  return Object.entries(identityOf(fields)).every(([name, value]) =>
    name === 'productName' ? String(row[name] ?? '').trim() === value : isSameValue(row[name], value),
  );
}

/** A row stays with its deal, whatever an update says. */
function movedAway(change: Change, row: JsonObject | null): Failure | null {
  const wanted = keyText(change.fields.ownerId);
  if (row === null || wanted === null || keyText(row.ownerId) === wanted) return null;
  return new Failure('write/record_refused', {
    message: `\`${dealProducts.name}\` refused this record: row \`${keyText(row.id)}\` belongs to deal \`${keyText(row.ownerId)}\` and cannot move to \`${wanted}\`.`,
    hint: 'Delete the row and add it to the other deal.',
    where: { field: 'ownerId' },
  });
}

function noDeal(): Failure {
  return new Failure('write/record_refused', {
    message: `\`${dealProducts.name}\` refused this record: \`ownerId\` names no deal.`,
    hint: 'Map `ownerId` to the deal, e.g. by a reference with `missing: dead_letter`.',
    where: { field: 'ownerId' },
  });
}
