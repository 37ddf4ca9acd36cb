import { Failure } from '../../../core/failures.js';
import { isJsonObject, type JsonObject } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import type { StreamDeclaration } from '../../kit/index.js';
import { leads } from './leads.js';
import type { StreamSpec } from './spec.js';

const batchSize = 50;
const pageSize = 250;

/** Products on leads, one by one: the same links as `catalog_elements` of a lead. */
export const leadProducts: StreamDeclaration = {
  name: 'lead_products',
  title: 'Products of leads',
  fields: [
    { name: 'lead_id', title: 'Lead', type: 'text', isRequired: true },
    { name: 'element_id', title: 'Product', type: 'text', isRequired: true },
    { name: 'catalog_id', title: 'Catalog', type: 'text' },
    { name: 'quantity', title: 'Quantity', type: 'decimal' },
    { name: 'price_id', title: 'Price field', type: 'text' },
  ],
  isOpen: false,
  key: ['lead_id', 'element_id'],
  read: {
    modes: ['full'],
    cursor: null,
    pageSize,
    filters: ['catalog_id'],
    showsDeletions: false,
    findBy: ['lead_id'],
  },
  write: {
    modes: ['upsert', 'update', 'delete'],
    idempotency: 'upsert',
    ownIdField: null,
    naturalKey: ['lead_id', 'element_id'],
    matchFields: ['lead_id', 'element_id'],
    batchSize,
    parallelBatches: 4,
    canCreateFields: false,
  },
};

/** The stream among the others, in the order of names. */
export function withLeadProducts(streams: readonly StreamDeclaration[]): StreamDeclaration[] {
  return [...streams, leadProducts].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Leads with nothing but what the rows are made of; their list costs the vendor least that way. */
export const leadsWithProducts: StreamSpec = {
  ...leads,
  hasCustomFields: false,
  with: 'catalog_elements',
  links: leads.links.filter(({ kind }) => kind === 'elements'),
};

/** One product on one lead. */
export interface LeadProduct {
  readonly leadId: string;
  readonly elementId: string;
}

/** The key of a row as the engine writes keys of several fields. */
export function keyOfRow({ leadId, elementId }: LeadProduct): string {
  return JSON.stringify([leadId, elementId]);
}

/** Null where the text is no such key. */
export function parseRowKey(text: string): LeadProduct | null {
  try {
    const parts: unknown = JSON.parse(text);
    if (!Array.isArray(parts) || parts.length !== 2) return null;
    const [leadId, elementId] = parts.map(String);
    const areIds = [leadId, elementId].every((id) => /^\d{1,15}$/.test(id ?? ''));
    return areIds && leadId !== undefined && elementId !== undefined ? { leadId, elementId } : null;
  } catch {
    return null;
  }
}

/** The products of a lead's record. A product that the vendor shows twice is one row with the sum of both. */
export function rowsOfLead(lead: JsonObject): JsonObject[] {
  const rows = new Map<string, JsonObject>();
  const elements = Array.isArray(lead.catalog_elements) ? lead.catalog_elements.filter(isJsonObject) : [];
  for (const { id, catalog_id, quantity, price_id } of elements) {
    const key = keyText(id) ?? '';
    const there = rows.get(key);
    if (there === undefined)
      rows.set(key, {
        lead_id: keyText(lead.id),
        element_id: key,
        catalog_id: catalog_id ?? null,
        quantity: quantity ?? null,
        price_id: price_id ?? null,
      });
    else there.quantity = String(Number(there.quantity ?? 0) + Number(quantity ?? 0));
  }
  return [...rows.values()];
}

export function noProductCatalog(): Failure {
  return new Failure('connection/invalid_settings', {
    message: 'The account has no catalog of products.',
    hint: 'Switch the catalog of products on in the account, or write `catalog_id`.',
    details: { wasSent: false },
  });
}
