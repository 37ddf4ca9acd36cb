import { id, mainFilters, mainFinds, mainWrite, moment, origin, plain, type StreamSpec, tags } from './spec.js';

export const companies: StreamSpec = {
  name: 'companies',
  title: 'Companies',
  path: '/companies',
  embedded: 'companies',
  key: ['id'],
  fields: [
    id('id', 'ID'),
    plain('name', 'Name', 'text', { isWritable: true }),
    ...origin,
    moment('closest_task_at', 'Next task at'),
    plain('is_deleted', 'Is deleted', 'boolean'),
    id('account_id', 'Account'),
    tags,
  ],
  hasCustomFields: true,
  links: [],
  changes: { isOrdered: true, mayIgnoreFilters: true, deletions: 'company_deleted' },
  filters: mainFilters,
  finds: mainFinds,
  write: mainWrite,
};
