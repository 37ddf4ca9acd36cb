import { columnsOf } from '../schema/columns.js';
import type { StandardStream } from './stream.js';

/**
 * Users of the instance. Owners and authors of records are contacts, so a user's key is that of its contact; names and
 * addresses are the contact's too. 4 is the type of a user among the units of administration.
 */
export const users: StandardStream = {
  name: 'users',
  set: 'SysAdminUnit',
  title: 'Users',
  columns: columnsOf(`
    text: Name ContactName
    email: ContactEmail
    lookup: ContactId
    boolean: Active
    integer: SysAdminUnitTypeValue
  `),
  filter: 'SysAdminUnitTypeValue eq 4',
  expand: { lookup: 'Contact', fields: ['Name', 'Email'] },
  key: 'ContactId',
  aliases: { id: 'ContactId', name: 'ContactName', email: 'ContactEmail' },
  isReadOnly: true,
};
