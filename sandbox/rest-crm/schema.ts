import type { Json, JsonObject } from '../kit/json.js';

export const streamNames = ['companies', 'contacts', 'deals'] as const;

/** A stream that can be written; `users` can only be read. */
export type StreamName = (typeof streamNames)[number];

export type FieldType = 'text' | 'decimal' | 'date' | 'datetime' | 'list' | 'object';

/** One field as `GET /schema/{stream}` shows it. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly caption: string;
  readonly required?: boolean;
  readonly readonly?: boolean;
  readonly max_length?: number;
  readonly format?: 'email' | 'phone' | 'currency';
  /** The stream whose ids the field holds. */
  readonly reference?: StreamName;
  readonly options?: readonly string[];
  /** Fields of the parts of a list or object. */
  readonly fields?: readonly Field[];
}

/** Value of a field that a writer left out. */
export function emptyValue(field: Field): Json {
  if (field.type === 'list') return [];
  return field.name === 'custom' ? {} : null;
}

export const stages = ['new', 'qualified', 'proposal', 'negotiation', 'won', 'lost'] as const;

const contactWays: readonly Field[] = [
  {
    name: 'phones',
    type: 'list',
    caption: 'Phones',
    fields: [
      { name: 'type', type: 'text', caption: 'Kind', options: ['work', 'mobile', 'home', 'other'] },
      { name: 'value', type: 'text', caption: 'Number', required: true, max_length: 40 },
    ],
  },
  {
    name: 'emails',
    type: 'list',
    caption: 'E-mails',
    fields: [
      { name: 'type', type: 'text', caption: 'Kind', options: ['work', 'private', 'other'] },
      { name: 'value', type: 'text', caption: 'Address', required: true, max_length: 100, format: 'email' },
    ],
  },
];

const address: Field = {
  name: 'address',
  type: 'object',
  caption: 'Address',
  fields: [
    { name: 'street', type: 'text', caption: 'Street', max_length: 200 },
    { name: 'city', type: 'text', caption: 'City', max_length: 100 },
    { name: 'zip', type: 'text', caption: 'Postal code', max_length: 20 },
    { name: 'country', type: 'text', caption: 'Country', max_length: 2 },
  ],
};

const head: readonly Field[] = [
  { name: 'id', type: 'text', caption: 'ID', readonly: true },
  { name: 'external_id', type: 'text', caption: 'External ID', max_length: 128 },
  { name: 'name', type: 'text', caption: 'Name', required: true, max_length: 255 },
];

const tail: readonly Field[] = [
  { name: 'owner', type: 'text', caption: 'Responsible user', max_length: 40 },
  { name: 'custom', type: 'object', caption: 'Custom fields' },
  { name: 'created_at', type: 'datetime', caption: 'Created', readonly: true },
  { name: 'updated_at', type: 'datetime', caption: 'Changed', readonly: true },
];

const mainWays: readonly Field[] = [
  { name: 'email', type: 'text', caption: 'Main e-mail', max_length: 100, format: 'email' },
  { name: 'phone', type: 'text', caption: 'Main phone', max_length: 40, format: 'phone' },
];

/** The standard fields of every stream, in the order in which they are shown. */
export const standardFields: Readonly<Record<StreamName, readonly Field[]>> = {
  companies: [
    ...head,
    { name: 'tax_id', type: 'text', caption: 'Tax number', max_length: 20 },
    { name: 'parent_id', type: 'text', caption: 'Parent company', reference: 'companies' },
    ...mainWays,
    ...contactWays,
    { name: 'website', type: 'text', caption: 'Website', max_length: 255 },
    { name: 'industry', type: 'text', caption: 'Industry', max_length: 100 },
    address,
    ...tail,
  ],
  contacts: [
    ...head,
    { name: 'first_name', type: 'text', caption: 'First name', max_length: 100 },
    { name: 'last_name', type: 'text', caption: 'Last name', max_length: 100 },
    { name: 'position', type: 'text', caption: 'Position', max_length: 100 },
    { name: 'birthday', type: 'date', caption: 'Birthday' },
    { name: 'company_id', type: 'text', caption: 'Company', reference: 'companies' },
    ...mainWays,
    ...contactWays,
    address,
    ...tail,
  ],
  deals: [
    ...head,
    { name: 'amount', type: 'decimal', caption: 'Amount' },
    { name: 'currency', type: 'text', caption: 'Currency', max_length: 3, format: 'currency' },
    { name: 'stage', type: 'text', caption: 'Stage', options: stages },
    { name: 'company_id', type: 'text', caption: 'Company', reference: 'companies' },
    { name: 'contact_id', type: 'text', caption: 'Contact', reference: 'contacts' },
    { name: 'closes_on', type: 'date', caption: 'Expected close' },
    ...tail,
  ],
};

/** Custom fields that exist from the beginning; more are made by `POST /schema/{stream}/fields`. */
export const firstCustomFields: Readonly<Record<StreamName, readonly Field[]>> = {
  companies: [
    { name: 'nip', type: 'text', caption: 'NIP', max_length: 20 },
    { name: 'segment', type: 'text', caption: 'Segment', max_length: 100 },
    { name: 'rating', type: 'decimal', caption: 'Rating' },
  ],
  contacts: [
    { name: 'source', type: 'text', caption: 'Source', max_length: 100 },
    { name: 'score', type: 'decimal', caption: 'Score' },
    { name: 'consent_at', type: 'datetime', caption: 'Consent given' },
    { name: 'note', type: 'text', caption: 'Note', max_length: 2000 },
  ],
  deals: [
    { name: 'lead_source', type: 'text', caption: 'Lead source', max_length: 100 },
    { name: 'margin', type: 'decimal', caption: 'Margin' },
    { name: 'note', type: 'text', caption: 'Note', max_length: 2000 },
  ],
};

/** The people records can belong to; the same in every sandbox but for the order of nothing. */
export const users: readonly JsonObject[] = [
  ['1', 'Anna Nowak'],
  ['2', 'Іван Шевченко'],
  ['3', 'Мария Петрова'],
  ['4', 'Andrei Popescu'],
  ['5', 'Grace Taylor'],
  ['6', 'Paweł Żak'],
  ['7', 'Олена Мельник'],
  ['8', 'Robot'],
].map(([number = '', name = '']) => ({
  id: `u${number}`,
  name,
  email: `user${number}@crm.example.com`,
  active: number !== '8',
}));

export function isStreamName(name: string): name is StreamName {
  return (streamNames as readonly string[]).includes(name);
}
