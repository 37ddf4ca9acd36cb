import type { SandboxClock } from '../kit/clock.js';
import type { RestCrmSettings } from './switches.js';

const OFFSET_MINUTES: Readonly<Record<RestCrmSettings['zone'], number>> = {
  Z: 0,
  '+02:00': 120,
  '+03:00': 180,
  '-05:00': -300,
};

/** The vendor's own idea of now: skewed by a switch, written in its zone, never earlier than what it wrote before. */
export class VendorMoment {
  readonly #clock: SandboxClock;
  readonly #settings: RestCrmSettings;
  #at = 0;
  #zone: RestCrmSettings['zone'] = 'Z';
  #text = '';

  constructor(clock: SandboxClock, settings: RestCrmSettings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  next(): { at: number; text: string } {
    const { zone } = this.#settings;
    const at = Math.max(this.#at, this.#clock.now() + this.#settings.clock_skew_ms);
    if (at !== this.#at || zone !== this.#zone) {
      this.#at = at;
      this.#zone = zone;
      this.#text = momentText(at, zone);
    }
    return { at, text: this.#text };
  }
}

/** A moment as ISO text in a zone. */
function momentText(at: number, zone: RestCrmSettings['zone']): string {
  return new Date(at + OFFSET_MINUTES[zone] * 60_000).toISOString().replace('Z', zone);
}
