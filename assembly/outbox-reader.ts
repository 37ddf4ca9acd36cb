import { type Client, ScheduleAlreadyRunning, type ScheduleOptions, ScheduleOverlapPolicy } from '@temporalio/client';
import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common';
import { errorText } from '../core/failures.js';
import { isJsonObject, type JsonObject } from '../core/json.js';
import type { Store } from '../store/database.js';
import { drainOutbox, type OutboxRow, outboxChannel } from '../store/outbox.js';
import { taskQueue, workflowIds } from '../workflows/ids.js';
import { wakeSignal, workflowTypes } from '../workflows/messages.js';

const lookEveryMs = 1_000;
const rowsAtOnce = 50;

/**
 * Carries out what the business transactions asked for (D10): starts and wakes workflows, keeps Schedules. Hears of new
 * rows by NOTIFY and looks every second besides, so a lost notification costs a second.
 */
export class OutboxReader {
  #timer: NodeJS.Timeout | undefined;
  #draining: Promise<void> | null = null;
  #isAsked = false;
  #isStopped = false;
  #listener: { end(): Promise<void> } | null = null;

  constructor(
    readonly store: Store,
    readonly client: Client,
    readonly onError: (error: unknown) => void,
    readonly queue: string = taskQueue,
  ) {}

  start(): void {
    this.#timer = setInterval(() => this.#ask(), lookEveryMs);
    void this.#listen();
    this.#ask();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#draining;
    await this.#listener?.end().catch(() => undefined);
  }

  async #listen(): Promise<void> {
    if (this.#isStopped) return;
    let giveBack = (): boolean => true;
    const again = (): void => {
      if (giveBack()) setTimeout(() => void this.#listen(), lookEveryMs).unref();
    };
    try {
      const client = await this.store.systemPool.connect();
      // A connection may tell of its end more than once, also while it is given back; that is done once.
      let isGivenBack = false;
      giveBack = () => {
        if (isGivenBack) return false;
        isGivenBack = true;
        this.#listener = null;
        client.release(true);
        return true;
      };
      this.#listener = { end: async () => void giveBack() };
      client.on('notification', () => this.#ask());
      client.on('error', again);
      await client.query(`listen ${outboxChannel}`);
    } catch {
      again();
    }
  }

  #ask(): void {
    this.#isAsked = true;
    if (this.#draining !== null || this.#isStopped) return;
    this.#draining = this.#drain().finally(() => {
      this.#draining = null;
    });
  }

  async #drain(): Promise<void> {
    while (this.#isAsked && !this.#isStopped) {
      this.#isAsked = false;
      try {
        const { done } = await drainOutbox(this.store, rowsAtOnce, (row) => this.#perform(row));
        if (done === rowsAtOnce) this.#isAsked = true;
      } catch (error) {
        this.onError(error);
        return;
      }
    }
  }

  async #perform(row: OutboxRow): Promise<void> {
    try {
      await this.#performRow(row);
    } catch (error) {
      this.onError(error);
      throw error;
    }
  }

  async #performRow(row: OutboxRow): Promise<void> {
    const { accountId, payload } = row;
    switch (row.kind) {
      case 'start_run': {
        const runId = text(payload, 'runId');
        return this.#wake(workflowTypes.run, workflowIds.run(runId), { version: 1, accountId, runId }, payload);
      }
      case 'wake_run':
        return this.#signal(workflowIds.run(text(payload, 'runId')));
      case 'wake_poll':
        return this.#wake(workflowTypes.poll, workflowIds.poll(accountId), { version: 1, accountId }, payload);
      case 'wake_drain': {
        const pipelineUid = text(payload, 'pipelineUid');
        const input = { version: 1, accountId, pipelineUid };
        return this.#wake(workflowTypes.drain, workflowIds.drain(pipelineUid), input, payload);
      }
      case 'sync_schedule':
        return this.#syncSchedule(accountId, text(payload, 'pipelineUid'));
      case 'delete_schedule':
        return this.#deleteSchedule(text(payload, 'pipelineUid'));
    }
  }

  async #wake(type: string, workflowId: string, input: JsonObject, payload: JsonObject): Promise<void> {
    const options = {
      taskQueue: this.queue,
      workflowId,
      args: [input],
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    };
    if (payload.afresh === true) {
      // After a restore: a history of before may remember more than the database knows. Done twice it does no harm,
      // since workflows take all they need from the database.
      const workflowIdConflictPolicy = WorkflowIdConflictPolicy.TERMINATE_EXISTING;
      await this.client.workflow.start(type, { ...options, workflowIdConflictPolicy });
      return;
    }
    await this.client.workflow.signalWithStart(type, {
      ...options,
      signal: wakeSignal,
      signalArgs: [],
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    });
  }

  /** A run whose workflow has ended needs no waking. */
  async #signal(workflowId: string): Promise<void> {
    try {
      await this.client.workflow.getHandle(workflowId).signal(wakeSignal);
    } catch (error) {
      if (!/not found|completed/i.test(errorText(error))) throw error;
    }
  }

  /** Makes the Temporal Schedule of a pipeline what its published trigger says: created, changed, paused or gone. */
  async #syncSchedule(accountId: string, pipelineUid: string): Promise<void> {
    const row = await this.store.system((tx) =>
      tx.selectFrom('pipeline').select(['trigger', 'state']).where('uid', '=', pipelineUid).executeTakeFirst(),
    );
    const trigger = isJsonObject(row?.trigger) ? row.trigger : {};
    if (row === undefined || row.state === 'deleted' || trigger.kind !== 'cron')
      return this.#deleteSchedule(pipelineUid);
    const options = this.#scheduleOptions(accountId, pipelineUid, trigger, row.state === 'paused');
    try {
      await this.client.schedule.create(options);
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      await this.client.schedule.getHandle(options.scheduleId).update((former) => ({
        ...former,
        ...options,
        action: options.action as never,
        state: { ...former.state, paused: row.state === 'paused' },
      }));
    }
  }

  #scheduleOptions(accountId: string, pipelineUid: string, trigger: JsonObject, paused: boolean): ScheduleOptions {
    return {
      scheduleId: workflowIds.schedule(pipelineUid),
      spec: { cronExpressions: [String(trigger.cron)], timezone: String(trigger.zone ?? 'UTC') },
      policies: {
        // Overlap of runs is decided in the store; the opener itself ends at once.
        overlap: ScheduleOverlapPolicy.ALLOW_ALL,
        catchupWindow: Math.max(10_000, Number(trigger.catchUpMs ?? 600_000)),
        pauseOnFailure: true,
      },
      action: {
        type: 'startWorkflow',
        workflowType: workflowTypes.openScheduled,
        workflowId: workflowIds.schedule(pipelineUid),
        taskQueue: this.queue,
        args: [{ version: 1, accountId, pipelineUid }],
      },
      state: { paused },
    };
  }

  async #deleteSchedule(pipelineUid: string): Promise<void> {
    try {
      await this.client.schedule.getHandle(workflowIds.schedule(pipelineUid)).delete();
    } catch (error) {
      if (!/not found/i.test(errorText(error))) throw error;
    }
  }
}

function text(payload: JsonObject, name: string): string {
  return String(payload[name] ?? '');
}
