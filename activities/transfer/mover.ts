import type { Page } from '../../connectors/kit/contract.js';
import type { Cursor } from '../../core/cursor.js';
import { isJsonObject } from '../../core/json.js';
import { type TouchedRow, takeResolvable, takeTouched } from '../../store/pending.js';
import { Committer } from './committer.js';
import type { DeletionGuard } from './deletion-guard.js';
import { withoutArrived } from './doubts.js';
import type { FlowEnvironment, TargetRuntime } from './flow-environment.js';
import { uuidv7 } from './ids.js';
import { cannotReadAgain, jobOfPage, readAgain, readWithPatience } from './intake.js';
import { keepSettled } from './keep-settled.js';
import { type KeysInFlight, matchChanges } from './match.js';
import { PageJob, type PreparedChange, type SourceItem } from './page-job.js';
import { preparePage } from './prepare.js';
import { closeDoubts, intentMembers } from './recovery.js';
import type { RejectionWatch } from './rejections.js';
import { isRepeatable, sendBatch } from './send.js';
import { canCompareKeys, touchVanished } from './vanished.js';

/** Jobs from elsewhere than the source: the changes of a preview. */
export interface Feed {
  /** The next job, in order; null at the end. */
  next(): Promise<PageJob | null>;
  /** Fills `job.changes` instead of the mapping. */
  prepare(job: PageJob): Promise<void>;
}

export interface MoveOptions {
  /** Stop taking new pages after this time; what is under way is finished. */
  readonly budgetMs: number;
  readonly pagesInFlight: number;
  /** False for runs that only take touched rows (webhook drain, replay, resend). */
  readonly readsPages: boolean;
  readonly keepsProgressWith: 'flow' | 'run';
  /** Where this pass stands. */
  readonly position: { readonly cursor: Cursor | null; readonly isEnd: boolean };
  /** True when the flow has no link yet: keys that this slice has not met need no look-up. */
  readonly isFirst: boolean;
  /** Stops the run by the pipeline's error policy; null where nothing is read. */
  readonly watch: RejectionWatch | null;
  /** Stops the run when the source reports suspiciously many deletions. */
  readonly guard?: DeletionGuard;
  /** Set where a preview is applied: only its jobs are moved. */
  readonly feed?: Feed;
  readonly signal: AbortSignal;
}

export type MoveEnd = 'more' | 'end' | 'paused' | 'cancelled';

/** A page's place in the order of one target. */
interface Turn {
  readonly begin: Promise<void>;
  end(): void;
}

const freeTurn: Turn = { begin: Promise.resolve(), end: () => undefined };

const touchedPerPage = 100;
/** How often touched rows are looked for while pages flow. */
const touchedEveryMs = 200;
const waitingPerPage = 200;

/**
 * Moves one flow for one slice: reads a page ahead, keeps several pages in flight, commits them in order. Between
 * pages it takes touched rows, so a webhook never waits for a long transfer.
 */
export class Mover {
  readonly #committer: Committer;
  readonly #inFlight = new Set<Promise<void>>();
  /** Source keys of pages not committed yet; a page that holds one of them waits. */
  readonly #keysUnderWay = new Map<string, number>();
  readonly #keysMet = new Set<string>();
  readonly #targetKeys: KeysInFlight = new Map();
  readonly #stop = new AbortController();
  /** Ends everything at once: nothing that is done after it counts. */
  readonly #end: AbortSignal;
  /** Also when one page has failed: the others come to the end of the request that they are at. */
  readonly #signal: AbortSignal;
  #failure: unknown = null;
  #waiters: (() => void)[] = [];
  readonly #lastTurns = new Map<number, Promise<void>>();
  #touchedLookedAtMs = 0;

  constructor(
    readonly env: FlowEnvironment,
    readonly options: MoveOptions,
  ) {
    this.#committer = new Committer(
      env,
      options.keepsProgressWith,
      (job) => this.#forget(job),
      (error) => this.#fail(error),
    );
    this.#end = AbortSignal.any([options.signal, env.lease.lost]);
    this.#signal = AbortSignal.any([this.#end, this.#stop.signal]);
  }

  async run(): Promise<MoveEnd> {
    try {
      const end = await this.#moveAll();
      await this.#settleAll();
      const { readsPages, keepsProgressWith, feed } = this.options;
      if (end === 'end' && readsPages && keepsProgressWith === 'flow' && feed === undefined)
        await closeDoubts(this.env);
      return this.#asked() ?? end;
    } catch (error) {
      this.#stop.abort(error);
      await Promise.allSettled(this.#inFlight);
      await this.#committer
        .flush()
        .then(() => keepSettled(this.env, this.#committer.uncommitted))
        // What could not be kept is found again by its intent, as after a crash.
        .catch(() => undefined);
      throw this.#failure ?? this.#committer.failure ?? error;
    }
  }

  async #moveAll(): Promise<MoveEnd> {
    const endsAt = performance.now() + this.options.budgetMs;
    if (this.options.feed !== undefined) return this.#takeFeed(this.options.feed, endsAt);
    await this.#takeWaiting();
    const read = await this.#readPages(endsAt);
    if (read !== 'end') return read;
    if (this.options.readsPages && !this.options.position.isEnd && canCompareKeys(this.env)) {
      // Links of pages that are still under way would be asked for in vain.
      await this.#settleAll();
      await touchVanished(this.env, this.#signal);
    }
    for (;;) {
      if (this.#asked() !== null) return 'more';
      const count = await this.#takeTouched();
      if (count === 0) return 'end';
      if (performance.now() > endsAt) return 'more';
    }
  }

  async #takeFeed(feed: Feed, endsAt: number): Promise<MoveEnd> {
    for (;;) {
      const job = await feed.next();
      if (job === null) return 'end';
      await this.#start(job);
      if (this.#asked() !== null || performance.now() > endsAt) return 'more';
    }
  }

  async #readPages(endsAt: number): Promise<MoveEnd> {
    const { position } = this.options;
    if (!this.options.readsPages || position.isEnd) return 'end';
    let cursor: Cursor | null = position.cursor;
    let ahead: Promise<Page> | null = this.#read(cursor);
    while (ahead !== null) {
      const page: Page = await ahead;
      const isOver = performance.now() > endsAt || this.#asked() !== null;
      cursor = page.next;
      ahead = page.next === null || isOver ? null : this.#read(cursor);
      // Should this page stop the slice, the page read ahead is given up quietly.
      ahead?.catch(() => undefined);
      await this.#start(jobOfPage(this.env, page));
      if (performance.now() - this.#touchedLookedAtMs > touchedEveryMs) await this.#takeTouched();
      if (page.next === null) return 'end';
      if (isOver) return 'more';
    }
    return 'end';
  }

  #read(cursor: Cursor | null): Promise<Page> {
    return readWithPatience(this.env, cursor, this.#signal);
  }

  async #takeTouched(): Promise<number> {
    this.#touchedLookedAtMs = performance.now();
    const rows = await takeTouched(this.env.store, this.env.place.accountId, this.env.place.flowId, touchedPerPage);
    const fresh = rows.filter((row) => !this.#keysUnderWay.has(row.sourceKey));
    if (fresh.length === 0) {
      if (rows.length > 0) await this.#settleAll();
      return rows.length;
    }
    const items = await this.#touchedItems(fresh);
    await this.#start(new PageJob(items, null, this.env.targets.length));
    await this.#settleAll();
    return rows.length;
  }

  async #touchedItems(rows: readonly TouchedRow[]): Promise<SourceItem[]> {
    const toRead = rows.filter((row) => row.record === null && !row.isDeletion).map((row) => row.sourceKey);
    const found = await readAgain(this.env, toRead, this.#signal);
    const items: SourceItem[] = [];
    for (const row of rows) {
      const opened =
        row.record === null ? found?.get(row.sourceKey) : await this.env.unseal(`touched|${row.sourceKey}`, row.record);
      const record = isJsonObject(opened) ? opened : undefined;
      const isUnreadable = record === undefined && !row.isDeletion && found === null;
      items.push({
        record: record ?? {},
        sourceKey: row.sourceKey,
        isDeletion: row.isDeletion || (record === undefined && !isUnreadable),
        touchedSeq: row.seq,
        waiting: null,
        refusal: isUnreadable ? cannotReadAgain(this.env) : null,
      });
    }
    return items;
  }

  /** Children whose parent has arrived are taken up again, page by page. */
  async #takeWaiting(): Promise<void> {
    if (!this.env.targets.some((target) => target.plan.map.some((field) => field.source.kind === 'ref'))) return;
    let after: { sourceKey: string; part: string } | null = null;
    for (;;) {
      const rows = await takeResolvable(
        this.env.store,
        this.env.place.accountId,
        this.env.place.flowId,
        after,
        waitingPerPage,
      );
      if (rows.length === 0) return;
      const items: SourceItem[] = [];
      for (const row of rows) {
        const record = await this.env.unseal(`waiting|${row.sourceKey}|${row.part}`, row.record);
        items.push({
          record: isJsonObject(record) ? record : {},
          sourceKey: row.sourceKey,
          isDeletion: false,
          touchedSeq: null,
          waiting: { part: row.part, isThisRun: row.runId === this.env.place.runId },
          refusal: null,
        });
      }
      after = rows.at(-1) ?? null;
      await this.#start(new PageJob(items, null, this.env.targets.length));
      if (this.#asked() !== null) return;
    }
  }

  /** Puts a page under way once there is room and none of its keys is under way already. */
  async #start(job: PageJob): Promise<void> {
    while (
      this.#inFlight.size >= this.options.pagesInFlight ||
      job.items.some((item) => this.#keysUnderWay.has(item.sourceKey))
    ) {
      this.#throwIfFailed();
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
    this.#throwIfFailed();
    for (const item of job.items)
      this.#keysUnderWay.set(item.sourceKey, (this.#keysUnderWay.get(item.sourceKey) ?? 0) + 1);
    this.#committer.enqueue(job);
    const moving = this.#move(job, this.#takeTurns())
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#inFlight.delete(moving);
        this.#wake();
      });
    this.#inFlight.add(moving);
  }

  async #move(job: PageJob, turns: readonly Turn[]): Promise<void> {
    try {
      await this.#moveInTurn(job, turns);
    } finally {
      for (const turn of turns) turn.end();
    }
  }

  async #moveInTurn(job: PageJob, turns: readonly Turn[]): Promise<void> {
    await this.#prepare(job);
    await this.options.guard?.check(this.env, job);
    if (job.changes.length > 0) {
      await Promise.all(this.env.targets.map((target, index) => this.#writeTarget(job, target, turns[index])));
    }
    this.#committer.confirm(job);
  }

  async #prepare(job: PageJob): Promise<void> {
    if (this.options.feed !== undefined) return this.options.feed.prepare(job);
    await preparePage(this.env, job, this.options.isFirst ? this.#keysMet : null, this.#signal);
    if (this.options.isFirst) for (const item of job.items) this.#keysMet.add(item.sourceKey);
    if (job.changes.length > 0) await matchChanges(this.env, job, this.#targetKeys, this.#signal);
  }

  async #writeTarget(job: PageJob, target: TargetRuntime, turn: Turn | undefined): Promise<void> {
    const changes = job.changes.filter((change) => change.target === target.index);
    await turn?.begin;
    this.#signal.throwIfAborted();
    const size = Math.max(1, target.plan.batch ?? target.stream.write?.batchSize ?? 1);
    for (let start = 0; start < changes.length; start += size) {
      await this.#writeBatch(job, target, changes.slice(start, start + size));
    }
  }

  async #writeBatch(job: PageJob, target: TargetRuntime, all: readonly PreparedChange[]): Promise<void> {
    this.#signal.throwIfAborted();
    const changes = await withoutArrived(this.env, job, target, all, this.#signal);
    const creates = changes.filter((change) => !isRepeatable(target, change));
    const doubtful = new Set<PreparedChange>();
    if (creates.length > 0) {
      const id = uuidv7();
      await this.#committer.intend({ id, members: intentMembers(target, creates) });
      job.batches.push({ id, doubtful });
    }
    await sendBatch(this.env, job, target, changes, { signal: this.#end, stop: this.#signal, doubtful });
  }

  /** Targets that write in order (files) get their pages one after the other, in reading order. */
  #takeTurns(): Turn[] {
    return this.env.targets.map((target) => {
      if (target.stream.write?.parallelBatches !== 1) return freeTurn;
      const begin = this.#lastTurns.get(target.index) ?? Promise.resolve();
      let end = (): void => undefined;
      this.#lastTurns.set(
        target.index,
        new Promise<void>((resolve) => {
          end = resolve;
        }),
      );
      return { begin, end };
    });
  }

  #forget(job: PageJob): void {
    for (const item of job.items) {
      const left = (this.#keysUnderWay.get(item.sourceKey) ?? 1) - 1;
      if (left === 0) this.#keysUnderWay.delete(item.sourceKey);
      else this.#keysUnderWay.set(item.sourceKey, left);
    }
    for (const change of job.changes) {
      const place = `${this.env.targets[change.target]?.targetId}\u0000${change.targetKey}`;
      if (this.#targetKeys.get(place)?.sourceKey === change.sourceKey) this.#targetKeys.delete(place);
    }
    this.#watchRefusals(job);
    this.#wake();
  }

  #watchRefusals(job: PageJob): void {
    const sum = { produced: 0, refused: 0 };
    for (const counts of job.counts) {
      sum.produced += counts.produced;
      sum.refused += counts.deadLetters;
    }
    try {
      this.options.watch?.add(sum.produced, sum.refused);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#stop.abort(error);
    this.#wake();
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }

  async #settleAll(): Promise<void> {
    while (this.#inFlight.size > 0) await Promise.race(this.#inFlight);
    this.#throwIfFailed();
    await this.#committer.flush();
  }

  #throwIfFailed(): void {
    const failure = this.#failure ?? this.#committer.failure;
    if (failure !== null) throw failure;
    this.#signal.throwIfAborted();
  }

  #asked(): MoveEnd | null {
    const { isCancelRequested, isPauseRequested } = this.#committer.requests;
    if (isCancelRequested) return 'cancelled';
    return isPauseRequested ? 'paused' : null;
  }
}
