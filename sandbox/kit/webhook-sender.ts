import * as http from 'node:http';
import * as https from 'node:https';
import type { SandboxClock } from './clock.js';
import type { Random } from './random.js';

/** One event on its way to one address, ready to be sent. */
export interface Outgoing {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** How the delivery log names it. */
  readonly label: Readonly<Record<string, string>>;
}

/** One line of the delivery log. */
export interface Delivery {
  readonly seq: number;
  readonly at: string;
  readonly attempt: number;
  /** HTTP status of the receiver, 0 when it could not be reached. */
  readonly status: number;
  readonly state: 'delivered' | 'failed' | 'given_up' | 'lost';
  readonly [label: string]: string | number;
}

/** How badly webhooks are delivered; read anew for every event. */
export interface DeliveryManners {
  /** Share of events never sent. */
  readonly lose: number;
  /** Share of events sent twice. */
  readonly duplicate: number;
  /** Leave in random order, up to two seconds late. */
  readonly shuffle: boolean;
}

/** Waits before the next attempt, in sandbox milliseconds; after the last one the event is given up. */
export const retryLadderMs: readonly number[] = [1000, 5000, 30_000, 300_000, 3_600_000];

const AT_ONCE = 16;

/** How patient a vendor's sender is. */
export interface DeliveryRules {
  /** An answer later than this (real milliseconds) counts as none. */
  readonly answerWithinMs: number;
  /** Sandbox milliseconds until the next attempt after this answer (0 = unreachable); undefined = give up. */
  nextWaitMs(attempt: number, status: number): number | undefined;
  /** Hears the result of every attempt. */
  onAttempt?(outgoing: Outgoing, status: number, attempt: number): void;
}

const usualRules: DeliveryRules = {
  answerWithinMs: 5000,
  nextWaitMs: (attempt) => retryLadderMs[attempt - 1],
};

/** Sends webhooks with retries on the sandbox clock and keeps a log of every attempt. */
export class WebhookSender {
  readonly deliveries: Delivery[] = [];
  readonly #clock: SandboxClock;
  readonly #random: Random;
  readonly #manners: () => DeliveryManners;
  readonly #rules: DeliveryRules;
  readonly #plain = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
  readonly #secure = new https.Agent({ keepAlive: true, maxSockets: AT_ONCE });
  #isStopped = false;

  constructor(clock: SandboxClock, random: Random, manners: () => DeliveryManners, rules: DeliveryRules = usualRules) {
    this.#rules = rules;
    this.#clock = clock;
    this.#random = random;
    this.#manners = manners;
  }

  send(outgoing: Outgoing): void {
    const { lose, duplicate, shuffle } = this.#manners();
    if (this.#random.chance(lose)) {
      this.#note(outgoing, 0, 0, 'lost');
      return;
    }
    const copies = this.#random.chance(duplicate) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const delayMs = shuffle ? this.#random.int(0, 2000) : 0;
      if (delayMs === 0) this.#attempt(outgoing, 1);
      else this.#clock.after(delayMs, () => this.#attempt(outgoing, 1));
    }
  }

  stop(): void {
    this.#isStopped = true;
    this.#plain.destroy();
    this.#secure.destroy();
  }

  #attempt(outgoing: Outgoing, attempt: number): void {
    if (this.#isStopped) return;
    this.#post(outgoing, (status) => {
      if (this.#isStopped) return;
      const isDone = status >= 200 && status < 300;
      const waitMs = this.#rules.nextWaitMs(attempt, status);
      this.#note(outgoing, attempt, status, isDone ? 'delivered' : waitMs === undefined ? 'given_up' : 'failed');
      if (!isDone && waitMs !== undefined) this.#clock.after(waitMs, () => this.#attempt(outgoing, attempt + 1));
      this.#rules.onAttempt?.(outgoing, status, attempt);
    });
  }

  #post({ url, headers, body }: Outgoing, done: (status: number) => void): void {
    const isSecure = url.startsWith('https:');
    const options = {
      method: 'POST',
      agent: isSecure ? this.#secure : this.#plain,
      headers: { ...headers, 'content-length': body.length },
      timeout: this.#rules.answerWithinMs,
    };
    let isSettled = false;
    const settle = (status: number) => {
      if (isSettled) return;
      isSettled = true;
      done(status);
    };
    const request = (isSecure ? https : http).request(url, options, (response) => {
      response.resume();
      response.on('end', () => settle(response.statusCode ?? 0));
      response.on('close', () => settle(0));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => settle(0));
    request.end(body);
  }

  #note({ label }: Outgoing, attempt: number, status: number, state: Delivery['state']): void {
    this.deliveries.push({ ...label, seq: this.deliveries.length + 1, at: this.#clock.iso(), attempt, status, state });
  }
}
