import type { Answer } from '../kit/exchange.js';
import { isObject, type JsonObject, own } from '../kit/json.js';
import type { Kit } from '../kit/vendor-app.js';
import { type Outgoing, WebhookSender } from '../kit/webhook-sender.js';
import { badRequest, errors, hal, invalid, noContent, notFound, problem } from './answers.js';
import { bodyOf } from './batches.js';
import { toBrackets } from './brackets.js';
import type { Call } from './call.js';
import { type HookPart, hookParts } from './hook-bodies.js';
import { isHookSetting } from './hook-settings.js';
import { answerShortList } from './lists.js';
import type { AmoChange, AmoStore } from './store.js';
import type { AmoSettings } from './switches.js';

interface Subscription {
  readonly id: number;
  readonly destination: string;
  settings: readonly string[];
  readonly createdAt: number;
  updatedAt: number;
  readonly createdBy: number;
  readonly sort: number;
  disabled: boolean;
  /** Sandbox ms of the bad answers of the last two hours. */
  bad: number[];
}

const MOST = 100;
const MINUTE = 60_000;
/** After any bad answer. */
const SOON = [5 * MINUTE, 15 * MINUTE];
/** After these, only where the receiver broke down (499 and 5xx). */
const LATER = [15 * MINUTE, 60 * MINUTE];
const DISABLED_AFTER = 100;
const WITHIN_MS = 120 * MINUTE;

/** The account's webhooks: who wants to hear what, and the unsigned forms that are sent. */
export class AmoWebhooks {
  readonly sender: WebhookSender;
  readonly #kit: Kit;
  readonly #settings: AmoSettings;
  readonly #subscriptions = new Map<string, Subscription>();
  #lastId = 839_656;
  #pending: HookPart[] = [];

  constructor(kit: Kit, settings: AmoSettings) {
    this.#kit = kit;
    this.#settings = settings;
    const manners = () => ({
      lose: settings.webhook_lose,
      duplicate: settings.webhook_duplicate,
      shuffle: settings.webhook_shuffle,
    });
    this.sender = new WebhookSender(kit.clock, kit.random.fork('deliveries'), manners, {
      answerWithinMs: 2000,
      nextWaitMs,
      onAttempt: (outgoing, status) => this.#judge(outgoing, status),
    });
  }

  /** `GET`, `POST` and `DELETE /webhooks`. */
  answer(call: Call): Answer {
    const { method } = call.request;
    if (call.segments.length > 1) return notFound();
    if (!this.#settings.webhook_plan && method !== 'GET')
      return problem(403, 'Forbidden', 'Webhooks are not available on the plan');
    if (method === 'GET') return this.#list(call);
    const body = bodyOf(call);
    if (!isObject(body)) return badRequest('The request body must be an object');
    if (method === 'POST') return this.#subscribe(call, body);
    if (method !== 'DELETE') return notFound();
    const isKnown = this.#subscriptions.delete(String(body.destination));
    call.request.effect({
      effect: 'delete',
      stream: 'webhooks',
      externalId: String(body.destination),
      status: isKnown ? 200 : 404,
    });
    return isKnown ? noContent : notFound();
  }

  /** Takes note of a change; what one request changed leaves together with `flush`. */
  announce(store: AmoStore, change: AmoChange): void {
    if (this.#subscriptions.size > 0) this.#pending.push(...hookParts(store, this.#settings, change));
  }

  /** Tells of an incoming lead. */
  announceUnsorted(action: 'add' | 'update' | 'delete', content: JsonObject): void {
    if (this.#subscriptions.size > 0)
      this.#pending.push({ setting: `${action}_unsorted`, group: 'unsorted', action, content });
  }

  /** Sends what is pending, one form to each address that asked for any of it. */
  flush(store: AmoStore, subdomain: string): void {
    const parts = this.#pending;
    if (parts.length === 0) return;
    this.#pending = [];
    for (const subscription of this.#subscriptions.values()) {
      const wanted = parts.filter(({ setting }) => subscription.settings.includes(setting));
      if (subscription.disabled || wanted.length === 0) continue;
      const account = { subdomain, id: store.accountId, _links: { self: `https://${subdomain}.amocrm.ru` } };
      this.sender.send({
        url: subscription.destination,
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'amoCRM-Webhooks/3.0' },
        body: Buffer.from(toBrackets({ ...grouped(wanted), account })),
        label: {
          webhook: String(subscription.id),
          event: [...new Set(wanted.map(({ setting }) => setting))].join(','),
          id: wanted.map(({ content }) => String(content.id ?? content.uid ?? '')).join(','),
        },
      });
    }
  }

  clear(): void {
    this.#subscriptions.clear();
    this.#pending = [];
  }

  #list(call: Call): Answer {
    const filter = own(call.query, 'filter');
    const destination = isObject(filter) ? own(filter, 'destination') : undefined;
    const all = [...this.#subscriptions.values()].filter(
      (hook) => destination === undefined || hook.destination === destination,
    );
    return answerShortList(
      call,
      'webhooks',
      'webhooks',
      all.map((hook) => this.#shown(call, hook)),
    );
  }

  #subscribe(call: Call, { destination, settings, sort }: JsonObject): Answer {
    const wrong = [];
    if (typeof destination !== 'string' || !/^https?:\/\//.test(destination) || !URL.canParse(destination))
      wrong.push(errors.choice('destination'));
    if (!Array.isArray(settings) || settings.length === 0) wrong.push(errors.missing('settings'));
    const codes = Array.isArray(settings) ? settings : [];
    for (const [index, setting] of codes.entries())
      if (!isHookSetting(setting)) wrong.push(errors.choice(`settings.${index}`));
    const url = String(destination);
    if (!this.#subscriptions.has(url) && this.#subscriptions.size >= MOST)
      wrong.push(errors.tooMany('destination', MOST));
    if (wrong.length > 0) {
      call.request.effect({ effect: 'create', stream: 'webhooks', externalId: url, status: 400 });
      return invalid([{ request_id: '0', errors: wrong }]);
    }
    const now = call.store.now();
    const held = this.#subscriptions.get(url);
    const hook = held ?? {
      id: this.#lastId + 3,
      destination: url,
      settings: [],
      createdAt: now,
      updatedAt: now,
      createdBy: call.by,
      sort: typeof sort === 'number' ? sort : this.#subscriptions.size + 1,
      disabled: false,
      bad: [],
    };
    this.#lastId = Math.max(this.#lastId, hook.id);
    Object.assign(hook, { settings: codes.map(String), updatedAt: now, disabled: false, bad: [] });
    this.#subscriptions.set(url, hook);
    call.request.effect({
      effect: held === undefined ? 'create' : 'update',
      stream: 'webhooks',
      id: String(hook.id),
      externalId: url,
      status: 201,
    });
    return hal(this.#shown(call, hook), 201);
  }

  #shown(call: Call, hook: Subscription): JsonObject {
    return {
      id: hook.id,
      destination: hook.destination,
      created_at: hook.createdAt,
      updated_at: hook.updatedAt,
      account_id: call.store.accountId,
      created_by: hook.createdBy,
      sort: hook.sort,
      disabled: hook.disabled,
      settings: [...hook.settings],
      _links: { self: { href: `${call.base}/api/v4/webhooks` } },
    };
  }

  /** More than a hundred bad answers within two hours, the last of them bad, and the vendor stops sending. */
  #judge({ url }: Outgoing, status: number): void {
    const hook = this.#subscriptions.get(url);
    if (hook === undefined || (status >= 100 && status < 300)) return;
    const now = this.#kit.clock.now();
    hook.bad = [...hook.bad.filter((at) => at > now - WITHIN_MS), now];
    if (hook.bad.length > DISABLED_AFTER) hook.disabled = true;
  }
}

function nextWaitMs(attempt: number, status: number): number | undefined {
  const isBreakdown = status === 499 || status >= 500;
  return SOON[attempt - 1] ?? (isBreakdown ? LATER[attempt - 1 - SOON.length] : undefined);
}

/** `{leads: {update: [...], status: [...]}, ...}` */
function grouped(parts: readonly HookPart[]): JsonObject {
  const body: Record<string, Record<string, JsonObject[]>> = {};
  for (const { group, action, content } of parts) {
    const actions = body[group] ?? {};
    actions[action] = [...(actions[action] ?? []), content];
    body[group] = actions;
  }
  return body;
}
