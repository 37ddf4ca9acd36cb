import { type Answer, jsonAnswer, type VendorRequest } from '../../kit/exchange.js';
import { isObject, own, textAt } from '../../kit/json.js';
import { ControlProblem } from '../../kit/settings.js';
import type { Kit } from '../../kit/vendor-app.js';
import { retryLadderMs, WebhookSender } from '../../kit/webhook-sender.js';
import { randomGuid } from '../guid.js';
import type { Saved } from '../store.js';
import type { CreatioSettings } from '../switches.js';

interface Hook {
  readonly id: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Objects it is about; empty = all. */
  readonly entities: readonly string[];
}

/**
 * The vendor has no outbound webhooks: someone builds a process or an event listener into the installation that calls
 * out after a save. This plays one. Whoever builds it chooses the address and the headers (a shared secret, say).
 */
export class OutboundHooks {
  readonly sender: WebhookSender;
  readonly #kit: Kit;
  readonly #random;
  readonly #hooks = new Map<string, Hook>();

  constructor(kit: Kit, settings: CreatioSettings) {
    this.#kit = kit;
    this.#random = kit.random.fork('hooks');
    const manners = () => ({
      lose: settings.hook_lose,
      duplicate: settings.hook_duplicate,
      shuffle: settings.hook_shuffle,
    });
    this.sender = new WebhookSender(kit.clock, kit.random.fork('deliveries'), manners, {
      answerWithinMs: 5000,
      nextWaitMs: (attempt) => (settings.hook_retries ? retryLadderMs[attempt - 1] : undefined),
    });
  }

  /** `POST hooks {url, headers, entities}`: the process is built. */
  add(request: VendorRequest): Answer {
    const body = request.json();
    const url = isObject(body) ? (textAt(body, 'url') ?? '') : '';
    if (!isObject(body) || !/^https?:\/\//.test(url)) throw new ControlProblem('`url` must be an address.');
    const headers = own(body, 'headers') ?? {};
    const entities = own(body, 'entities') ?? [];
    if (!isObject(headers)) throw new ControlProblem('`headers` must be an object.');
    if (!Array.isArray(entities)) throw new ControlProblem('`entities` must be a list.');
    const hook: Hook = {
      id: randomGuid(this.#random),
      url,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      entities: entities.map(String),
    };
    this.#hooks.set(hook.id, hook);
    return jsonAnswer(201, { id: hook.id, url, entities: hook.entities });
  }

  /** `DELETE hooks?id=` */
  remove(request: VendorRequest): Answer {
    return this.#hooks.delete(request.query.get('id') ?? '')
      ? jsonAnswer(200, { ok: true })
      : jsonAnswer(404, { ok: false });
  }

  announce({ entity, operation, id, record }: Saved): void {
    if (this.#hooks.size === 0) return;
    const eventId = randomGuid(this.#random);
    const at = this.#kit.clock.iso();
    const body = Buffer.from(
      JSON.stringify({
        id: eventId,
        entity: entity.name,
        recordId: id,
        operation,
        modifiedOn: record.ModifiedOn ?? null,
        modifiedById: record.ModifiedById ?? null,
        at,
      }),
    );
    for (const hook of this.#hooks.values()) {
      if (hook.entities.length > 0 && !hook.entities.includes(entity.name)) continue;
      this.sender.send({
        url: hook.url,
        headers: { 'content-type': 'application/json; charset=utf-8', ...hook.headers },
        body,
        label: { hook: hook.id, event_id: eventId, entity: entity.name, operation, id },
      });
    }
  }

  clear(): void {
    this.#hooks.clear();
  }
}
