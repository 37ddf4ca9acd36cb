import type { Json, JsonObject } from '../kit/json.js';
import type { Random } from '../kit/random.js';
import type { Kit } from '../kit/vendor-app.js';
import { WebhookSender } from '../kit/webhook-sender.js';
import { ACCESS_SECONDS, type PortalOAuth } from './oauth.js';
import { OfflineQueue } from './offline-queue.js';
import { printPhpQuery } from './php.js';
import type { Actor, Change } from './store.js';
import type { BitrixSettings } from './switches.js';
import type { UserField } from './user-fields.js';

/** One registered handler of the application, or of an outgoing webhook made by hand. */
export interface Handler {
  readonly id: string;
  readonly event: string;
  readonly url: string;
  /** The user whose tokens come along; 0 = whoever made the change. */
  readonly authType: number;
  readonly offline: boolean;
  readonly connector: string;
  /** What proves to the receiver that the portal speaks. */
  readonly applicationToken: string;
  readonly isOutgoingWebhook: boolean;
  readonly minTimeoutS: number;
}

const ITEM_EVENTS = [
  'LEAD',
  'DEAL',
  'CONTACT',
  'COMPANY',
  'QUOTE',
  'ACTIVITY',
  'DYNAMICITEM',
  'TIMELINECOMMENT',
  'REQUISITE',
];

/** Every event that can be asked for. */
export const eventNames: readonly string[] = [
  'ONAPPINSTALL',
  'ONAPPUNINSTALL',
  'ONAPPUPDATE',
  'ONAPPPAYMENT',
  'ONOFFLINEEVENT',
  'ONUSERADD',
  ...ITEM_EVENTS.flatMap((name) => ['ADD', 'UPDATE', 'DELETE'].map((kind) => `ONCRM${name}${kind}`)),
  ...['LEAD', 'DEAL', 'CONTACT', 'COMPANY', 'QUOTE', 'TYPE'].flatMap((name) =>
    ['ADD', 'UPDATE', 'DELETE', 'SETENUMVALUES'].map((kind) => `ONCRM${name}USERFIELD${kind}`),
  ),
  'ONTASKADD',
  'ONTASKUPDATE',
  'ONTASKDELETE',
];

/** Tells of changes: one attempt, no signature, only the number of what changed. */
export class EventDesk {
  readonly sender: WebhookSender;
  readonly queue: OfflineQueue;
  readonly #kit: Kit;
  readonly #settings: BitrixSettings;
  readonly #oauth: PortalOAuth;
  readonly #random: Random;
  #handlers: Handler[] = [];
  #lastId = 200;
  #lastSignalAt = Number.NEGATIVE_INFINITY;

  constructor(kit: Kit, settings: BitrixSettings, oauth: PortalOAuth) {
    this.#kit = kit;
    this.#settings = settings;
    this.#oauth = oauth;
    this.#random = kit.random.fork('events');
    this.queue = new OfflineQueue(kit.clock, this.#random);
    this.sender = new WebhookSender(
      kit.clock,
      kit.random.fork('deliveries'),
      () => ({ lose: settings.webhook_lose, duplicate: settings.webhook_duplicate, shuffle: settings.webhook_shuffle }),
      { answerWithinMs: 5000, nextWaitMs: () => undefined },
    );
  }

  get handlers(): readonly Handler[] {
    return this.#handlers;
  }

  bind(handler: Omit<Handler, 'id'>): void {
    this.#lastId += 1;
    this.#handlers.push({ id: String(this.#lastId), ...handler });
  }

  /** Takes handlers away and says how many there were. */
  unbind(matches: (handler: Handler) => boolean): number {
    const before = this.#handlers.length;
    this.#handlers = this.#handlers.filter((handler) => !matches(handler));
    return before - this.#handlers.length;
  }

  /** An outgoing webhook, made by hand at the portal. */
  addOutgoing(events: readonly string[], url: string): string {
    const applicationToken = this.#random.hex(32);
    const rest = { authType: 0, offline: false, connector: '', minTimeoutS: 0, isOutgoingWebhook: true };
    for (const event of events) this.bind({ event: event.toUpperCase(), url, applicationToken, ...rest });
    return applicationToken;
  }

  announceChange({ entity, kind, id, actor }: Change): void {
    const { event, typeId, stream } = entity.names;
    if (event === '' || this.#handlers.length === 0) return;
    const name = `ON${event}${kind}`;
    if (stream === 'tasks') {
      const before = kind === 'ADD' ? 'undefined' : { ID: id };
      const after = kind === 'DELETE' ? 'undefined' : { ID: id };
      const access = {
        IS_ACCESSIBLE_BEFORE: kind === 'ADD' ? 'undefined' : 'Y',
        IS_ACCESSIBLE_AFTER: kind === 'DELETE' ? 'N' : 'Y',
      };
      this.announce(name, { FIELDS_BEFORE: before, FIELDS_AFTER: after, ...access }, actor, id);
    } else if (event === 'CRMDYNAMICITEM') {
      this.announce(name, { FIELDS: { ID: id, ENTITY_TYPE_ID: String(typeId) } }, actor, `${typeId}/${id}`);
    } else this.announce(name, { FIELDS: { ID: id } }, actor, id);
  }

  announceUserField(field: UserField, kind: string, actor: Actor): void {
    const owner = /^CRM_(LEAD|DEAL|CONTACT|COMPANY|QUOTE)$/.exec(field.entityId)?.[1] ?? 'TYPE';
    const data = { FIELDS: { ID: String(field.id), ENTITY_ID: field.entityId, FIELD_NAME: field.fieldName } };
    this.announce(`ONCRM${owner}USERFIELD${kind}`, data, actor, String(field.id));
  }

  /** Sends an event to those who asked for it, and puts it into the queues of those who fetch. */
  announce(event: string, data: JsonObject, actor: Actor, objectKey: string): void {
    for (const handler of this.#handlers) {
      if (handler.event !== event) continue;
      if (!handler.offline) this.#deliver(handler, event, data, this.#auth(handler, actor), actor);
      else if (handler.connector === '' || handler.connector !== actor.connector) {
        this.queue.put(handler.connector, event, objectKey, data);
        this.#signal(actor);
      }
    }
  }

  /** ONAPPINSTALL to the application's first address, the only event with a refresh token but ONOFFLINEEVENT. */
  announceInstall(url: string, userId: number): Record<string, string | number> {
    const auth = { ...this.#oauth.issue(userId, false), application_token: this.#oauth.parties.applicationToken };
    const handler = this.#appHandler('ONAPPINSTALL', url);
    const data = { VERSION: '1', ACTIVE: 'Y', INSTALLED: 'Y', LANGUAGE_ID: 'ru' };
    this.#deliver(handler, 'ONAPPINSTALL', data, { ...auth, domain: this.#portalHost() }, { userId });
    return auth;
  }

  /** Opens the application in its frame: the portal posts tokens under names of their own, and where they belong. */
  openFrame(url: string, userId: number): void {
    const { access_token = '', refresh_token = '', ...rest } = this.#oauth.issue(userId, false);
    const address = new URL(url);
    const places = { DOMAIN: this.#portalHost(), PROTOCOL: '1', LANG: 'ru', APP_SID: this.#random.hex(32) };
    for (const [name, value] of Object.entries(places)) address.searchParams.set(name, value);
    const fields = {
      AUTH_ID: access_token,
      AUTH_EXPIRES: String(ACCESS_SECONDS),
      REFRESH_ID: refresh_token,
      SERVER_ENDPOINT: rest.server_endpoint ?? '',
      APPLICATION_TOKEN: this.#oauth.parties.applicationToken,
      APPLICATION_SCOPE: this.#settings.app_scope,
      member_id: rest.member_id ?? '',
      status: this.#settings.app_status,
      PLACEMENT: 'DEFAULT',
    };
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = Buffer.from(printPhpQuery(fields));
    this.sender.send({
      url: address.href,
      headers,
      body,
      label: { handler: '0', event: 'FRAME', user: String(userId) },
    });
  }

  /** ONAPPUNINSTALL to everyone who asked for it; no handler of the application is left. */
  announceUninstall(): void {
    for (const handler of this.#handlers.filter(({ event }) => event === 'ONAPPUNINSTALL')) {
      const { member_id, client_endpoint, server_endpoint } = this.#oauth.endpoints();
      const auth = { domain: this.#portalHost(), member_id, client_endpoint, server_endpoint };
      const application_token = handler.applicationToken;
      const data = { LANGUAGE_ID: 'ru', CLEAN: '1' };
      this.#deliver(handler, 'ONAPPUNINSTALL', data, { ...auth, application_token } as JsonObject, { userId: 1 });
    }
    this.unbind(({ isOutgoingWebhook }) => !isOutgoingWebhook);
  }

  clear(): void {
    this.#handlers = [];
    this.queue.clear();
    this.#lastSignalAt = Number.NEGATIVE_INFINITY;
  }

  /** ONOFFLINEEVENT: the queue has something, at most once in the handler's shortest time. */
  #signal(actor: Actor): void {
    for (const handler of this.#handlers) {
      if (handler.event !== 'ONOFFLINEEVENT' || handler.offline) continue;
      if (this.#kit.clock.now() - this.#lastSignalAt < handler.minTimeoutS * 1000) continue;
      this.#lastSignalAt = this.#kit.clock.now();
      const auth = { ...this.#oauth.issue(actor.userId, false), application_token: handler.applicationToken };
      this.#deliver(handler, 'ONOFFLINEEVENT', {}, { ...auth, domain: this.#portalHost() }, actor);
    }
  }

  #deliver(handler: Handler, event: string, data: JsonObject, auth: Json, actor: Actor): void {
    const ts = String(Math.floor(this.#kit.clock.now() / 1000));
    const body = Buffer.from(printPhpQuery({ event, event_handler_id: handler.id, data, ts, auth }));
    const outgoing = {
      url: handler.url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'Bitrix24 Webhook Engine' },
      body,
      label: { handler: handler.id, event, user: String(actor.userId), data: JSON.stringify(data) },
    };
    const { event_delay_ms: delayMs } = this.#settings;
    if (delayMs === 0) this.sender.send(outgoing);
    else this.#kit.clock.after(delayMs, () => this.sender.send(outgoing));
  }

  #auth(handler: Handler, actor: Actor): JsonObject {
    const { member_id = '', client_endpoint = '', server_endpoint = '' } = this.#oauth.endpoints();
    const places = { domain: this.#portalHost(), client_endpoint, server_endpoint, member_id };
    const application_token = handler.applicationToken;
    if (handler.isOutgoingWebhook || actor.isPerson === true) return { ...places, application_token };
    const userId = handler.authType === 0 ? actor.userId : handler.authType;
    return {
      access_token: this.#oauth.issueAccess(userId),
      expires_in: String(ACCESS_SECONDS),
      scope: this.#settings.app_scope,
      ...places,
      status: this.#settings.app_status,
      application_token,
    };
  }

  #appHandler(event: string, url: string): Handler {
    const { applicationToken } = this.#oauth.parties;
    return {
      id: '0',
      event,
      url,
      authType: 0,
      offline: false,
      connector: '',
      applicationToken,
      isOutgoingWebhook: false,
      minTimeoutS: 0,
    };
  }

  #portalHost(): string {
    return new URL(this.#oauth.parties.portalUrl()).host;
  }
}
