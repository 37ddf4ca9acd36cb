/** How a portal writes moments: ISO 8601 with the offset of its time zone, to the second. */
export class PortalTime {
  readonly #offset: () => string;

  /** `offset` gives the portal's present zone, such as `+03:00`. */
  constructor(offset: () => string) {
    this.#offset = offset;
  }

  get offset(): string {
    return this.#offset();
  }

  /** Milliseconds since 1970 as the portal writes them. */
  text(ms: number): string {
    const offset = this.#offset();
    return `${new Date(ms + minutesOf(offset) * 60_000).toISOString().slice(0, 19)}${offset}`;
  }

  /** A stored moment (ISO in UTC) as the portal writes it. */
  moment(stored: string): string {
    return this.text(Date.parse(stored));
  }

  /** A stored day as the portal writes it: the midnight of UTC, moved into the portal's zone. */
  day(stored: string): string {
    return this.text(Date.parse(`${stored}T00:00:00Z`));
  }

  /** `24.08.2023 13:19:39`, as some old methods write. */
  russian(ms: number): string {
    const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(this.text(ms)) ?? [];
    return `${day}.${month}.${year} ${time}`;
  }

  /** A moment that a client sent, as it is stored; undefined when it is none. Without an offset the portal's counts. */
  readMoment(sent: string): string | undefined {
    const russian = /^(\d{2})\.(\d{2})\.(\d{4})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?$/.exec(sent.trim());
    const iso = russian === null ? sent.trim().replace(/^(\d{4}-\d{2}-\d{2}) /, '$1T') : fromRussian(russian);
    if (!/^\d{4}-\d{2}-\d{2}/.test(iso)) return undefined;
    const whole = /T/.test(iso) ? iso : `${iso}T00:00:00`;
    const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(whole) ? whole : whole + this.#offset();
    const ms = Date.parse(zoned.replace(/ (\d{2}:\d{2})$/, '+$1'));
    return Number.isNaN(ms) ? undefined : storedMoment(ms);
  }

  /** A day that a client sent (a moment counts by its own day), as it is stored. */
  readDay(sent: string): string | undefined {
    const russian = /^(\d{2})\.(\d{2})\.(\d{4})/.exec(sent.trim());
    const iso = russian === null ? sent.trim() : fromRussian(russian);
    const day = /^\d{4}-\d{2}-\d{2}/.exec(iso)?.[0];
    return day === undefined || Number.isNaN(Date.parse(`${day}T00:00:00Z`)) ? undefined : day;
  }
}

/** Milliseconds since 1970 as they are stored: ISO in UTC, to the second, so that texts compare as moments do. */
export function storedMoment(ms: number): string {
  return `${new Date(Math.floor(ms / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}

function fromRussian([, day, month, year, time]: RegExpExecArray): string {
  return `${year}-${month}-${day}${time === undefined ? '' : `T${time}`}`;
}

function minutesOf(offset: string): number {
  const sign = offset.startsWith('-') ? -1 : 1;
  return sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)));
}
