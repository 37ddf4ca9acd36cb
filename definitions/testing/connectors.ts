import Type from 'typebox';
import type { Connector, FieldDeclaration, StreamDeclaration } from '../../connectors/kit/contract.js';

/** Declarations of made-up services for tests of definitions: they can be checked against, never opened. */

const text = (name: string, more: Partial<FieldDeclaration> = {}): FieldDeclaration => ({
  name,
  type: 'text',
  ...more,
});

const phones: FieldDeclaration = {
  name: 'PHONE',
  type: 'list',
  fields: [text('VALUE'), text('VALUE_TYPE')],
};

function source(
  name: string,
  fields: readonly FieldDeclaration[],
  more: Partial<StreamDeclaration> = {},
): StreamDeclaration {
  return {
    name,
    title: name,
    fields,
    isOpen: false,
    key: ['ID'],
    read: {
      modes: ['full', 'incremental'],
      cursor: ['DATE_MODIFY', 'ID'],
      pageSize: 50,
      filters: ['CATEGORY_ID', 'ASSIGNED_BY_ID'],
      showsDeletions: false,
      findBy: ['ID', 'EMAIL'],
    },
    write: null,
    ...more,
  };
}

function target(
  name: string,
  fields: readonly FieldDeclaration[],
  more: Partial<StreamDeclaration> = {},
): StreamDeclaration {
  return {
    name,
    title: name,
    fields: [text('id', { isReadOnly: true }), ...fields],
    isOpen: false,
    key: ['id'],
    read: {
      modes: ['full'],
      cursor: null,
      pageSize: 250,
      filters: [],
      showsDeletions: false,
      findBy: 'any',
    },
    write: {
      modes: ['insert', 'update', 'upsert'],
      idempotency: 'find_then_create',
      ownIdField: 'custom.origin',
      naturalKey: null,
      matchFields: ['custom.nip', 'email'],
      batchSize: 50,
      parallelBatches: 1,
      canCreateFields: true,
    },
    ...more,
  };
}

const stamps = [text('ID'), { name: 'DATE_MODIFY', type: 'datetime' as const }];

export const sourceStreams: readonly StreamDeclaration[] = [
  source('companies', [
    ...stamps,
    text('TITLE'),
    text('COMPANY_TYPE'),
    text('UF_CRM_NIP'),
    text('PARENT_ID'),
    text('ASSIGNED_BY_ID'),
    phones,
    { name: 'EMAIL', type: 'list', fields: [text('VALUE')] },
  ]),
  source('contacts', [
    ...stamps,
    text('NAME'),
    text('LAST_NAME'),
    text('POST'),
    text('COMPANY_ID'),
    { name: 'COMPANY_IDS', type: 'list', of: 'text' },
    { name: 'BIRTHDATE', type: 'date' },
    phones,
  ]),
  source('deals', [
    ...stamps,
    text('TITLE'),
    text('STAGE_ID'),
    text('COMPANY_ID'),
    text('CONTACT_ID'),
    { name: 'OPPORTUNITY', type: 'money' },
    text('CURRENCY_ID'),
    { name: 'CLOSED', type: 'boolean' },
    { name: 'PROBABILITY', type: 'integer' },
    { name: 'ROWS', type: 'list', fields: [text('ROW_ID'), text('PRODUCT'), { name: 'PRICE', type: 'decimal' }] },
  ]),
  source('users', [...stamps, text('email'), text('NAME')], {
    read: { modes: ['full'], cursor: null, pageSize: 50, filters: [], showsDeletions: false, findBy: 'any' },
  }),
  source('events', [text('ID')], {
    key: null,
    read: {
      modes: ['full', 'incremental'],
      cursor: null,
      pageSize: 50,
      filters: [],
      showsDeletions: false,
      findBy: 'any',
    },
  }),
];

export const targetStreams: readonly StreamDeclaration[] = [
  target('companies', [
    text('name', { isRequired: true }),
    text('custom.nip', { title: 'NIP' }),
    { name: 'phone', type: 'phone' },
    text('email'),
    text('parent'),
    text('owner'),
    text('note'),
  ]),
  target('contacts', [
    text('name'),
    { name: 'phone', type: 'phone' },
    text('email'),
    text('company'),
    text('companies'),
    { name: 'birthday', type: 'date' },
  ]),
  target('leads', [
    text('name'),
    { name: 'price', type: 'money' },
    text('status_id'),
    text('company'),
    text('contact'),
    text('product'),
    { name: 'is_closed', type: 'boolean' },
    text('updated_at', { isReadOnly: true }),
  ]),
  target('users', [text('email'), text('name')], { write: null }),
  target('notes', [text('text'), text('company')], {
    read: null,
    write: {
      modes: ['insert'],
      idempotency: 'unsafe',
      ownIdField: null,
      naturalKey: null,
      matchFields: [],
      batchSize: 1,
      parallelBatches: 1,
      canCreateFields: false,
    },
  }),
];

function connector(id: string, streams: readonly StreamDeclaration[] | null, more: Partial<Connector> = {}): Connector {
  return {
    id,
    title: id,
    settings: Type.Object({}),
    secret: null,
    auth: 'none',
    hosts: () => [],
    limits: () => [],
    settleMs: 2000,
    declaredStreams: () => streams,
    lookups: [],
    webhook: null,
    setup: { needsAdmin: false, instructions: null, note: '' },
    facts: [],
    open: () => {
      throw new Error('These connectors are declarations only.');
    },
    ...more,
  };
}

const registry = {
  name: 'company_by_nip',
  title: 'Company by NIP',
  key: 'NIP, 10 digits',
  fields: [text('name'), text('status'), text('city')],
  batchSize: 1,
};

export const testConnectors: ReadonlyMap<string, Connector> = new Map(
  [
    connector('bitrix24', sourceStreams, { webhook: { canRegister: true, parse: () => [] } }),
    connector('amocrm', targetStreams),
    connector('gus-bir', null, { lookups: [registry] }),
    connector('http', null, { webhook: { canRegister: true, parse: () => [] } }),
    connector('postgres', null),
    connector('file', null, { isLocal: true }),
    connector('webhook', null, { webhook: { canRegister: false, parse: () => [] } }),
  ].map((each) => [each.id, each]),
);
