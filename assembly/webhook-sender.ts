import { createHmac } from 'node:crypto';
import { errorText, isFailure } from '../core/failures.js';
import type { Store } from '../store/database.js';
import type { Vault } from '../store/vault.js';
import { claimDelivery, type DueDelivery, noteDelivered, noteFailed } from '../store/webhook-deliveries.js';
import { type EndpointSecrets, openSecrets } from '../store/webhook-endpoints.js';
import type { Outgoing } from './outgoing.js';
import { QueueReader } from './queue-reader.js';

export interface WebhookSenderOptions {
  readonly store: Store;
  readonly vault: Vault;
  readonly outgoing: Outgoing;
  readonly userAgent: string;
  readonly onError: (error: unknown) => void;
  /** How long a receiver may take; tests are less patient. */
  readonly timeoutMs?: number;
  /** In place of the product's delays between tries, in milliseconds. */
  readonly delaysMs?: readonly number[];
}

const sendersAtOnce = 4;
const timeoutMs = 10_000;
const leaseMs = 60_000;
const minute = 60_000;
const hour = 60 * minute;
/** After so many days without success an endpoint is disabled. */
export const longestTryingDays = 3;
/** Between tries; the last one repeats until those days have passed. */
const delays = [5_000, 30_000, 2 * minute, 10 * minute, 30 * minute, hour, 2 * hour, 4 * hour, 8 * hour] as const;
const longestTryingMs = longestTryingDays * 24 * hour;
const longestAskedForMs = 24 * hour;

/** Delivers events to the endpoints of customers, signed after Standard Webhooks, each at least once. */
export class WebhookSender {
  readonly #options: WebhookSenderOptions;
  readonly #readers: readonly QueueReader[];
  readonly #busy = new Set<string>();
  readonly #stopping = new AbortController();

  constructor(options: WebhookSenderOptions) {
    this.#options = options;
    this.#readers = Array.from(
      { length: sendersAtOnce },
      () => new QueueReader(() => this.#next(), options.onError, options.delaysMs === undefined ? 2_000 : 100),
    );
  }

  start(): void {
    for (const reader of this.#readers) reader.start();
  }

  /** A delivery under way is broken off; it is sent again later. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#readers.map((reader) => reader.stop()));
  }

  async #next(): Promise<boolean> {
    const delivery = await claimDelivery(this.#options.store, [...this.#busy], leaseMs);
    if (delivery === null) return false;
    // Two readers may have taken two deliveries of one endpoint at the same moment: the second waits for its lease.
    this.#busy.add(delivery.endpointId);
    try {
      await this.#deliver(delivery);
    } finally {
      this.#busy.delete(delivery.endpointId);
    }
    return true;
  }

  async #deliver(delivery: DueDelivery): Promise<void> {
    const { store, vault, outgoing, userAgent } = this.#options;
    const secrets = await openSecrets(vault, delivery.accountId, delivery.endpointId, delivery.secret);
    const body = bodyOf(delivery);
    const timestamp = Math.floor(Date.now() / 1_000);
    try {
      const answer = await outgoing.post(delivery.url, {
        headers: {
          'content-type': 'application/json',
          'user-agent': userAgent,
          'webhook-id': delivery.eventId,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': signaturesOf(secrets, delivery.eventId, timestamp, body),
        },
        body,
        timeoutMs: this.#options.timeoutMs ?? timeoutMs,
        signal: this.#stopping.signal,
      });
      if (answer.status >= 200 && answer.status < 300) return await noteDelivered(store, delivery, answer.status);
      await this.#failed(delivery, answer.status, `It answered ${answer.status}.`, askedFor(answer));
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      if (!isFailure(error) || !error.code.startsWith('egress/')) throw error;
      const { status } = error.details ?? {};
      await this.#failed(delivery, typeof status === 'number' ? status : null, errorText(error), 0);
    }
  }

  async #failed(delivery: DueDelivery, status: number | null, error: string, askedForMs: number): Promise<void> {
    const list = this.#options.delaysMs ?? delays;
    const delay = list[Math.min(delivery.attempts, list.length) - 1] ?? hour;
    const spread = delay * (0.9 + Math.random() * 0.2);
    // Gone is said on purpose: nobody listens there any more.
    const isOver = status === 410 || delivery.tryingMs + delay > longestTryingMs;
    await noteFailed(this.#options.store, delivery, {
      status,
      error,
      againInMs: isOver ? null : Math.max(spread, askedForMs),
    });
  }
}

/** The same bytes at every try. */
function bodyOf({ kind, payload, at }: DueDelivery): string {
  return JSON.stringify({ type: kind, timestamp: at.toISOString(), data: payload });
}

function signaturesOf(secrets: EndpointSecrets, id: string, timestamp: number, body: string): string {
  const { current, former } = secrets;
  const valid = former !== undefined && Date.parse(former.until) > Date.now() ? [current, former.secret] : [current];
  return valid.map((secret) => `v1,${signatureOf(secret, `${id}.${timestamp}.${body}`)}`).join(' ');
}

function signatureOf(secret: string, text: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return createHmac('sha256', key).update(text).digest('base64');
}

function askedFor(answer: { readonly headers: Readonly<Record<string, string>> }): number {
  const seconds = Number(answer.headers['retry-after'] ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1_000, longestAskedForMs) : 0;
}
