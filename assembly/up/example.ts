import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { take } from '../../cli/failures.js';
import { followRun } from '../../cli/follow.js';
import { Output } from '../../cli/output.js';
import { endText } from '../../cli/progress.js';
import type { Session } from '../../cli/session.js';
import type { CliTools } from '../../cli/tools.js';
import type { ApiClient } from '../../client/client.js';
import { findProjectFolder } from '../../runtime/project-folder.js';
import type { Settings } from '../../runtime/settings.js';
import type { RunningSandbox } from './sandboxes.js';
import type { Screen } from './screen.js';

export interface ExamplePlace {
  readonly settings: Settings;
  readonly screen: Screen;
  readonly sandboxes: readonly RunningSandbox[];
  readonly address: string;
  readonly key: string;
  readonly asked: AbortSignal;
}

/** A pipeline of `definitions/examples` that shows the product at work. */
export interface Example {
  readonly pipeline: string;
  /** Connection names by slot. */
  readonly connections: Readonly<Record<string, string>>;
  /** The sandbox it writes into. */
  readonly target: string;
  /** Records that it will read, for the progress bar; null where that is not known. */
  readonly records: number | null;
  /** A trigger in place of none: what makes it go on by itself after its first run. */
  readonly trigger?: string;
}

/** Publishes an example over the product's own API and follows its run to the end, with a progress bar. */
export async function runExample(client: ApiClient, place: ExamplePlace, example: Example): Promise<void> {
  await forgetLostRecords(client, place, example);
  const path = join(findProjectFolder(), 'definitions', 'examples', `${example.pipeline}.yaml`);
  const text = readFileSync(path, 'utf8');
  const definition = example.trigger === undefined ? text : `${text.trimEnd()}\n\ntrigger: ${example.trigger}\n`;
  const { connections, pipeline } = example;
  // What is created are fields of a sandbox: nobody has to be asked.
  await take(client.POST('/pipelines', { body: { definition, connections, createFields: true } }));
  const started = await startOrFind(client, pipeline);
  rememberTarget(place, example);
  const run = await followRun(sessionOf(place, client), started, example.records);
  place.screen.line(endText(run));
}

/** A run that a killed process or the pipeline's own trigger has opened is followed instead of started. */
async function startOrFind(client: ApiClient, pipeline: string): Promise<string> {
  const { data, error } = await client.POST('/runs', { body: { pipeline } });
  if (data !== undefined) return data.id;
  const open = (error as { details?: { runId?: unknown } } | undefined)?.details?.runId;
  if (typeof open === 'string') return open;
  return (await take(client.POST('/runs', { body: { pipeline } }))).id;
}

/**
 * A sandbox keeps its records in memory. A new one is empty, so what was written before is gone with the old one: the
 * links are forgotten, honestly, and everything moves again. One that lived on keeps them, and nothing is written twice.
 */
async function forgetLostRecords(client: ApiClient, place: ExamplePlace, example: Example): Promise<void> {
  const { pipeline } = example;
  const remembered = readTarget(place, example);
  if (remembered === null || remembered === targetName(place, example)) return;
  const { response } = await client.GET('/pipelines/{id}', { params: { path: { id: pipeline } } });
  if (!response.ok) return;
  place.screen.line(
    `The sandbox \`${example.target}\` lost its records when it was stopped (it keeps them in memory), so they move again.`,
  );
  const body = { links: true, confirm: pipeline };
  const { error } = await client.POST('/pipelines/{id}/reset', { params: { path: { id: pipeline } }, body });
  const open = (error as { details?: { runId?: unknown } } | undefined)?.details?.runId;
  if (typeof open !== 'string') return;
  // A run of before the stop would go on writing into the new sandbox: it ends first.
  await client.POST('/runs/{id}/cancel', { params: { path: { id: open } } });
  await followRun(sessionOf(place, client), open, null);
  await take(client.POST('/pipelines/{id}/reset', { params: { path: { id: pipeline } }, body }));
}

function targetName({ sandboxes }: ExamplePlace, example: Example): string {
  const target = sandboxes.find((sandbox) => sandbox.name === example.target);
  return `${target?.pid} ${target?.started}`;
}

function notePath({ settings }: ExamplePlace, { pipeline }: Example): string {
  return join(settings.dataFolder, 'sandboxes', `target-of-${pipeline}`);
}

function readTarget(place: ExamplePlace, example: Example): string | null {
  const path = notePath(place, example);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

function rememberTarget(place: ExamplePlace, example: Example): void {
  writeFileSync(notePath(place, example), targetName(place, example), { mode: 0o600 });
}

/** The progress of the example is drawn where the product's own lines stand. */
function sessionOf(place: ExamplePlace, client: ApiClient): Session {
  const tools = { stdout: place.screen.terminal, stderr: place.screen.terminal } as unknown as CliTools;
  return { tools, output: new Output(tools, false), client, address: place.address, key: place.key };
}
