import { isObject, own } from './json.js';
import { Random } from './random.js';
import { ControlProblem } from './settings.js';

export const faultKinds = [
  'delay',
  'reset',
  'truncate',
  'drip',
  'status_429',
  'status_500',
  'status_503',
  'html',
  'empty_body',
  'duplicate',
  'commit_then_drop',
  'late_visible',
] as const;

/** What can go wrong with one request; `docs/sandboxes.md` says what each does and when the effect is kept. */
export type FaultKind = (typeof faultKinds)[number];

/** An order to play faults on a share of the requests. */
export interface FaultOrder {
  readonly seed: number | string;
  /** Share of the requests, 0 to 1; 0 ends the faults. */
  readonly rate: number;
  readonly kinds: readonly FaultKind[];
  /** The effect log's seq or the moment (sandbox clock, ms) from which no fault is played any more. */
  readonly untilSeq: number;
  readonly untilMs: number;
  /** Only requests whose path begins so; empty = all. */
  readonly paths: readonly string[];
  /** Only these methods; empty = all. */
  readonly methods: readonly string[];
}

/** What the plan must know of a request. */
export interface FaultSubject {
  readonly method: string;
  readonly path: string;
  readonly isWrite: boolean;
}

const CALM: FaultOrder = {
  seed: 0,
  rate: 0,
  kinds: [],
  untilSeq: Number.POSITIVE_INFINITY,
  untilMs: Number.POSITIVE_INFINITY,
  paths: [],
  methods: [],
};

const ONLY_FOR_WRITES: ReadonlySet<FaultKind> = new Set(['duplicate', 'commit_then_drop', 'late_visible']);

/** Decides, by seed, which request meets which fault. The same requests in the same order meet the same faults. */
export class FaultPlan {
  #order = CALM;
  #random = new Random(0);
  /** Faults played so far by kind. */
  readonly played: Partial<Record<FaultKind, number>> = {};

  get order(): FaultOrder {
    return this.#order;
  }

  set(order: FaultOrder): void {
    this.#order = order;
    this.#random = new Random(order.seed);
  }

  end(): void {
    this.set(CALM);
  }

  /** The fault of the next request, or null. */
  next(subject: FaultSubject, lastSeq: number, nowMs: number): FaultKind | null {
    const { rate, kinds, untilSeq, untilMs } = this.#order;
    if (rate === 0 || lastSeq >= untilSeq || nowMs >= untilMs || !this.#concerns(subject)) return null;
    const isHit = this.#random.chance(rate);
    const draw = this.#random.next();
    const fitting = subject.isWrite ? kinds : kinds.filter((kind) => !ONLY_FOR_WRITES.has(kind));
    const kind = isHit ? fitting[Math.floor(draw * fitting.length)] : undefined;
    if (kind === undefined) return null;
    this.played[kind] = (this.played[kind] ?? 0) + 1;
    return kind;
  }

  /** A seeded coin: whether a request that will be answered with an error is carried out first. */
  coin(): boolean {
    return this.#random.chance(0.5);
  }

  /** A seeded duration in milliseconds. */
  duration(low: number, high: number): number {
    return this.#random.int(low, high);
  }

  #concerns({ method, path }: FaultSubject): boolean {
    const { paths, methods } = this.#order;
    if (methods.length > 0 && !methods.includes(method)) return false;
    return paths.length === 0 || paths.some((start) => path.startsWith(start));
  }
}

/** Reads `{seed, rate, kinds, until, paths, methods}`; throws ControlProblem naming what is wrong. */
export function parseFaultOrder(body: unknown): FaultOrder {
  if (!isObject(body)) throw new ControlProblem('Faults must be a JSON object.');
  const rate = own(body, 'rate');
  if (typeof rate !== 'number' || rate < 0 || rate > 1)
    throw new ControlProblem('`rate` must be a number from 0 to 1.');
  const seed = own(body, 'seed') ?? 1;
  if (typeof seed !== 'number' && typeof seed !== 'string')
    throw new ControlProblem('`seed` must be a number or a text.');
  return {
    seed,
    rate,
    kinds: parseKinds(own(body, 'kinds')),
    ...parseUntil(own(body, 'until')),
    paths: textList(own(body, 'paths'), 'paths'),
    methods: textList(own(body, 'methods'), 'methods').map((method) => method.toUpperCase()),
  };
}

function parseKinds(value: unknown): readonly FaultKind[] {
  if (value === undefined || value === null) return faultKinds;
  return textList(value, 'kinds').map((name) => {
    const kind = faultKinds.find((known) => known === name);
    if (kind === undefined) {
      throw new ControlProblem(`Fault \`${name}\` is not known. Known faults: ${faultKinds.join(', ')}.`);
    }
    return kind;
  });
}

function parseUntil(value: unknown): { untilSeq: number; untilMs: number } {
  const never = { untilSeq: Number.POSITIVE_INFINITY, untilMs: Number.POSITIVE_INFINITY };
  if (value === undefined || value === null) return never;
  if (typeof value === 'number') return { ...never, untilSeq: value };
  const moment = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(moment)) throw new ControlProblem('`until` must be a log seq (number) or an ISO time.');
  return { ...never, untilMs: moment };
}

function textList(value: unknown, name: string): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new ControlProblem(`\`${name}\` must be a list of texts.`);
  return value.map(String);
}
