import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DefaultLogger,
  makeTelemetryFilterString,
  Runtime,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { findProjectFolder } from '../../runtime/project-folder.js';
import { parseHistory } from '../histories/plain-history.js';

export interface RecordedHistory {
  /** `<release>-<workflow type>-<what>`. */
  readonly name: string;
  readonly workflowType: string;
  readonly history: ReturnType<typeof parseHistory>;
}

const folder = join(findProjectFolder(), 'tests', 'histories');

export async function recordedHistories(): Promise<RecordedHistory[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (file) => {
      const name = file.replace(/\.json$/, '');
      const history = parseHistory(await readFile(join(folder, file), 'utf8'));
      return { name, workflowType: name.split('-')[1] ?? '', history };
    }),
  );
}

/** Names of histories that the workflows of a bundle do not replay, with the reason. */
export async function replay(
  histories: readonly RecordedHistory[],
  bundle: { readonly codePath: string } | Pick<WorkflowBundleWithSourceMap, 'code'>,
): Promise<string[]> {
  silenceRuntime();
  const failed: string[] = [];
  const given = histories.map(({ name, history }) => ({ workflowId: name, history }));
  for await (const result of Worker.runReplayHistories({ workflowBundle: bundle }, given)) {
    if (result.error !== undefined) failed.push(`${result.workflowId}: ${result.error.message.slice(0, 300)}`);
  }
  return failed;
}

/** Replays that must fail would fill the screen with the native runtime's warnings. */
function silenceRuntime(): void {
  try {
    Runtime.install({
      logger: new DefaultLogger('ERROR'),
      shutdownSignals: [],
      telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
    });
  } catch {
    // Another part of this process has installed it.
  }
}
