/** Every type of custom field. */
const fieldTypes = [
  'text',
  'numeric',
  'checkbox',
  'select',
  'multiselect',
  'multitext',
  'date',
  'url',
  'textarea',
  'radiobutton',
  'streetaddress',
  'smart_address',
  'birthday',
  'legal_entity',
  'date_time',
  'items',
  'category',
  'price',
  'tracking_data',
  'linked_entity',
  'org_legal_name',
  'monetary',
  'chained_list',
  'file',
  'payer',
  'supplier',
] as const;

export type FieldType = (typeof fieldTypes)[number];

const EVERYWHERE: readonly FieldType[] = [
  'text',
  'numeric',
  'checkbox',
  'select',
  'multiselect',
  'date',
  'url',
  'date_time',
  'textarea',
  'radiobutton',
  'streetaddress',
];

const MORE: Readonly<Record<string, readonly FieldType[]>> = {
  contacts: ['multitext', 'smart_address', 'birthday', 'legal_entity', 'monetary', 'file'],
  leads: ['smart_address', 'birthday', 'legal_entity', 'tracking_data', 'monetary', 'chained_list', 'file'],
  // Multitext stands here for the predefined phone and e-mail alone: no further ones can be made.
  companies: ['smart_address', 'birthday', 'legal_entity', 'monetary', 'file', 'org_legal_name'],
  customers: ['monetary', 'chained_list', 'file'],
  catalogs: ['price', 'category', 'items', 'linked_entity', 'payer', 'supplier'],
};

/** Whether a field of that type can be made for an owner (`leads`, ..., `catalogs`). */
export function canHold(owner: string, type: string): type is FieldType {
  return [...EVERYWHERE, ...(MORE[owner] ?? [])].some((known) => known === type);
}

/** Types whose values come from the field's list. */
export const enumTypes: ReadonlySet<FieldType> = new Set(['select', 'multiselect', 'radiobutton', 'category']);

/** The parts of an address, each a value of its own. */
export const addressParts = ['address_line_1', 'address_line_2', 'city', 'state', 'zip', 'country'] as const;
