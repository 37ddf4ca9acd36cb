import { setTimeout as delay } from 'node:timers/promises';
import type { Run } from '../client/client.js';
import { readEvents } from '../client/events.js';
import { take, toCliFailure } from './failures.js';
import { endText, ProgressBar, progressLine } from './progress.js';
import type { Session } from './session.js';
import { exitCodes } from './tools.js';

const retries = 30;
const tellEveryMs = 10_000;

/** Follows a run to its end, drawing its progress; goes on asking while the server is away for a moment. */
export async function followRun(session: Session, id: string, expected: number | null = null): Promise<Run> {
  const { output, tools } = session;
  const progress = new ProgressBar(tools.stderr);
  let toldAt = performance.now();
  for (let failures = 0; ; ) {
    try {
      for await (const event of readEvents(
        session.address,
        `/runs/${id}/events`,
        session.key,
        undefined,
        tools.language,
      )) {
        failures = 0;
        const run = event.data as Run;
        if (output.isJson) output.line({ event: event.event, run });
        else progress.draw(progressLine(run, expected ?? run.forecast?.records ?? null));
        if (event.event === 'end') {
          progress.clear();
          return run;
        }
        if (tools.stderr.isTTY !== true && performance.now() - toldAt > tellEveryMs) {
          output.note(progressLine(run, expected));
          toldAt = performance.now();
        }
      }
    } catch (error) {
      if (failures >= retries) throw toCliFailure(error);
    }
    failures += 1;
    await delay(Math.min(200 * failures, 2_000));
    const run = await take(session.client.GET('/runs/{id}', { params: { path: { id } } })).catch(() => null);
    if (run?.endedAt != null) {
      progress.clear();
      if (output.isJson) output.line({ event: 'end', run });
      return run;
    }
  }
}

/** Follows a run, tells how it ended and with which exit code the command ends. */
export async function followToEnd(session: Session, id: string): Promise<number> {
  const run = await followRun(session, id);
  if (!session.output.isJson) session.output.result(run, () => endText(run));
  return exitCodeOf(run);
}

export function exitCodeOf(run: Run): number {
  if (run.state === 'done') return exitCodes.done;
  return run.state === 'done_with_dead_letters' ? exitCodes.deadLetters : exitCodes.failed;
}
