import { isFailure, toFailure } from '../core/failures.js';
import { readSettings, type Settings } from '../runtime/settings.js';
import { listenToStopSignals } from '../runtime/stop-signals.js';
import { createLog } from '../telemetry/log.js';
import { createTelemetry, type Telemetry } from '../telemetry/telemetry.js';

export interface ProcessTools {
  readonly settings: Settings;
  readonly telemetry: Telemetry;
}

/**
 * Runs one of the starting points to its end: settings from the environment, JSON lines on standard output, an orderly
 * stop at the first signal and a hard one at the second. `start` returns how to stop.
 */
export async function runProcess(
  name: string,
  start: (tools: ProcessTools) => Promise<() => Promise<void>>,
): Promise<void> {
  try {
    const settings = readSettings(process.env);
    const telemetry = createTelemetry({ log: createLog(settings.logLevel) });
    const stop = await start({ settings, telemetry });
    const reason = await new Promise<string>((resolve) => {
      listenToStopSignals(resolve, () => process.exit(1));
    });
    telemetry.emit({ kind: 'process_stopping', reason });
    await stop();
    process.exit(0);
  } catch (error) {
    tellFailure(name, error);
    process.exit(1);
  }
}

/** A failure in two lines for people; anything else with its stack, since it is ours to mend. */
export function tellFailure(name: string, error: unknown): void {
  const failure = toFailure(error);
  if (isFailure(error)) process.stderr.write(`${name}: ${failure.message}\n${failure.hint}\n`);
  else process.stderr.write(`${name}: ${String((error as { stack?: unknown } | null)?.stack ?? error)}\n`);
}
