import type { Answer } from '../kit/exchange.js';
import type { JsonObject } from '../kit/json.js';
import { hal, notFound } from './answers.js';
import { type Call, selfLink } from './call.js';
import { answerShortList } from './lists.js';
import { roles, taskTypes, type User, userGroups } from './people-at-work.js';
import { offsetAt, offsetText } from './zones.js';

const DATETIME: JsonObject = {
  date_pattern: 'd.m.Y H:i',
  short_date_pattern: 'd.m.Y',
  short_time_pattern: 'H:i',
  date_formant: 'd.m.Y',
  date_format: 'd.m.Y',
  time_format: 'H:i:s',
};

const FIRST_DAY = Math.floor(Date.UTC(2019, 9, 1) / 1000);

/** `GET /account`. */
export function answerAccount(call: Call, subdomain: string): Answer {
  const { store, settings } = call;
  call.request.effect({ effect: 'read', stream: 'account', status: 200 });
  const parts: JsonObject = {};
  if (call.with.has('amojo_rights')) parts.amojo_rights = { can_direct: true, can_create_groups: true };
  if (call.with.has('users_groups')) parts.users_groups = userGroups.map(({ id, name }) => ({ id, name, uuid: null }));
  if (call.with.has('task_types')) parts.task_types = [...taskTypes];
  if (call.with.has('datetime_settings')) parts.datetime_settings = { ...DATETIME, ...zoneOf(call) };
  return hal({
    id: store.accountId,
    name: 'Sandbox company',
    subdomain,
    created_at: FIRST_DAY,
    created_by: store.owner.id,
    updated_at: FIRST_DAY + 86_400,
    updated_by: store.owner.id,
    current_user_id: call.by,
    country: 'RU',
    currency: 'RUB',
    currency_symbol: '₽',
    customers_mode: 'periodicity',
    is_unsorted_on: true,
    mobile_feature_version: 0,
    is_loss_reason_enabled: true,
    is_helpbot_enabled: false,
    is_technical_account: false,
    contact_name_display_order: 1,
    ...(call.with.has('amojo_id') ? { amojo_id: uuidOf(store.accountId, 'a') } : {}),
    ...(call.with.has('uuid') ? { uuid: uuidOf(store.accountId, 'b') } : {}),
    ...(call.with.has('version') ? { version: 12 } : {}),
    ...(call.with.has('drive_url') ? { drive_url: call.base } : {}),
    ...(call.with.has('is_api_filter_enabled') ? { is_api_filter_enabled: settings.api_filters } : {}),
    _links: selfLink(call, 'account'),
    _embedded: parts,
  });
}

function zoneOf({ store, settings }: Call): JsonObject {
  return { timezone: settings.zone, timezone_offset: offsetText(offsetAt(settings.zone, store.now())) };
}

/** `/users` and `/roles`. */
export function answerUsers(call: Call): Answer {
  const [head, id] = call.segments;
  if (call.request.method !== 'GET') return notFound();
  if (head === 'roles') {
    const shown = roles.map((role) => ({
      ...role,
      rights: rightsOf(false, role.id),
      _links: selfLink(call, `roles/${role.id}`),
    }));
    if (id === undefined) return answerShortList(call, 'roles', 'roles', shown);
    const role = shown.find((known) => known.id === Number(id));
    return role === undefined ? notFound() : hal(role);
  }
  if (id === undefined)
    return answerShortList(
      call,
      'users',
      'users',
      call.store.users.map((user) => shownUser(call, user)),
    );
  const user = call.store.users.find((known) => known.id === Number(id));
  return user === undefined ? notFound() : hal(shownUser(call, user));
}

function shownUser(call: Call, user: User): JsonObject {
  const parts: JsonObject = {};
  if (call.with.has('role')) parts.roles = roles.filter(({ id }) => id === user.roleId).map((role) => ({ ...role }));
  if (call.with.has('group'))
    parts.groups = userGroups.filter(({ id }) => id === user.groupId).map((group) => ({ ...group }));
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    lang: user.lang,
    rights: {
      ...rightsOf(user.isAdmin, user.roleId),
      is_active: user.isActive,
      group_id: user.groupId === 0 ? null : user.groupId,
    },
    ...(call.with.has('uuid') ? { uuid: uuidOf(user.id, 'c') } : {}),
    _links: selfLink(call, `users/${user.id}`),
    _embedded: parts,
  };
}

function rightsOf(isAdmin: boolean, roleId: number | null): JsonObject {
  const all = { view: 'A', edit: 'A', add: 'A', delete: 'A', export: 'A' };
  const some = { view: 'A', edit: 'M', add: 'A', delete: 'D', export: 'D' };
  const entity = isAdmin ? all : some;
  return {
    leads: { ...entity },
    contacts: { ...entity },
    companies: { ...entity },
    tasks: { edit: isAdmin ? 'A' : 'M', delete: isAdmin ? 'A' : 'D' },
    mail_access: isAdmin,
    catalog_access: isAdmin,
    files_access: true,
    status_rights: [],
    is_admin: isAdmin,
    is_free: false,
    role_id: roleId,
  };
}

function uuidOf(number: number, mark: string): string {
  const digits = String(number).padStart(12, '0').slice(-12);
  return `${mark}3c6340d-410e-4ad1-9f7e-${digits}`;
}
