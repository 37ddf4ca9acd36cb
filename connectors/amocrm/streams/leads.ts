import {
  elementFields,
  type FieldSpec,
  id,
  mainFilters,
  mainFinds,
  mainWrite,
  moment,
  origin,
  plain,
  type StreamSpec,
  tags,
} from './spec.js';

const writable = { isWritable: true } as const;

const fields: readonly FieldSpec[] = [
  id('id', 'ID'),
  plain('name', 'Name', 'text', writable),
  { name: 'price', title: 'Amount', type: 'money', wire: 'amount', isWritable: true },
  id('pipeline_id', 'Pipeline', writable),
  id('status_id', 'Stage', writable),
  id('loss_reason_id', 'Reason of loss', writable),
  id('source_id', 'Source'),
  ...origin,
  moment('closed_at', 'Closed at', writable),
  moment('closest_task_at', 'Next task at'),
  plain('is_deleted', 'Is deleted', 'boolean'),
  plain('score', 'Score', 'integer'),
  plain('labor_cost', 'Labour', 'integer'),
  id('account_id', 'Account'),
  tags,
  id('company_id', 'Company', writable),
  plain('contact_ids', 'Contacts', 'list', { ...writable, of: 'text' }),
  id('main_contact_id', 'Main contact', writable),
  plain('catalog_elements', 'Products', 'list', { ...writable, of: 'object', fields: elementFields }),
];

export const leads: StreamSpec = {
  name: 'leads',
  title: 'Leads',
  path: '/leads',
  embedded: 'leads',
  key: ['id'],
  fields,
  hasCustomFields: true,
  with: 'contacts,catalog_elements,source_id',
  links: [
    { kind: 'one', field: 'company_id', to: 'companies', isEmbeddedAtCreation: true },
    {
      kind: 'many',
      field: 'contact_ids',
      to: 'contacts',
      mainField: 'main_contact_id',
      isEmbeddedAtCreation: true,
    },
    { kind: 'elements', field: 'catalog_elements', to: 'catalog_elements' },
  ],
  changes: { isOrdered: true, mayIgnoreFilters: true, deletions: 'lead_deleted' },
  filters: { ...mainFilters, pipeline_id: 'filter[pipeline_id][]' },
  finds: mainFinds,
  write: mainWrite,
};
