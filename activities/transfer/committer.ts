import type { Counts } from '../../core/counts.js';
import type { Checkpoint, Cursor } from '../../core/cursor.js';
import { type Commit, commitBatch, type IntentRow, type RunProgress } from '../../store/commits.js';
import { fenceLost } from '../../store/leases.js';
import type { FlowEnvironment } from './flow-environment.js';
import type { PageJob } from './page-job.js';

const maxPagesPerCommit = 8;

export interface Requests {
  readonly isPauseRequested: boolean;
  readonly isCancelRequested: boolean;
}

interface PendingIntent {
  readonly row: IntentRow;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * One committer at a time for a flow: takes the next confirmed pages in reading order (up to eight) and all waiting
 * intents, and stores them in one transaction. A page is counted, linked and passed by the checkpoint all at once.
 */
export class Committer {
  readonly #queue: PageJob[] = [];
  #intents: PendingIntent[] = [];
  #running: Promise<void> | null = null;
  #failure: unknown = null;
  #requests: Requests = { isPauseRequested: false, isCancelRequested: false };
  #checkpoint: Checkpoint;

  constructor(
    readonly env: FlowEnvironment,
    /** Where progress is kept: with the flow, or with the run for a pass of its own (backfill). */
    readonly keepsProgressWith: 'flow' | 'run',
    readonly onCommitted: (job: PageJob) => void,
    readonly onFailed: (error: unknown) => void,
  ) {
    this.#checkpoint = env.lease.state.checkpoint;
  }

  get requests(): Requests {
    return this.#requests;
  }

  /** Pages are enqueued in reading order, before they are confirmed. */
  enqueue(job: PageJob): void {
    this.#queue.push(job);
  }

  /** Called when pages were confirmed; commits in the background. */
  confirm(job: PageJob): void {
    job.isConfirmed = true;
    this.#kick();
  }

  /** Stores a batch's intent durably before it is sent. */
  async intend(row: IntentRow): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#intents.push({ row, resolve, reject });
      this.#kick();
    });
  }

  /** Resolves when everything confirmed so far is stored; throws what stopped the committer. */
  async flush(): Promise<void> {
    while (this.#running !== null) await this.#running;
    if (this.#failure !== null) throw this.#failure;
  }

  /** Pages that are not stored, in reading order. */
  get uncommitted(): readonly PageJob[] {
    return this.#queue;
  }

  get failure(): unknown {
    return this.#failure;
  }

  #kick(): void {
    if (this.#running !== null || this.#failure !== null) return;
    this.#running = this.#drain().finally(() => {
      this.#running = null;
    });
  }

  async #drain(): Promise<void> {
    // Let everything that is ready in this turn of the event loop join the same transaction.
    await Promise.resolve();
    while (this.#failure === null) {
      const pages = this.#takePages();
      const intents = this.#intents;
      this.#intents = [];
      if (pages.length === 0 && intents.length === 0) return;
      try {
        await this.#store(pages, intents);
      } catch (error) {
        this.#failure = error;
        for (const intent of intents) intent.reject(error);
        for (const intent of this.#intents) intent.reject(error);
        this.onFailed(error);
      }
    }
  }

  #takePages(): PageJob[] {
    let count = 0;
    while (count < maxPagesPerCommit && this.#queue[count]?.isConfirmed === true) count += 1;
    return this.#queue.splice(0, count);
  }

  async #store(pages: readonly PageJob[], intents: readonly PendingIntent[]): Promise<void> {
    const { env } = this;
    const sentMs = performance.now();
    const commit = this.#merge(pages, intents);
    const answer = await commitBatch(env.store, env.place, commit);
    if (!answer.isMine) {
      env.lease.markLost();
      throw fenceLost();
    }
    env.lease.extended(sentMs);
    if (commit.checkpoint !== null) this.#checkpoint = commit.checkpoint;
    this.#requests = answer;
    for (const page of pages) this.onCommitted(page);
    for (const intent of intents) intent.resolve();
  }

  #merge(pages: readonly PageJob[], intents: readonly PendingIntent[]): Commit {
    const counts = new Map<string, Counts>();
    for (const target of this.env.targets) counts.set(target.plan.name, sumCounts(pages, target.index));
    const positions: Record<string, Cursor> = {};
    for (const page of pages) Object.assign(positions, page.positions);
    const moved = this.#position(pages);
    return {
      links: pages.flatMap((page) => page.links),
      closedBatches: pages.flatMap((page) => page.batches.map(({ id }) => id)),
      recoveredBatches: [],
      openedBatches: intents.map((intent) => intent.row),
      checkpoint: moved.checkpoint,
      progress: moved.progress,
      positions: Object.keys(positions).length > 0 ? positions : null,
      counts,
      pages: pages.length,
      deadLetters: pages.flatMap((page) => page.deadLetters),
      solved: pages.flatMap((page) => page.solved),
      waiting: pages.flatMap((page) => page.waiting),
      noLongerWaiting: pages.flatMap((page) => page.noLongerWaiting),
      lateRefs: pages.flatMap((page) => page.lateRefs),
      settledLateRefs: [],
      settledTouches: pages.flatMap((page) => page.settledTouches),
    };
  }

  /** The last page that moved the reading position decides; the end of a pass turns its bookmark over. */
  #position(pages: readonly PageJob[]): { checkpoint: Checkpoint | null; progress: RunProgress | null } {
    const last = pages.filter((page) => page.end !== null).at(-1)?.end;
    if (last == null) return { checkpoint: null, progress: null };
    const isEnd = last.next === null;
    if (this.keepsProgressWith === 'run') return { checkpoint: null, progress: { cursor: last.next, isEnd } };
    const bookmark = isEnd ? (last.bookmark ?? this.#checkpoint.bookmark) : this.#checkpoint.bookmark;
    return {
      checkpoint: { version: 1, cursor: last.next, bookmark },
      progress: isEnd ? { cursor: null, isEnd } : null,
    };
  }
}

function sumCounts(pages: readonly PageJob[], target: number): Counts {
  const sum = {
    read: 0,
    filtered: 0,
    sources: 0,
    produced: 0,
    written: 0,
    unchanged: 0,
    deleted: 0,
    deadLetters: 0,
    waiting: 0,
  };
  for (const page of pages) {
    const counts = page.count(target);
    for (const name of Object.keys(sum) as (keyof Counts)[]) sum[name] += counts[name];
  }
  return sum;
}
