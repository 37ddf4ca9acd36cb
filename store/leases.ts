import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Checkpoint, Cursor } from '../core/cursor.js';
import { Failure } from '../core/failures.js';
import type { JsonObject } from '../core/json.js';
import type { AccountId, Store } from './database.js';

export const leaseMs = 5_000;
const renewMs = 1_000;

/** What a holder finds when it takes a flow. */
export interface FlowState {
  readonly flowId: number;
  readonly checkpoint: Checkpoint;
  readonly positions: Readonly<Record<string, Cursor>>;
  readonly mayHaveUnlinked: boolean;
  /** End of the lease before this one, in ms since the epoch by the database's clock; members of open batches wait for it. */
  readonly previousLeaseEndedMs: number;
}

/**
 * The fence of one flow (D4): whoever moves its records holds this. `token` grows with every holder and is checked in
 * every transaction of a batch. `checkBeforeSend` is called as the last thing before bytes leave the process.
 */
export class FlowLease {
  readonly #store: Store;
  readonly #accountId: AccountId;
  readonly #lost = new AbortController();
  #deadlineMs: number;
  #timer: NodeJS.Timeout | undefined;

  private constructor(
    store: Store,
    accountId: AccountId,
    readonly token: number,
    readonly state: FlowState,
    startedMs: number,
  ) {
    this.#store = store;
    this.#accountId = accountId;
    this.#deadlineMs = startedMs + leaseMs;
    this.#timer = setInterval(() => void this.#renew(), renewMs);
    this.#timer.unref();
  }

  /** Takes the flow if nobody holds it; null while another holder's lease runs. */
  static async take(store: Store, accountId: AccountId, flowId: number): Promise<FlowLease | null> {
    const startedMs = performance.now();
    const row = await store.account(accountId, async (tx) => {
      const before = await tx
        .selectFrom('flow')
        .select('lease_until')
        .where('id', '=', flowId)
        .forUpdate()
        .executeTakeFirst();
      const taken = await tx
        .updateTable('flow')
        .set((eb) => ({
          lease_token: eb('lease_token', '+', 1),
          lease_holder: randomUUID(),
          lease_until: sql<Date>`clock_timestamp() + ${leaseMs} * interval '1 millisecond'`,
        }))
        .where('id', '=', flowId)
        .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<', sql<Date>`clock_timestamp()`)]))
        .returningAll()
        .executeTakeFirst();
      return taken && { ...taken, previous: before?.lease_until ?? null };
    });
    if (row === undefined) return null;
    return new FlowLease(store, accountId, row.lease_token, stateOf(row, row.previous), startedMs);
  }

  /** A look at a flow by one who will write nothing (a preview): no fence is taken, and none can be lost. */
  static async observe(store: Store, accountId: AccountId, flowId: number): Promise<FlowLease> {
    const row = await store.account(accountId, (tx) =>
      tx.selectFrom('flow').selectAll().where('id', '=', flowId).executeTakeFirstOrThrow(),
    );
    const lease = new FlowLease(store, accountId, 0, stateOf(row, row.lease_until), Number.POSITIVE_INFINITY);
    lease.abandon();
    return lease;
  }

  /** Aborts when another holder has taken the flow or the lease could not be renewed in time. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** A committed batch moved the lease's end in the database too. `sinceMs`: when that statement was sent. */
  extended(sinceMs: number): void {
    this.#deadlineMs = Math.max(this.#deadlineMs, sinceMs + leaseMs);
  }

  /** Throws `engine/fence_lost` once the lease has run out by this process's monotonic clock. */
  readonly checkBeforeSend = (): void => {
    if (performance.now() < this.#deadlineMs && !this.#lost.signal.aborted) return;
    this.markLost();
    throw fenceLost();
  };

  markLost(): void {
    if (!this.#lost.signal.aborted) this.#lost.abort(fenceLost());
  }

  /** Gives the flow back at once; harmless when it was lost. */
  async release(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#store.account(this.#accountId, (tx) =>
      tx
        .updateTable('flow')
        .set({ lease_until: null, lease_holder: null })
        .where('id', '=', this.state.flowId)
        .where('lease_token', '=', this.token)
        .execute(),
    );
  }

  /** Stops renewing without giving the flow back: what a crash would do. */
  abandon(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #renew(): Promise<void> {
    const startedMs = performance.now();
    if (startedMs > this.#deadlineMs) this.markLost();
    try {
      const result = await this.#store.account(this.#accountId, (tx) =>
        tx
          .updateTable('flow')
          .set({ lease_until: sql<Date>`clock_timestamp() + ${leaseMs} * interval '1 millisecond'` })
          .where('id', '=', this.state.flowId)
          .where('lease_token', '=', this.token)
          .executeTakeFirst(),
      );
      if (result.numUpdatedRows === 0n) this.markLost();
      else this.extended(startedMs);
    } catch {
      // The database may be away for a moment; the deadline decides, not this one try.
    }
  }
}

interface FlowColumns {
  readonly id: number;
  readonly checkpoint: JsonObject;
  readonly positions: Readonly<Record<string, Cursor>>;
  readonly may_have_unlinked: boolean;
}

function stateOf(row: FlowColumns, previousEnd: Date | null): FlowState {
  return {
    flowId: row.id,
    checkpoint: row.checkpoint as unknown as Checkpoint,
    positions: row.positions,
    mayHaveUnlinked: row.may_have_unlinked,
    previousLeaseEndedMs: previousEnd?.getTime() ?? 0,
  };
}

export function fenceLost(): Failure {
  return new Failure('engine/fence_lost', {
    message: 'Another worker has taken over this flow.',
    hint: 'Nothing to do: the other worker goes on from the last confirmed batch.',
  });
}
