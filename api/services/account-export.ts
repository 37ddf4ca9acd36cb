import { listConnections } from '../../store/connections.js';
import type { AccountId, Tx } from '../../store/database.js';
import { findDraft } from '../../store/pipeline-admin.js';
import { listPipelines, type PipelineRow } from '../../store/pipelines.js';
import { getVersion } from '../../store/versions.js';
import type { ApiContext } from '../context.js';
import type { AccountDocument, ExportedPipeline } from '../schemas/account-export.js';

const pipelinesAtOnce = 200;

/** Everything that a person has defined in the account; secrets, links and history stay where they are. */
export async function exportAccount(context: ApiContext, accountId: AccountId): Promise<AccountDocument> {
  const document = await context.store.account(accountId, readDocument);
  return { ...document, exportedAt: new Date().toISOString() };
}

export async function readDocument(tx: Tx): Promise<AccountDocument> {
  const connections = await listConnections(tx);
  const names = new Map(connections.map((row) => [row.id, row.name]));
  const pipelines: ExportedPipeline[] = [];
  for (let after: string | null = null; ; ) {
    const rows: readonly PipelineRow[] = await listPipelines(tx, after, pipelinesAtOnce);
    for (const row of rows) pipelines.push(await pipelineOf(tx, row, names));
    if (rows.length < pipelinesAtOnce) break;
    after = rows.at(-1)?.id ?? null;
  }
  return {
    version: 1,
    connections: connections.map(({ name, connector, settings, hasSecret, failure }) => ({
      name,
      connector,
      settings,
      needsSecret: hasSecret || failure?.code === 'connection/missing_secret',
    })),
    pipelines,
  };
}

async function pipelineOf(tx: Tx, row: PipelineRow, names: ReadonlyMap<string, string>): Promise<ExportedPipeline> {
  const version = row.publishedVersion === null ? null : await getVersion(tx, row.uid, row.publishedVersion);
  const draft = await findDraft(tx, row.uid);
  const bound = Object.entries(version?.bindings ?? {}).map(([slot, id]) => [slot, names.get(id) ?? id] as const);
  return {
    id: row.id,
    state: row.state === 'paused' ? 'paused' : 'active',
    definition: version?.definition ?? null,
    draft: draft?.text ?? null,
    connections: Object.fromEntries(bound.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
