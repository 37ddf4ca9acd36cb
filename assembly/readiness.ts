import type { Client } from '@temporalio/client';
import type { Readiness } from '../api/context.js';
import { errorText } from '../core/failures.js';
import { taskQueue } from '../workflows/ids.js';
import type { Installation } from './installation.js';

const askMs = 2_000;
/** A worker polls at least every minute. */
const pollerFreshMs = 120_000;

/** Asks each part whether it does its work. */
export async function readinessOf(installation: Installation, client: Client): Promise<Readiness> {
  const problems: string[] = [];
  const note = (what: string) => (error: unknown) => {
    problems.push(`${what}: ${errorText(error)}`);
    return false;
  };
  const [database, temporal] = await Promise.all([
    within(installation.engine.dependencies.store.ping()).then(() => true, note('The database does not answer')),
    askTemporal(client).then(() => true, note('Temporal does not answer')),
  ]);
  const workers = temporal && (await hasWorkers(client, installation.queue ?? taskQueue).catch(() => false));
  if (temporal && !workers) problems.push('No worker takes work; start one.');
  const isOwner = installation.settings.database !== undefined && isSameUrl(installation.settings.database);
  const warnings = isOwner
    ? ['The product speaks to the database with the owner’s rights; give DATABASE_URL and DATABASE_OWNER_URL apart.']
    : [];
  return { database, temporal, workers, problems, warnings };
}

function askTemporal(client: Client): Promise<unknown> {
  const { namespace } = client.options;
  return client.connection.withDeadline(Date.now() + askMs, () =>
    client.workflowService.describeNamespace({ namespace }),
  );
}

async function hasWorkers(client: Client, queue: string): Promise<boolean> {
  const { namespace } = client.options;
  const answer = await client.connection.withDeadline(Date.now() + askMs, () =>
    client.workflowService.describeTaskQueue({ namespace, taskQueue: { name: queue }, taskQueueType: 2 }),
  );
  return (answer.pollers ?? []).some((poller) => {
    const seconds = Number(poller.lastAccessTime?.seconds ?? 0);
    return Date.now() - seconds * 1_000 < pollerFreshMs;
  });
}

function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${askMs} ms`)), askMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function isSameUrl({ url, ownerUrl }: { readonly url: string; readonly ownerUrl: string }): boolean {
  return url === ownerUrl;
}
