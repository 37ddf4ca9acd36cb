import { hashOf } from '../kit/effect-log.js';
import type { Answer } from '../kit/exchange.js';
import { isObject, type Json, type JsonObject, own } from '../kit/json.js';
import { errors, type FieldError, hal, type ItemErrors, invalid } from './answers.js';
import { requestIdOf } from './attributes.js';
import { itemsOf } from './batches.js';
import type { Call } from './call.js';
import { textsOf } from './custom-values.js';
import { readEntity } from './entity-items.js';
import type { AmoStore } from './store.js';

const MOST = 50;
const MOST_FIELDS = 40;

/** A lead with the contact and the company that come along, all checked. */
interface ComplexLead {
  readonly requestIds: string[];
  readonly lead: JsonObject;
  readonly contact: JsonObject | undefined;
  readonly company: JsonObject | undefined;
  /** The contact that is there already, when it was named by id. */
  readonly contactId: number | undefined;
  readonly companyId: number | undefined;
  readonly hash: number;
}

/** `POST /leads/complex`: leads together with a contact and a company each; duplicate control may merge the contact. */
export function answerComplex(call: Call): Answer {
  const items = itemsOf(call, MOST);
  call.request.records = items.length;
  const planned: ComplexLead[] = [];
  const refused: ItemErrors[] = [];
  items.forEach((item, index) => {
    const requestId = requestIdOf(item, index);
    const read = isObject(item) ? readComplex(call, item, requestId) : [errors.type('', 'array')];
    if (Array.isArray(read)) refused.push({ request_id: requestId, errors: read });
    else planned.push(read);
  });
  if (refused.length > 0) {
    for (const item of items) {
      call.request.effect({ effect: 'create', stream: 'leads', hash: hashOf(JSON.stringify(item)), status: 400 });
    }
    return invalid(refused);
  }
  const results = planned.map((lead) => carryOut(call, lead));
  return hal(call.settings.complex_envelope ? { _embedded: { leads: results } } : results);
}

function readComplex(call: Call, item: JsonObject, requestId: string): ComplexLead | FieldError[] {
  const { store, by } = call;
  const embedded = own(item, '_embedded');
  const parts = isObject(embedded) ? embedded : {};
  const { contacts, companies, ...others } = parts;
  const lead = readEntity(store, 'leads', undefined, { ...item, _embedded: others }, by);
  const wrong = [...lead.errors, ...tooMany(item, '')];
  const contact = readPart(call, 'contacts', contacts, wrong);
  const company = readPart(call, 'companies', companies, wrong);
  if (wrong.length > 0) return wrong;
  return {
    requestIds: [requestId, ...[contact.requestId, company.requestId].filter((id) => id !== undefined)],
    lead: lead.after,
    contact: contact.after,
    company: company.after,
    contactId: contact.id,
    companyId: company.id,
    hash: hashOf(JSON.stringify(item)),
  };
}

interface Part {
  readonly after?: JsonObject;
  readonly id?: number;
  readonly requestId?: string;
}

function readPart(call: Call, type: 'contacts' | 'companies', sent: Json | undefined, wrong: FieldError[]): Part {
  if (sent === undefined || sent === null) return {};
  const root = `_embedded.${type}`;
  if (!Array.isArray(sent)) {
    wrong.push(errors.type(root, 'array'));
    return {};
  }
  if (sent.length > 1) wrong.push(errors.tooMany(root, 1));
  const [item] = sent;
  if (!isObject(item)) return {};
  const { is_main: _isMain, ...given } = item;
  const requestId = typeof given.request_id === 'string' ? given.request_id : undefined;
  if (typeof given.id === 'number') {
    if (!call.store.tables[type].has(given.id)) wrong.push(errors.choice(`${root}.0.id`));
    return { id: given.id, requestId };
  }
  const read = readEntity(call.store, type, undefined, given, call.by);
  wrong.push(
    ...[...read.errors, ...tooMany(given, '')].map((error) => ({ ...error, path: `${root}.0.${error.path}` })),
  );
  return { after: read.after, requestId };
}

function tooMany(item: JsonObject, prefix: string): FieldError[] {
  const fields = own(item, 'custom_fields_values');
  return Array.isArray(fields) && fields.length > MOST_FIELDS
    ? [errors.tooMany(`${prefix}custom_fields_values`, MOST_FIELDS)]
    : [];
}

function carryOut(
  call: Call,
  { lead, contact, company, contactId, companyId, requestIds, hash }: ComplexLead,
): JsonObject {
  const { store } = call;
  const companyNow = companyId ?? (company === undefined ? null : added(call, 'companies', company, hash));
  const same = contact === undefined || !store.settings.duplicate_control ? undefined : sameContact(store, contact);
  let contactNow = contactId ?? same ?? null;
  if (contactNow === null && contact !== undefined) {
    contactNow = added(call, 'contacts', companyNow === null ? contact : { ...contact, company: companyNow }, hash);
  }
  const id = added(
    call,
    'leads',
    {
      ...lead,
      ...(contactNow === null ? {} : { contacts: [{ id: contactNow, is_main: true }] }),
      ...(companyNow === null ? {} : { company: companyNow }),
    },
    hash,
  );
  return { id, contact_id: contactNow, company_id: companyNow, request_id: requestIds, merged: same !== undefined };
}

function added(call: Call, stream: 'leads' | 'contacts' | 'companies', record: JsonObject, hash: number): number {
  const { store, request, by } = call;
  const id = store.add(stream, record, by, call.hiddenUntil());
  request.effect({
    effect: 'create',
    stream,
    id: String(id),
    externalId: store.externalIdOf(stream, record),
    hash,
    status: 201,
  });
  return id;
}

/** The contact with the same phone or e-mail, as the account's duplicate control would find it. */
function sameContact(store: AmoStore, contact: JsonObject): number | undefined {
  const { contacts } = store.tables;
  const search = store.searches.contacts;
  const phones = textsOf(contact, store.fields.byCode('contacts', 'PHONE'));
  const emails = textsOf(contact, store.fields.byCode('contacts', 'EMAIL'));
  const rows = [
    ...phones.flatMap((phone) => search.byPhone(phone, 10)),
    ...emails.flatMap((email) => [...search.find(email)]),
  ];
  const row = rows.find((found) => !contacts.isDeleted(found));
  return row === undefined ? undefined : contacts.idOf(row);
}
