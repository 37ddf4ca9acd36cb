import type { Plan } from '../../definitions/plan/plan.js';
import { listConnections } from '../../store/connections-admin.js';
import type { AccountId, Tx } from '../../store/database.js';
import { getVersion } from '../../store/pipelines.js';
import {
  type ChangesFilter,
  createPreview,
  findApplyRun,
  getPreview,
  hasMovedOn,
  newPreviewId,
  type PreviewRow,
  readPreviewChanges,
} from '../../store/previews.js';
import type { Caller } from '../access/caller.js';
import type { ApiContext } from '../context.js';
import { afterOf, limitOf, type PageQuery, pageOf } from '../http/paging.js';
import { costOf, type PreviewCost } from './preview-cost.js';
import { publishText } from './publishing.js';
import { getRunView, openOrRefuse, type RunRequest, readRunView, runTarget } from './runs.js';

/** Runs a pipeline with its writes held back; what it would write can be seen for 24 hours. */
export async function startPreview(context: ApiContext, caller: Caller, request: RunRequest) {
  const published =
    request.definition === undefined
      ? null
      : await publishText(context, caller, {
          text: request.definition,
          ...(request.connections && { connections: request.connections }),
          ...(request.pipeline !== undefined && { pipeline: request.pipeline }),
        });
  const id = newPreviewId();
  await context.store.account(caller.accountId, async (tx) => {
    const target = await runTarget(tx, published?.pipeline ?? request.pipeline ?? '', request.version);
    const runId = await openOrRefuse(tx, context.tariffs, caller, target, 'preview', {
      previewId: id,
      ...(request.flows && { flows: request.flows }),
    });
    await createPreview(tx, caller.accountId, { id, pipelineUid: target.uid, version: target.version, runId });
  });
  const preview = await getOnePreview(context, caller.accountId, id);
  return { ...preview, problems: published?.problems ?? [], notes: published?.notes ?? [] };
}

export async function getOnePreview(context: ApiContext, accountId: AccountId, id: string) {
  return context.store.account(accountId, async (tx) => {
    const preview = await getPreview(tx, id);
    const run = await readRunView(tx, preview.runId);
    return {
      ...preview,
      run,
      cost: preview.state === 'open' ? null : await readCost(context, tx, preview, run.flows),
      isOutdated: preview.state === 'ready' && (await hasMovedOn(tx, id)),
      appliedRunId: await findApplyRun(tx, id),
    };
  });
}

type HeldFlows = Awaited<ReturnType<typeof readRunView>>['flows'];

async function readCost(context: ApiContext, tx: Tx, preview: PreviewRow, flows: HeldFlows): Promise<PreviewCost> {
  const { plan, bindings } = await getVersion(tx, preview.pipelineUid, preview.version);
  const rows = new Map((await listConnections(tx)).map((row) => [row.id, row]));
  const bound = Object.entries(bindings).flatMap(([slot, id]) => {
    const row = rows.get(id);
    const connector = row && context.connectors.get(row.connector);
    return row && connector ? [[slot, { name: row.name, connector, settings: row.settings }] as const] : [];
  });
  // What a preview holds back stands in its counts as written and deleted.
  const held = flows.map(({ flow, target, written, deleted }) => ({ flow, target, count: written + deleted }));
  return costOf(plan as unknown as Plan, held, preview.summary, new Map(bound));
}

export type ChangesQuery = PageQuery & Pick<ChangesFilter, 'flow' | 'operation'>;

export async function changesOf(context: ApiContext, accountId: AccountId, id: string, query: ChangesQuery) {
  const limit = limitOf(query);
  const after = Number(afterOf(query, /^[0-9]{1,9}$/) ?? '0');
  const { flow, operation } = query;
  const filter = { after, limit: limit + 1, ...(flow !== undefined && { flow }), ...(operation && { operation }) };
  return context.store.account(accountId, async (tx) => {
    await getPreview(tx, id);
    const rows = await readPreviewChanges(tx, context.vault, accountId, id, filter);
    return pageOf(rows, limit, (last) => String(last.seq));
  });
}

/** Performs exactly what a preview showed; what changed at the target since is refused record by record. */
export async function applyPreview(context: ApiContext, caller: Caller, id: string) {
  const runId = await context.store.account(caller.accountId, async (tx) => {
    const preview = await getPreview(tx, id);
    const target = await runTarget(tx, preview.pipelineUid, preview.version);
    const held = await readRunView(tx, preview.runId);
    const flows = [...new Set(held.flows.map((flow) => flow.flow))];
    return openOrRefuse(tx, context.tariffs, caller, target, 'apply', { previewId: id, flows });
  });
  return getRunView(context, caller.accountId, runId);
}
