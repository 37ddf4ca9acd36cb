import type { SandboxClock } from '../kit/clock.js';
import type { CreatioSettings } from './switches.js';

/** A moment of the platform: whole milliseconds, and the text with seven digits of a second as it is stored. */
export interface Moment {
  readonly at: number;
  readonly text: string;
}

/** The platform's idea of now. Two calls never give the same moment, and a later one is never smaller. */
export class PlatformClock {
  readonly #clock: SandboxClock;
  readonly #settings: CreatioSettings;
  #at = 0;
  #ticks = 0;

  constructor(clock: SandboxClock, settings: CreatioSettings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  next(): Moment {
    const now = this.#clock.now() + this.#settings.clock_skew_ms;
    if (now > this.#at) {
      this.#at = now;
      this.#ticks = 1 + ((now * 7919) % 4999);
    } else {
      this.#ticks += 1;
      if (this.#ticks > 9999) {
        this.#at += 1;
        this.#ticks = 1;
      }
    }
    return { at: this.#at, text: momentText(this.#at, this.#ticks) };
  }
}

const DAY_MS = 86_400_000;
const days = new Map<number, string>();
const two = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** `2020-05-18T17:50:39.2838673Z`: always seven digits, so that texts sort as moments. */
export function momentText(at: number, ticks = 0): string {
  // Hundreds of thousands are made while seeding: a day is printed once.
  const day = Math.floor(at / DAY_MS);
  let date = days.get(day);
  if (date === undefined) {
    date = new Date(day * DAY_MS).toISOString().slice(0, 10);
    if (days.size > 20_000) days.clear();
    days.set(day, date);
  }
  const ms = at - day * DAY_MS;
  const [hour, minute, second] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60];
  const fraction = String(10_000_000 + (ms % 1000) * 10_000 + ticks).slice(1);
  return `${date}T${two[hour] ?? ''}:${two[minute] ?? ''}:${two[second] ?? ''}.${fraction}Z`;
}

/** The stored text as OData shows it: without zeros at the end of the fraction. */
export function shownMoment(stored: string): string {
  const short = stored.replace(/0+Z$/, 'Z');
  return short.endsWith('.Z') ? `${short.slice(0, -2)}Z` : short;
}

const ISO = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2})(\.\d+)?)?)?(Z|[+-]\d{2}:\d{2})?$/i;

/** Reads a moment with a zone (or without one, where `zoneless` is allowed) into stored form; undefined = it is none. */
export function parseMoment(text: string, zoneless = false): string | undefined {
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [, day = '', minutes, seconds = '00', fraction = '', zone] = match;
  if (zone === undefined && !zoneless) return undefined;
  const digits = fraction.slice(1).padEnd(7, '0').slice(0, 7);
  const at = Date.parse(`${day}T${minutes ?? '00:00'}:${seconds}.${digits.slice(0, 3)}${zone ?? 'Z'}`);
  if (Number.isNaN(at) || new Date(Date.parse(`${day}T00:00:00Z`)).toISOString().slice(0, 10) !== day) return undefined;
  return momentText(at, Number(digits.slice(3)));
}
