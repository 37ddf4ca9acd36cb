import type { JsonObject } from '../../kit/json.js';
import { actorOf, adminOnly, type Call, type MethodTable, param, reading, writing } from '../call.js';
import { ApiError } from '../errors.js';
import { eventNames } from '../events.js';
import type { OfflineRow } from '../offline-queue.js';
import { intOf, phpEntries, phpObject, textOf } from '../php.js';
import { PAGE } from '../query.js';

const APP = { needsApp: true };

/** `event.*`: for applications only, webhooks are refused. */
export function addEventMethods(table: MethodTable): void {
  writing(table, '', 'event.bind', bind, APP);
  writing(table, '', 'event.unbind', unbind, APP);
  reading(table, '', 'event.get', list, APP);
  writing(table, '', 'event.offline.get', offlineGet, APP);
  reading(table, '', 'event.offline.list', offlineList, APP);
  writing(table, '', 'event.offline.clear', offlineClear, APP);
  writing(table, '', 'event.offline.error', offlineError, APP);
  writing(
    table,
    '',
    'event.test',
    (call) => {
      call.portal.events.announce('ONAPPTEST', { QUERY: phpObject(param(call, 'data')) ?? [] }, actorOf(call), 'test');
      return { result: true };
    },
    APP,
  );
}

function bind(call: Call) {
  const event = textOf(param(call, 'event', 'EVENT')).toUpperCase();
  const url = textOf(param(call, 'handler', 'HANDLER'));
  const offline = textOf(param(call, 'event_type')) === 'offline';
  const authType = intOf(param(call, 'auth_type'));
  if (!eventNames.includes(event) && event !== 'ONAPPTEST') {
    throw new ApiError(400, 'ERROR_EVENT_NOT_FOUND', 'Event not found');
  }
  if (offline) adminOnly(call, 'Access denied! Offline events binding requires administrator access rights');
  if (authType !== 0)
    adminOnly(call, 'Access denied! Event binding with AUTH_TYPE requires administrator access rights');
  if (!offline && !URL.canParse(url)) throw new ApiError(400, 'ERROR_ARGUMENT', "Argument 'HANDLER' is null or empty");
  const { events, oauth } = call.portal;
  const connector = textOf(param(call, 'auth_connector'));
  const isBound = events.handlers.some(
    (one) =>
      !one.isOutgoingWebhook &&
      one.event === event &&
      one.offline === offline &&
      one.url === (offline ? '' : url) &&
      one.connector === connector &&
      one.authType === authType,
  );
  if (isBound) throw new ApiError(400, 'ERROR_EVENT_BINDING_EXISTS', 'Handler already binded');
  const options = phpObject(param(call, 'options')) ?? {};
  events.bind({
    event,
    url: offline ? '' : url,
    authType,
    offline,
    connector: offline ? connector : '',
    applicationToken: oauth.parties.applicationToken,
    isOutgoingWebhook: false,
    minTimeoutS: intOf(options.minTimeout ?? null),
  });
  return { result: true };
}

function unbind(call: Call) {
  const event = textOf(param(call, 'event', 'EVENT')).toUpperCase();
  const url = textOf(param(call, 'handler', 'HANDLER'));
  const offline = textOf(param(call, 'event_type')) === 'offline';
  const authType = param(call, 'auth_type');
  if (offline) adminOnly(call, 'Access denied! Offline events unbinding requires administrator access rights');
  const count = call.portal.events.unbind(
    (one) =>
      !one.isOutgoingWebhook &&
      one.event === event &&
      one.offline === offline &&
      (offline || one.url === url) &&
      (authType === undefined || one.authType === intOf(authType)),
  );
  return { result: { count } };
}

function list(call: Call) {
  const own = call.portal.events.handlers.filter(({ isOutgoingWebhook }) => !isOutgoingWebhook);
  return {
    result: own.map(({ event, url, authType, offline, connector }): JsonObject => {
      if (offline) return { event, connector_id: connector, offline: 1 };
      return { event, handler: url, auth_type: String(authType), offline: 0 };
    }),
  };
}

function offlineGet(call: Call) {
  adminOnly(call);
  const { queue } = call.portal.events;
  const clears = param(call, 'clear') === undefined || intOf(param(call, 'clear')) !== 0;
  if (!clears && !call.portal.settings.offline_extended) throw new ApiError(403, 'ACCESS_DENIED', 'Access denied!');
  const process = textOf(param(call, 'process_id'));
  const limit = intOf(param(call, 'limit')) || PAGE;
  const wantsErrors = intOf(param(call, 'error')) === 1;
  const waiting =
    process === ''
      ? queue
          .list(textOf(param(call, 'auth_connector')))
          .filter((row) => (wantsErrors ? row.isError : row.processId === ''))
      : queue.reserved(process);
  const rows = ordered(call, waiting).slice(0, limit);
  let processId: string | null = process === '' ? null : process;
  if (clears) queue.take(rows);
  else if (process === '' && rows.length > 0) processId = queue.reserve(rows);
  return { result: { process_id: processId, events: rows.map((row) => printed(call, row)) } };
}

function offlineList(call: Call) {
  adminOnly(call);
  const rows = ordered(call, call.portal.events.queue.list(textOf(param(call, 'auth_connector'))));
  const start = Math.max(0, intOf(param(call, 'start')));
  return {
    result: rows.slice(start, start + PAGE).map((row) => ({
      ...printed(call, row),
      PROCESS_ID: row.processId,
      ERROR: row.isError ? '1' : '0',
    })),
    total: rows.length,
    ...(start + PAGE < rows.length ? { next: start + PAGE } : {}),
  };
}

function offlineClear(call: Call) {
  adminOnly(call);
  const { queue } = call.portal.events;
  const rows = queue.reserved(textOf(param(call, 'process_id')));
  const ids = texts(call, 'id');
  const messages = texts(call, 'message_id');
  queue.take(
    rows.filter(
      (row) =>
        (ids === undefined || ids.includes(String(row.id))) &&
        (messages === undefined || messages.includes(row.messageId)),
    ),
  );
  return { result: true };
}

function offlineError(call: Call) {
  adminOnly(call);
  const messages = texts(call, 'message_id') ?? [];
  for (const row of call.portal.events.queue.reserved(textOf(param(call, 'process_id')))) {
    if (messages.includes(row.messageId)) row.isError = true;
  }
  return { result: true };
}

/** The filter knows names of events and numbers of rows; the order is by number unless it says otherwise. */
function ordered(call: Call, rows: readonly OfflineRow[]): OfflineRow[] {
  const filter = phpObject(param(call, 'filter')) ?? {};
  const names = filter.EVENT_NAME === undefined ? undefined : listOf(filter.EVENT_NAME);
  const kept = rows.filter((row) => names === undefined || names.includes(row.event));
  const isDown = textOf(phpObject(param(call, 'order'))?.ID ?? null).toUpperCase() === 'DESC';
  return [...kept].sort((one, other) => (isDown ? other.id - one.id : one.id - other.id));
}

function printed(call: Call, row: OfflineRow): JsonObject {
  return {
    ID: String(row.id),
    TIMESTAMP_X: call.portal.around.time.text(row.at),
    EVENT_NAME: row.event,
    EVENT_DATA: row.data,
    EVENT_ADDITIONAL: false,
    MESSAGE_ID: row.messageId,
  };
}

function texts(call: Call, name: string): string[] | undefined {
  const value = param(call, name);
  return value === undefined ? undefined : listOf(value);
}

function listOf(value: Parameters<typeof phpEntries>[0]): string[] {
  return phpEntries(value)?.map(([, part]) => textOf(part)) ?? [textOf(value)];
}
