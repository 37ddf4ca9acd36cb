import type { AccountId } from '../../store/database.js';
import { createPreview, getPreview, newPreviewId, readPreviewChanges } from '../../store/previews.js';
import type { Caller } from '../access/caller.js';
import type { ApiContext } from '../context.js';
import { afterOf, limitOf, type PageQuery, pageOf } from '../http/paging.js';
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
    return { ...preview, run: await readRunView(tx, preview.runId) };
  });
}

export async function changesOf(context: ApiContext, accountId: AccountId, id: string, query: PageQuery) {
  const limit = limitOf(query);
  const after = Number(afterOf(query, /^[0-9]{1,9}$/) ?? '0');
  return context.store.account(accountId, async (tx) => {
    await getPreview(tx, id);
    const rows = await readPreviewChanges(tx, context.vault, accountId, id, after, limit + 1);
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
