import * as crypto from 'node:crypto';
import { type Answer, jsonAnswer, type VendorRequest } from '../kit/exchange.js';
import { isObject, own, textAt } from '../kit/json.js';
import type { Kit } from '../kit/vendor-app.js';
import { WebhookSender } from '../kit/webhook-sender.js';
import { problem } from './answers.js';
import { streamNames } from './schema.js';
import type { CrmChange } from './store.js';
import type { RestCrmSettings } from './switches.js';

interface Subscription {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly secret: string;
}

const KINDS = ['created', 'updated', 'deleted'];
const EVENTS: readonly string[] = [
  '*',
  ...streamNames.flatMap((name) => ['*', ...KINDS].map((kind) => `${name}.${kind}`)),
];

/** The CRM's webhooks: who wants to hear what, and the signed events. */
export class CrmWebhooks {
  readonly sender: WebhookSender;
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #kit: Kit;
  readonly #random;

  constructor(kit: Kit, settings: RestCrmSettings) {
    this.#kit = kit;
    this.#random = kit.random.fork('webhooks');
    this.sender = new WebhookSender(kit.clock, kit.random.fork('deliveries'), () => ({
      lose: settings.webhook_lose,
      duplicate: settings.webhook_duplicate,
      shuffle: settings.webhook_shuffle,
    }));
  }

  /** `GET|POST /webhooks`, `DELETE /webhooks/{id}`. */
  answer(request: VendorRequest, id: string | undefined): Answer {
    const { method } = request;
    if (id === undefined && method === 'GET')
      return jsonAnswer(200, { items: [...this.#subscriptions.values()].map(shown) });
    if (id === undefined && method === 'POST') return this.#subscribe(request.json());
    if (id !== undefined && method === 'DELETE') {
      return this.#subscriptions.delete(id) ? { status: 204 } : problem(404, 'not_found', `No webhook has id ${id}.`);
    }
    return problem(405, 'unknown_route', `There is no ${method} ${request.path}.`);
  }

  /** Tells everyone who asked for it. Both copies of a repeated event carry the same event_id. */
  announce({ stream, kind, id }: CrmChange): void {
    if (this.#subscriptions.size === 0) return;
    const event = `${stream}.${kind}`;
    const eventId = `ev_${this.#random.hex(24)}`;
    const at = this.#kit.clock.iso();
    const body = Buffer.from(JSON.stringify({ event_id: eventId, event, stream, id, at }));
    for (const subscription of this.#subscriptions.values()) {
      if (!subscription.events.some((wanted) => wanted === '*' || wanted === event || wanted === `${stream}.*`))
        continue;
      this.sender.send({
        url: subscription.url,
        headers: {
          'content-type': 'application/json',
          'x-signature': `sha256=${crypto.createHmac('sha256', subscription.secret).update(body).digest('hex')}`,
          'x-timestamp': String(Math.floor(this.#kit.clock.now() / 1000)),
        },
        body,
        label: { webhook: subscription.id, event_id: eventId, event, stream, id },
      });
    }
  }

  clear(): void {
    this.#subscriptions.clear();
  }

  #subscribe(body: unknown): Answer {
    if (!isObject(body)) return problem(400, 'invalid_body', 'The body must be an object.');
    const url = textAt(body, 'url') ?? '';
    const secret = textAt(body, 'secret') ?? '';
    const events = own(body, 'events') ?? ['*'];
    if (!/^https?:\/\//.test(url) || !URL.canParse(url))
      return problem(422, 'invalid_value', 'Field url must be an address.', { field: 'url' });
    if (secret.length < 8)
      return problem(422, 'invalid_value', 'Field secret needs 8 characters or more.', { field: 'secret' });
    if (!Array.isArray(events) || events.some((event) => !EVENTS.includes(String(event)))) {
      return problem(422, 'invalid_value', `Field events may hold ${EVENTS.join(', ')}.`, { field: 'events' });
    }
    const subscription = { id: `wh_${this.#random.hex(12)}`, url, events: events.map(String), secret };
    this.#subscriptions.set(subscription.id, subscription);
    return jsonAnswer(201, shown(subscription));
  }
}

function shown({ id, url, events }: Subscription): object {
  return { id, url, events };
}
