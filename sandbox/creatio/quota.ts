import type { SandboxClock } from '../kit/clock.js';
import type { CreatioUser } from './auth/users.js';
import type { CreatioSettings } from './switches.js';

/** Requests of each user in a day of UTC, where the plan counts them. */
export class Quota {
  readonly #clock: SandboxClock;
  readonly #settings: CreatioSettings;
  readonly #used = new Map<string, number>();
  #day = '';

  constructor(clock: SandboxClock, settings: CreatioSettings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  /** False when the user has none left today. */
  take({ name }: CreatioUser): boolean {
    if (this.#settings.daily_quota === 0) return true;
    const day = this.#clock.iso().slice(0, 10);
    if (day !== this.#day) this.#used.clear();
    this.#day = day;
    const used = this.#used.get(name) ?? 0;
    if (used >= this.#settings.daily_quota) return false;
    this.#used.set(name, used + 1);
    return true;
  }

  clear(): void {
    this.#used.clear();
  }
}
