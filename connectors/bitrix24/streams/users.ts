import { fieldsOf } from './fields.js';
import { type PlainStream, sameNames } from './plain.js';

/** Employees; matched between accounts by `EMAIL`. */
export const users: PlainStream = {
  name: 'users',
  title: 'Users',
  fields: fieldsOf(`
    !ID text ID
    NAME text First name
    LAST_NAME text Last name
    SECOND_NAME text Second name
    EMAIL email E-mail
    ACTIVE any Works here
    WORK_POSITION text Position
    PERSONAL_MOBILE phone Mobile phone
    WORK_PHONE phone Phone
    TIME_ZONE text Time zone
    UF_DEPARTMENT list Departments`),
  isOpen: true,
  key: 'ID',
  list: {
    method: 'user.get',
    base: { ADMIN_MODE: 'Y' },
    rowsAt: null,
    id: 'ID',
    filterId: 'ID',
    filterParam: 'FILTER',
    order: { sort: 'ID', order: 'ASC' },
  },
  changedField: null,
  filters: ['ACTIVE', 'EMAIL', 'ID', 'USER_TYPE'],
  findBy: ['EMAIL', 'ID', 'LAST_NAME', 'XML_ID'],
  filterName: (field) => field,
  rowName: (field) => field,
  recordOf: sameNames,
};
