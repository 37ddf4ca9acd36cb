import { type Json, type JsonObject, own } from '../../kit/json.js';
import { type Call, listSeconds, type MethodTable, note, param, reading, saysYes } from '../call.js';
import { type User, users } from '../directories.js';
import { ApiError } from '../errors.js';
import { eventNames } from '../events.js';
import { intOf, phpEntries, phpObject, textOf } from '../php.js';
import { PAGE } from '../query.js';

/** What a connection asks about itself, and the people of the portal. */
export function addSystemMethods(table: MethodTable): void {
  reading(table, '', 'app.info', (call) => ({ result: appInfo(call) }));
  reading(table, '', 'profile', ({ asker: { user } }) => ({
    result: {
      ID: String(user.id),
      ADMIN: user.isAdmin,
      NAME: user.name,
      LAST_NAME: user.lastName,
      PERSONAL_GENDER: '',
      TIME_ZONE: '',
    },
  }));
  reading(table, '', 'scope', (call) => ({ result: saysYes(call, 'full') ? scopesOf(table) : [...call.asker.scopes] }));
  reading(table, '', 'methods', (call) => ({ result: methodNames(table, call) }));
  reading(table, '', 'method.get', (call) => {
    const method = table.get(textOf(param(call, 'name')).toLowerCase());
    const isAvailable = method !== undefined && (method.scope === '' || call.asker.scopes.has(method.scope));
    return { result: { isExisting: method !== undefined, isAvailable } };
  });
  reading(table, '', 'feature.get', (call) => {
    const code = textOf(param(call, 'CODE', 'code'));
    if (code === '') throw new ApiError(400, 'CODE_EMPTY', "CODE can't be empty");
    const isOn = code !== 'rest_offline_extended' || call.portal.settings.offline_extended;
    return { result: { value: isOn ? 'Y' : 'N' } };
  });
  reading(table, '', 'server.time', ({ portal }) => ({ result: portal.around.time.text(portal.store.now()) }));
  reading(table, '', 'events', () => ({ result: [...eventNames] }));
  reading(table, '', 'user.admin', ({ asker }) => ({ result: asker.user.isAdmin }));
  reading(table, 'user', 'user.current', (call) => ({ result: userRow(call, call.asker.user) }));
  reading(table, 'user', 'user.get', listUsers);
  reading(table, 'user', 'user.search', listUsers);
  reading(table, 'user', 'user.fields', () => ({ result: { ...USER_CAPTIONS } }));
  reading(table, 'user', 'department.get', () => ({
    result: [{ ID: '1', NAME: 'Продажи', SORT: 500, UF_HEAD: '2' }],
    total: 1,
  }));
}

function appInfo(call: Call): JsonObject {
  if (call.asker.kind !== 'app')
    throw new ApiError(403, 'ACCESS_DENIED', 'Access denied! Application context required');
  return {
    ID: 5,
    CODE: call.portal.oauth.parties.clientId,
    VERSION: 1,
    STATUS: call.portal.settings.app_status,
    INSTALLED: true,
    PAYMENT_EXPIRED: call.portal.settings.payment_required ? 'Y' : 'N',
    DAYS: null,
    LANGUAGE_ID: 'ru',
    LICENSE: 'ru_team',
    LICENSE_TYPE: 'team',
    LICENSE_FAMILY: 'team',
  };
}

function scopesOf(table: MethodTable): string[] {
  return [...new Set([...table.values()].map(({ scope }) => scope))].filter((scope) => scope !== '').sort();
}

function methodNames(table: MethodTable, call: Call): string[] {
  const scope = textOf(param(call, 'scope'));
  return [...table]
    .filter(([, method]) =>
      scope === '' ? method.scope === '' || call.asker.scopes.has(method.scope) : method.scope === scope,
    )
    .map(([name]) => name);
}

const USER_CAPTIONS = {
  ID: 'ID',
  XML_ID: 'External code',
  ACTIVE: 'Active',
  NAME: 'First name',
  LAST_NAME: 'Last name',
  SECOND_NAME: 'Second name',
  EMAIL: 'E-Mail',
  LAST_LOGIN: 'Last login',
  DATE_REGISTER: 'Registered',
  TIME_ZONE: 'Time zone',
  IS_ONLINE: 'Online',
  PERSONAL_GENDER: 'Gender',
  PERSONAL_BIRTHDAY: 'Date of birth',
  PERSONAL_MOBILE: 'Mobile',
  WORK_PHONE: 'Work phone',
  WORK_POSITION: 'Position',
  UF_EMPLOYMENT_DATE: 'Employed since',
  UF_DEPARTMENT: 'Departments',
};

function userRow(call: Call, user: User): JsonObject {
  const now = call.portal.store.now();
  return {
    ID: String(user.id),
    XML_ID: null,
    ACTIVE: user.active,
    NAME: user.name,
    LAST_NAME: user.lastName,
    SECOND_NAME: '',
    EMAIL: user.email,
    LAST_LOGIN: call.portal.around.time.text(now),
    DATE_REGISTER: call.portal.around.time.day('2023-01-10'),
    TIME_ZONE: '',
    IS_ONLINE: 'N',
    TIMESTAMP_X: call.portal.around.time.russian(now),
    PERSONAL_GENDER: '',
    PERSONAL_BIRTHDAY: '',
    PERSONAL_MOBILE: user.phone,
    WORK_PHONE: '',
    WORK_POSITION: user.position,
    UF_EMPLOYMENT_DATE: '',
    UF_DEPARTMENT: [1],
    USER_TYPE: user.isExtranet ? 'extranet' : 'employee',
  };
}

function listUsers(call: Call) {
  const filter = phpObject(param(call, 'FILTER', 'filter')) ?? {};
  // Some clients put the conditions beside the other parameters; the portal takes them there too.
  const asked: JsonObject = { ...call.params, ...filter };
  const found = users.filter((user) => Object.entries(asked).every(([name, value]) => fits(user, name, value)));
  const start = Math.max(0, intOf(param(call, 'start', 'START')));
  const page = found.slice(start, start + PAGE);
  note(call, { effect: 'read', stream: 'users', status: 200 });
  return {
    result: page.map((user) => userRow(call, user)),
    total: found.length,
    ...(start + PAGE < found.length ? { next: start + PAGE } : {}),
    seconds: listSeconds(page.length, found.length),
  };
}

function fits(user: User, name: string, value: Json): boolean {
  const wanted = phpEntries(value)?.map(([, part]) => textOf(part).toLowerCase()) ?? [textOf(value).toLowerCase()];
  const key = name.replace(/^[=@]/, '').toUpperCase();
  if (key === '>ID') return user.id > Number(wanted[0]);
  const held: Record<string, string> = {
    ID: String(user.id),
    EMAIL: user.email.toLowerCase(),
    NAME: user.name.toLowerCase(),
    LAST_NAME: user.lastName.toLowerCase(),
    USER_TYPE: user.isExtranet ? 'extranet' : 'employee',
  };
  if (key === 'ACTIVE') return user.active === ['1', 'y', 'true'].includes(wanted[0] ?? '');
  const mine = own(held, key);
  return typeof mine !== 'string' || wanted.includes(mine);
}
