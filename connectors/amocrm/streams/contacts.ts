import { id, mainFilters, mainFinds, mainWrite, moment, origin, plain, type StreamSpec, tags } from './spec.js';

const writable = { isWritable: true } as const;

export const contacts: StreamSpec = {
  name: 'contacts',
  title: 'Contacts',
  path: '/contacts',
  embedded: 'contacts',
  key: ['id'],
  fields: [
    id('id', 'ID'),
    plain('name', 'Full name', 'text', writable),
    plain('first_name', 'First name', 'text', writable),
    plain('last_name', 'Last name', 'text', writable),
    ...origin,
    moment('closest_task_at', 'Next task at'),
    plain('is_deleted', 'Is deleted', 'boolean'),
    plain('is_unsorted', 'Is incoming', 'boolean'),
    id('account_id', 'Account'),
    tags,
    id('company_id', 'Company', writable),
  ],
  hasCustomFields: true,
  links: [{ kind: 'one', field: 'company_id', to: 'companies' }],
  changes: { isOrdered: true, mayIgnoreFilters: true, deletions: 'contact_deleted' },
  filters: mainFilters,
  finds: mainFinds,
  write: mainWrite,
};
