import type { SandboxClock } from '../kit/clock.js';
import type { JsonObject } from '../kit/json.js';
import type { Random } from '../kit/random.js';

/** One waiting event: the newest state of one object, not a history. */
export interface OfflineRow {
  readonly id: number;
  readonly connector: string;
  readonly event: string;
  readonly objectKey: string;
  readonly data: JsonObject;
  readonly messageId: string;
  at: number;
  processId: string;
  isError: boolean;
}

const RESERVED_MS = 30 * 86_400_000;

/** The queue that an application empties by itself. */
export class OfflineQueue {
  readonly #clock: SandboxClock;
  readonly #random: Random;
  #rows: OfflineRow[] = [];
  #lastId = 0;

  constructor(clock: SandboxClock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Adds an event, or renews the one that waits for the same object; a reserved one is left alone. */
  put(connector: string, event: string, objectKey: string, data: JsonObject): void {
    const waiting = this.#rows.find(
      (row) =>
        row.connector === connector && row.event === event && row.objectKey === objectKey && row.processId === '',
    );
    if (waiting !== undefined) {
      waiting.at = this.#clock.now();
      return;
    }
    this.#lastId += 1;
    const messageId = this.#random.hex(32);
    const row = { id: this.#lastId, connector, event, objectKey, data, messageId, at: this.#clock.now() };
    this.#rows.push({ ...row, processId: '', isError: false });
  }

  /** All rows of one source key, reserved ones among them. */
  list(connector: string): OfflineRow[] {
    this.#forgetOld();
    return this.#rows.filter((row) => row.connector === connector);
  }

  /** Takes rows out for good. */
  take(rows: readonly OfflineRow[]): void {
    const ids = new Set(rows.map(({ id }) => id));
    this.#rows = this.#rows.filter(({ id }) => !ids.has(id));
  }

  /** Marks rows as being worked on; nobody else gets them. */
  reserve(rows: readonly OfflineRow[]): string {
    const processId = this.#random.hex(32);
    for (const row of rows) row.processId = processId;
    return processId;
  }

  /** The rows of a reservation. */
  reserved(processId: string): OfflineRow[] {
    this.#forgetOld();
    return this.#rows.filter((row) => row.processId === processId);
  }

  clear(): void {
    this.#rows = [];
  }

  #forgetOld(): void {
    const oldest = this.#clock.now() - RESERVED_MS;
    this.#rows = this.#rows.filter(({ processId, at }) => processId === '' || at > oldest);
  }
}
