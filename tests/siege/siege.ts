import type { Random } from '../../sandbox/kit/random.js';
import type { RestCrmOptions, RestCrmSandbox } from '../../sandbox/rest-crm/sandbox.js';
import type { TestEngine, TestEngineOptions } from '../support/engine.js';
import type { OwnServers } from './own-servers.js';

/** One thing measured against one thing promised. */
export interface Figure {
  readonly what: string;
  readonly required: string;
  readonly measured: string;
  readonly isKept: boolean;
  /** Times and shares of time: judged by the siege alone, never by `npm test`, whose machine may be busy. */
  readonly isTimed: boolean;
}

export type Measured = readonly Figure[];

/** What a promise's test works with. Everything it starts through here is stopped at its end, however it ends. */
export interface SiegeContext {
  readonly scale: number;
  readonly seed: number;
  readonly random: Random;
  /** True in the short form of `npm test`: fewer rounds, no long waits. */
  readonly isShort: boolean;
  /** A size of the full form, scaled, but never below `least`. */
  size(full: number, least: number): number;
  startEngine(options?: TestEngineOptions): Promise<TestEngine>;
  startCrm(options?: RestCrmOptions): Promise<RestCrmSandbox>;
  /** A PostgreSQL and a Temporal server of this promise's own, to be killed. */
  startServers(): Promise<OwnServers>;
  onEnd(stop: () => Promise<void> | void): void;
  log(text: string): void;
}

/** One promise of docs/siege.md. */
export interface SiegePromise {
  /** A name for what is no promise of the engine: it runs only when it is named. */
  readonly number: number | string;
  readonly title: string;
  /** The figure as promised. */
  readonly required: string;
  /** The run is given up after this time; default ten minutes. */
  readonly limitMs?: number;
  run(context: SiegeContext): Promise<Measured>;
}

type Value = string | number | boolean;

export function exactly(what: string, measured: Value, wanted: Value): Figure {
  return figure(what, String(wanted), String(measured), measured === wanted);
}

export function atMost(what: string, measured: number, limit: number): Figure {
  return figure(what, `<= ${limit}`, String(measured), measured <= limit);
}

export function atLeast(what: string, measured: number, limit: number): Figure {
  return figure(what, `>= ${limit}`, String(measured), measured >= limit);
}

/** An empty list, else its first members are shown. */
export function nothing(what: string, found: readonly unknown[]): Figure {
  const shown = found.slice(0, 5).map((member) => (typeof member === 'string' ? member : JSON.stringify(member)));
  return figure(what, 'none', found.length === 0 ? 'none' : `${found.length}: ${shown.join('; ')}`, found.length === 0);
}

export function within(what: string, measuredMs: number, limitMs: number): Figure {
  const text = (ms: number): string => (ms >= 1_000 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms)} ms`);
  return { ...figure(what, `<= ${text(limitMs)}`, text(measuredMs), measuredMs <= limitMs), isTimed: true };
}

export function shareAtLeast(what: string, measured: number, limit: number): Figure {
  const text = (share: number): string => `${(share * 100).toFixed(1)} %`;
  return { ...figure(what, `>= ${text(limit)}`, text(measured), measured >= limit), isTimed: true };
}

export function timesAtMost(what: string, measured: number, limit: number): Figure {
  return { ...figure(what, `<= ${limit}x`, `${measured.toFixed(2)}x`, measured <= limit), isTimed: true };
}

/** For the record: nothing is promised about it. */
export function noted(what: string, measured: Value): Figure {
  return figure(what, '', String(measured), true);
}

function figure(what: string, required: string, measured: string, isKept: boolean): Figure {
  return { what, required, measured, isKept, isTimed: false };
}

export function textOf(figure: Figure): string {
  return `${figure.what} ${figure.measured}${figure.required === '' ? '' : ` (${figure.required})`}`;
}
