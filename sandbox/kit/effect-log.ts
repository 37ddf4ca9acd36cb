import * as crypto from 'node:crypto';
import { bytes, Column, wholeAndReal, words } from './column.js';

const EFFECTS = ['create', 'update', 'delete', 'lookup', 'read'] as const;

/** What a request did at the vendor. */
export type Effect = (typeof EFFECTS)[number];

/** One line of the log, as the control route shows it. A status under 300 means that it happened. */
export interface EffectEntry {
  readonly seq: number;
  readonly at: string;
  readonly effect: Effect;
  readonly stream: string;
  readonly id: string | null;
  readonly external_id: string | null;
  /** First 12 hexadecimal digits of the SHA-256 of the bytes sent for this record. */
  readonly body_hash: string | null;
  readonly status: number;
  readonly fault: string | null;
}

/** An effect as a vendor's handler reports it. */
export interface EffectNote {
  readonly effect: Effect;
  readonly stream: string;
  readonly id?: string | null;
  readonly externalId?: string | null;
  readonly hash?: number;
  readonly status: number;
}

/** 48 bits of SHA-256 as a number: enough to tell bodies apart, and it fits into a cell. */
export function hashOf(text: string | Buffer): number {
  return Number.parseInt(crypto.hash('sha256', text, 'hex').slice(0, 12), 16);
}

const NO_HASH = -1;

/**
 * The truth about what happened at the vendor. Kept in columns (about 60 bytes an entry beside the ids), because a
 * benchmark writes a million records through one sandbox.
 */
export class EffectLog {
  /** Off: pages read and searches are not logged, only writes. */
  logsReads = true;
  readonly #moments = new Column(wholeAndReal);
  readonly #effects = new Column(bytes);
  readonly #streams = new Column(words);
  readonly #hashes = new Column(wholeAndReal);
  readonly #statuses = new Column(words);
  readonly #faults = new Column(words);
  #ids: (string | null)[] = [];
  #externalIds: (string | null)[] = [];
  readonly #names = new Names();

  /** The sequence number of the newest entry; the first one is 1. */
  get lastSeq(): number {
    return this.#moments.length;
  }

  add(note: EffectNote, at: number, fault: string | null): void {
    if (!this.logsReads && (note.effect === 'read' || note.effect === 'lookup')) return;
    this.#moments.push(at);
    this.#effects.push(EFFECTS.indexOf(note.effect));
    this.#streams.push(this.#names.number(note.stream));
    this.#hashes.push(note.hash ?? NO_HASH);
    this.#statuses.push(note.status);
    this.#faults.push(this.#names.number(fault));
    this.#ids.push(note.id ?? null);
    this.#externalIds.push(note.externalId ?? null);
  }

  /** Entries after a sequence number, oldest first. */
  *entries(after = 0, limit = Number.POSITIVE_INFINITY): Generator<EffectEntry> {
    const end = Math.min(this.lastSeq, after + limit);
    for (let index = Math.max(0, after); index < end; index += 1) yield this.#entry(index);
  }

  /** All entries after a sequence number: for tests that run in the same process. */
  list(after = 0): EffectEntry[] {
    return [...this.entries(after)];
  }

  clear(): void {
    for (const column of [this.#moments, this.#effects, this.#streams, this.#hashes, this.#statuses, this.#faults]) {
      column.clear();
    }
    this.#ids = [];
    this.#externalIds = [];
  }

  #entry(index: number): EffectEntry {
    const hash = this.#hashes.at(index);
    return {
      seq: index + 1,
      at: new Date(this.#moments.at(index)).toISOString(),
      effect: EFFECTS[this.#effects.at(index)] ?? 'read',
      stream: this.#names.name(this.#streams.at(index)) ?? '',
      id: this.#ids[index] ?? null,
      external_id: this.#externalIds[index] ?? null,
      body_hash: hash === NO_HASH ? null : hash.toString(16).padStart(12, '0'),
      status: this.#statuses.at(index),
      fault: this.#names.name(this.#faults.at(index)),
    };
  }
}

/** Few different names, stored once. */
class Names {
  readonly #names: (string | null)[] = [];

  number(name: string | null): number {
    const found = this.#names.indexOf(name);
    return found >= 0 ? found : this.#names.push(name) - 1;
  }

  name(number: number): string | null {
    return this.#names[number] ?? null;
  }
}
