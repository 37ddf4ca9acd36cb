import { condition, continueAsNew, defineSignal, setHandler, sleep, workflowInfo } from '@temporalio/workflow';
import type { RunOutline, SliceResult } from '../activities/index.js';
import { beginRun, finishRun, reportRun, transferSlice } from './activities.js';
import { type PipelineRunInput, type RunProgress, wakeSignal } from './messages.js';

const maxEvents = 2_000;

/** Why the flows stopped before their end. */
type Halt = { readonly state: 'cancelled' } | Extract<SliceResult, { state: 'stopped' }>;

/**
 * One transfer: flows in order of their references, independent ones side by side, each as a chain of slices; then the
 * second pass; then the reconciliation. All state that matters is in the store; this decides only what comes next.
 */
export async function pipelineRun(input: PipelineRunInput): Promise<void> {
  const { accountId, runId } = input;
  let wakes = 0;
  setHandler(defineSignal(wakeSignal), () => {
    wakes += 1;
  });
  const outline = await beginRun({ accountId, runId });
  if (outline === null) return;
  const run = new Run(input, outline, () => wakes);
  const halt = await run.moveAll();
  await finishRun({ accountId, runId, halt });
}

class Run {
  readonly #input: PipelineRunInput;
  readonly #outline: RunOutline;
  readonly #wakes: () => number;
  readonly #done: Set<string>;
  #phase: RunProgress['phase'];
  #halt: Halt | null = null;
  #mustContinue = false;

  constructor(input: PipelineRunInput, outline: RunOutline, wakes: () => number) {
    this.#input = input;
    this.#outline = outline;
    this.#wakes = wakes;
    this.#phase = input.resume?.phase ?? 'main';
    this.#done = new Set(input.resume?.flowsDone ?? []);
  }

  /** Null when everything came to its end. */
  async moveAll(): Promise<Halt | null> {
    const phases: RunProgress['phase'][] = this.#outline.isOneOff ? ['main', 'settle', 'close'] : ['main', 'settle'];
    for (const phase of phases.slice(phases.indexOf(this.#phase))) {
      if (phase !== this.#phase) this.#done.clear();
      this.#phase = phase;
      if (phase === 'main') await this.#moveInOrder();
      else await this.#moveOneByOne();
      if (this.#halt !== null) return this.#halt;
      if (this.#mustContinue) await this.#continue();
    }
    return null;
  }

  /** Each flow starts when the flows it refers to have ended. */
  async #moveInOrder(): Promise<void> {
    await Promise.all(
      this.#outline.flows.map(async (flow) => {
        await condition(
          () => this.#halt !== null || this.#mustContinue || flow.after.every((name) => this.#done.has(name)),
        );
        if (this.#halt === null && !this.#mustContinue) await this.#moveFlow(flow.name);
      }),
    );
  }

  async #moveOneByOne(): Promise<void> {
    for (const flow of this.#outline.flows) {
      if (!flow.needsSettling) this.#done.add(flow.name);
      else if (this.#halt === null && !this.#mustContinue) await this.#moveFlow(flow.name);
    }
  }

  async #moveFlow(name: string): Promise<void> {
    const { accountId, runId } = this.#input;
    let faults = 0;
    while (!this.#done.has(name) && this.#halt === null) {
      if (this.#mustContinue || this.#isLong()) {
        this.#mustContinue = true;
        return;
      }
      const wakesBefore = this.#wakes();
      const result = await transferSlice({ accountId, runId, flow: name, phase: this.#phase, faults });
      faults = result.state === 'wait' && result.isFault ? faults + 1 : 0;
      if (result.state === 'end') this.#done.add(name);
      else if (result.state === 'cancelled') this.#halt = { state: 'cancelled' };
      else if (result.state === 'stopped') await this.#stop(result);
      else if (result.state === 'paused') await this.#pause(wakesBefore);
      else if (result.state === 'wait') await this.#wait(result, wakesBefore);
    }
  }

  /** Broken credentials and drift pause the run until a person has acted; everything else ends it. */
  async #stop(result: Extract<SliceResult, { state: 'stopped' }>): Promise<void> {
    const { kind } = result.failure;
    if (kind !== 'auth' && kind !== 'drift') {
      this.#halt = result;
      return;
    }
    const wakesBefore = this.#wakes();
    await this.#report({ state: 'paused', failure: result.failure });
    await condition(() => this.#wakes() > wakesBefore);
    await this.#report({ state: 'running' });
  }

  async #pause(wakesBefore: number): Promise<void> {
    await this.#report({ state: 'paused' });
    await condition(() => this.#wakes() > wakesBefore);
    await this.#report({ state: 'running' });
  }

  /** A vendor's limit or an outage: a durable timer with a reason and an end shown; a wake looks at once. */
  async #wait(result: Extract<SliceResult, { state: 'wait' }>, wakesBefore: number): Promise<void> {
    const isShown = result.waitMs >= 2_000;
    if (isShown) await this.#report({ state: 'waiting', waitMs: result.waitMs, failure: result.failure });
    await Promise.race([sleep(result.waitMs), condition(() => this.#wakes() > wakesBefore)]);
    if (isShown) await this.#report({ state: 'running' });
  }

  async #report(report: Parameters<typeof reportRun>[0]['report']): Promise<void> {
    const { accountId, runId } = this.#input;
    await reportRun({ accountId, runId, report });
  }

  #isLong(): boolean {
    const info = workflowInfo();
    return info.historyLength > maxEvents || info.continueAsNewSuggested;
  }

  async #continue(): Promise<never> {
    return continueAsNew<(input: PipelineRunInput) => Promise<void>>({
      ...this.#input,
      resume: { phase: this.#phase, flowsDone: [...this.#done] },
    });
  }
}
