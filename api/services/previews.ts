import { Failure } from '../../core/failures.js';
import type { Plan } from '../../definitions/plan/plan.js';
import { listConnections } from '../../store/connections-admin.js';
import type { AccountId, Tx } from '../../store/database.js';
import { getPipeline } from '../../store/pipelines.js';
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
import { getVersion, type VersionRow } from '../../store/versions.js';
import type { Caller } from '../access/caller.js';
import type { ApiContext } from '../context.js';
import { afterOf, limitOf, type PageQuery, pageOf } from '../http/paging.js';
import { costOf, type PreviewCost } from './preview-cost.js';
import {
  getRunView,
  openOrRefuse,
  publishedTarget,
  type RunRequest,
  type RunTarget,
  readRunView,
  runTarget,
} from './runs.js';
import { isOvertaken, publishTrial, tryText } from './trials.js';

/**
 * Runs a pipeline with its writes held back; what it would write can be seen for 24 hours. A text that is not published
 * is run beside the published version, which stays as it is.
 */
export async function startPreview(context: ApiContext, caller: Caller, request: RunRequest) {
  const trial =
    request.definition === undefined
      ? null
      : await tryText(context, caller, {
          text: request.definition,
          ...(request.connections && { connections: request.connections }),
          ...(request.pipeline !== undefined && { pipeline: request.pipeline }),
        });
  const id = newPreviewId();
  await context.store.account(caller.accountId, async (tx) => {
    const target = trial ?? (await publishedTarget(tx, await getPipeline(tx, request.pipeline ?? ''), request.version));
    const runId = await openOrRefuse(tx, context.tariffs, caller, target, 'preview', {
      previewId: id,
      ...(request.flows && { flows: request.flows }),
    });
    await createPreview(tx, caller.accountId, { id, pipelineUid: target.uid, version: target.version, runId });
  });
  const preview = await getOnePreview(context, caller.accountId, id);
  return { ...preview, problems: trial?.problems ?? [], notes: trial?.notes ?? [] };
}

export async function getOnePreview(context: ApiContext, accountId: AccountId, id: string) {
  return context.store.account(accountId, async (tx) => {
    const preview = await getPreview(tx, id);
    const run = await readRunView(tx, preview.runId);
    const version = await getVersion(tx, preview.pipelineUid, preview.version);
    return {
      ...preview,
      isDraft: version.isTrial,
      run,
      cost: preview.state === 'open' ? null : await readCost(context, tx, version, preview, run.flows),
      isOutdated:
        preview.state === 'ready' &&
        ((version.isTrial && isOvertaken(version, await getPipeline(tx, preview.pipelineUid))) ||
          (await hasMovedOn(tx, id))),
      appliedRunId: await findApplyRun(tx, id),
    };
  });
}

type HeldFlows = Awaited<ReturnType<typeof readRunView>>['flows'];

async function readCost(
  context: ApiContext,
  tx: Tx,
  { plan, bindings }: VersionRow,
  preview: PreviewRow,
  flows: HeldFlows,
): Promise<PreviewCost> {
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

/**
 * Performs exactly what a preview showed; what changed at the target since is refused record by record. A previewed
 * draft is published with it.
 */
export async function applyPreview(context: ApiContext, caller: Caller, id: string) {
  const { accountId } = caller;
  const { preview, version } = await context.store.account(accountId, async (tx) => {
    const preview = await getPreview(tx, id);
    if (preview.state === 'open' || preview.state === 'failed') throw notReady(preview);
    return { preview, version: await getVersion(tx, preview.pipelineUid, preview.version) };
  });
  const begin = async (tx: Tx, target: RunTarget): Promise<string> => {
    const held = await readRunView(tx, preview.runId);
    const flows = [...new Set(held.flows.map((flow) => flow.flow))];
    return openOrRefuse(tx, context.tariffs, caller, target, 'apply', { previewId: id, flows });
  };
  const runId = version.isTrial
    ? await publishTrial(context, caller, version, begin)
    : await context.store.account(accountId, async (tx) =>
        begin(tx, await runTarget(tx, preview.pipelineUid, preview.version)),
      );
  return getRunView(context, accountId, runId);
}

function notReady({ id, state }: PreviewRow): Failure {
  return new Failure('preview/not_ready', {
    message: `Preview \`${id}\` is ${state === 'open' ? 'still being made' : 'not complete: its run did not end well'}.`,
    hint: state === 'open' ? 'Wait until it is `ready`, then apply it.' : 'Make a new preview and apply that one.',
  });
}
