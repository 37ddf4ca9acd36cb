import { Failure } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import type { Problem } from '../../definitions/check/index.js';
import type { Plan } from '../../definitions/plan/plan.js';
import { parseText } from '../../definitions/text/tree.js';
import { listConnections } from '../../store/connections.js';
import type { AccountId, Tx } from '../../store/database.js';
import {
  type DraftView,
  deletePipeline,
  findDraft,
  listVersions,
  pausePipeline,
  resetFlows,
  resumePipeline,
  storeDraft,
} from '../../store/pipeline-admin.js';
import { readPipelineWork } from '../../store/pipeline-work.js';
import { getPipeline, listPipelines, type PipelineRow } from '../../store/pipelines.js';
import { findOpenRuns } from '../../store/runs.js';
import { getVersion } from '../../store/versions.js';
import type { Caller } from '../access/caller.js';
import type { ApiContext } from '../context.js';
import { checkPreconditions, etagOf } from '../http/etags.js';
import { afterOf, limitOf, type PageOf, type PageQuery, pageOf, uuidForm } from '../http/paging.js';
import { bindSlots, type WantedBindings } from './bindings.js';
import { comparePlans, type FlowChange } from './changes.js';
import { checkLive, checkOffline } from './checking.js';
import { diffLines, shorten } from './line-diff.js';
import { liveNotes } from './live-notes.js';
import { nextStartOf } from './next-start.js';

/** The one tag of a pipeline's definition: it changes with the draft and with each published version. */
export function definitionTag(draft: DraftView): string {
  return etagOf(draft.uid, draft.publishedVersion, draft.text);
}

const idForm = /^[a-z][a-z0-9-]{0,62}$/;

export async function listAll(context: ApiContext, accountId: AccountId, query: PageQuery) {
  const limit = limitOf(query);
  const after = afterOf(query, idForm);
  return context.store.account(accountId, async (tx): Promise<PageOf<object>> => {
    const page = pageOf(await listPipelines(tx, after, limit + 1), limit, (last) => last.id);
    return { ...page, items: await outlinesOf(tx, page.items) };
  });
}

/** Three questions, however many pipelines there are. */
async function outlinesOf(tx: Tx, rows: readonly PipelineRow[]) {
  const uids = rows.map((row) => row.uid);
  const open = await findOpenRuns(tx, uids);
  const work = await readPipelineWork(tx, uids);
  const now = new Date();
  return rows.map((row) => {
    const run = open.get(row.uid);
    const { trigger = null, recent = [], openDeadLetters = 0, freshAt = null } = work.get(row.uid) ?? {};
    return {
      ...row,
      nextDueAt: row.nextDueAt ?? (row.state === 'active' ? nextStartOf(trigger, now) : null),
      openRun: run === undefined ? null : { id: run.id, kind: run.kind, state: run.state },
      recent,
      openDeadLetters,
      freshAt,
    };
  });
}

async function outlineOf(tx: Tx, row: PipelineRow) {
  const [outline] = await outlinesOf(tx, [row]);
  if (outline === undefined) throw new Error('an outline for each pipeline');
  return outline;
}

export async function getOne(context: ApiContext, accountId: AccountId, id: string) {
  return context.store.account(accountId, async (tx) => {
    const row = await getPipeline(tx, id);
    const draft = await findDraft(tx, row.uid);
    const version = row.publishedVersion === null ? null : await getVersion(tx, row.uid, row.publishedVersion);
    const plan = version === null ? null : (version.plan as unknown as Plan);
    const names = new Map((await listConnections(tx)).map((each) => [each.id, each.name]));
    const body = {
      ...(await outlineOf(tx, row)),
      definition: version?.definition ?? null,
      connections: namesOf(version?.bindings ?? {}, names),
      trigger: plan?.trigger ?? null,
      flows: (plan?.flows ?? []).map((flow) => ({
        id: flow.id,
        source: `${flow.from.slot}.${flow.from.stream}`,
        targets: flow.targets.map((target) => `${target.slot}.${target.stream}`),
        after: flow.after,
      })),
      hasDraft: draft?.text != null,
    };
    return { body, etag: draft === null ? etagOf(row.uid) : definitionTag(draft) };
  });
}

function namesOf(bindings: Readonly<Record<string, string>>, names: ReadonlyMap<string, string>) {
  return Object.fromEntries(Object.entries(bindings).map(([slot, id]) => [slot, names.get(id) ?? id]));
}

export async function versionsOf(context: ApiContext, accountId: AccountId, id: string, query: PageQuery) {
  const limit = limitOf(query);
  const after = afterOf(query, /^[0-9]{1,9}$/);
  return context.store.account(accountId, async (tx) => {
    const { uid } = await getPipeline(tx, id);
    const rows = await listVersions(tx, uid, after === null ? null : Number(after), limit + 1);
    const names = new Map((await listConnections(tx)).map((each) => [each.id, each.name]));
    const page = pageOf(rows, limit, (last) => String(last.version));
    const items = page.items.map(({ bindings, ...row }) => ({ ...row, connections: namesOf(bindings, names) }));
    return { ...page, items };
  });
}

export async function versionOf(context: ApiContext, accountId: AccountId, id: string, version: number) {
  return context.store.account(accountId, async (tx) => {
    const { uid } = await getPipeline(tx, id);
    const row = await getVersion(tx, uid, version);
    const names = new Map((await listConnections(tx)).map((each) => [each.id, each.name]));
    return {
      pipeline: row.pipelineId,
      version: row.version,
      definition: row.definition,
      plan: row.plan,
      connections: namesOf(row.bindings, names),
    };
  });
}

export async function diffOf(
  context: ApiContext,
  accountId: AccountId,
  id: string,
  from: number,
  to: number | 'draft',
) {
  return context.store.account(accountId, async (tx) => {
    const { uid } = await getPipeline(tx, id);
    const old = await getVersion(tx, uid, from);
    const next = to === 'draft' ? await draftAsVersion(context, tx, uid) : await getVersion(tx, uid, to);
    // A draft is planned without asking the accounts, so its counterpart is too.
    const oldPlan = (to === 'draft' ? checkOffline(context, old.definition, 'version').plan : null) ?? old.plan;
    const flows: FlowChange[] =
      next.plan === null ? [] : comparePlans(oldPlan as unknown as Plan, next.plan as unknown as Plan);
    return { from, to, flows, text: shorten(diffLines(old.definition, next.definition)) };
  });
}

async function draftAsVersion(
  context: ApiContext,
  tx: Tx,
  uid: string,
): Promise<{ definition: string; plan: JsonObject | null }> {
  const draft = await findDraft(tx, uid);
  if (draft?.text == null) throw noDraft(uid);
  const { plan } = checkOffline(context, draft.text, 'draft');
  return { definition: draft.text, plan: plan as unknown as JsonObject | null };
}

export async function getDraft(context: ApiContext, accountId: AccountId, id: string) {
  return context.store.account(accountId, async (tx) => {
    const { uid } = await getPipeline(tx, id);
    const draft = await findDraft(tx, uid);
    if (draft?.text == null) throw noDraft(id);
    return { body: { pipeline: id, definition: draft.text, updatedAt: draft.updatedAt }, etag: definitionTag(draft) };
  });
}

/** Stores any text as the draft, also one with errors; says what is wrong with it. */
export async function putDraft(
  context: ApiContext,
  accountId: AccountId,
  id: string,
  text: string,
  headers: Readonly<Record<string, string | undefined>>,
) {
  refuseHuge(text);
  return context.store.account(accountId, async (tx) => {
    const before = await findDraft(tx, id);
    checkPreconditions(headers, before && definitionTag(before), `The draft of \`${id}\``);
    const pipelineId = before === null ? id : (await getPipeline(tx, before.uid)).id;
    // A uuid names a pipeline that is there; nobody begins one under it.
    if (!idForm.test(pipelineId) || (before === null && uuidForm.test(id))) throw badId(pipelineId);
    const { problems } = checkOffline(context, text, pipelineId);
    await storeDraft(tx, accountId, pipelineId, text, titleOf(text) ?? pipelineId);
    const stored = await findDraft(tx, pipelineId);
    const etag = stored === null ? etagOf(pipelineId) : definitionTag(stored);
    const body = { pipeline: pipelineId, definition: text, updatedAt: stored?.updatedAt ?? null, problems };
    return { body, etag, isNew: before === null };
  });
}

export async function checkText(
  context: ApiContext,
  accountId: AccountId,
  text: string,
  connections: WantedBindings | undefined,
): Promise<{ isValid: boolean; pipeline: string | null; problems: readonly Problem[]; notes: readonly string[] }> {
  refuseHuge(text);
  const offline = checkOffline(context, text, 'definition');
  if (offline.plan === null) return { isValid: false, pipeline: null, problems: offline.problems, notes: [] };
  const { plan } = offline;
  if (connections === undefined) {
    return { isValid: true, pipeline: plan.pipeline, problems: offline.problems, notes: [] };
  }
  const bindings = await context.store.account(accountId, (tx) => bindSlots(tx, plan.slots, connections, {}));
  const live = await checkLive(context, accountId, text, 'definition', bindings.rows);
  const seen = live.plan === null ? [] : await liveNotes(context, accountId, live.plan, bindings.rows, live.streams);
  return {
    isValid: live.plan !== null,
    pipeline: plan.pipeline,
    problems: live.problems,
    notes: [...live.notes, ...seen],
  };
}

export async function pause(context: ApiContext, caller: Caller, id: string) {
  await context.store.account(caller.accountId, async (tx) => {
    const { uid } = await getPipeline(tx, id);
    await pausePipeline(tx, caller.accountId, uid, { by: caller.name, at: new Date().toISOString() });
  });
  return (await getOne(context, caller.accountId, id)).body;
}

export async function resume(context: ApiContext, caller: Caller, id: string) {
  await context.store.account(caller.accountId, async (tx) => {
    const { uid } = await getPipeline(tx, id);
    await resumePipeline(tx, caller.accountId, uid);
  });
  return (await getOne(context, caller.accountId, id)).body;
}

export async function remove(context: ApiContext, accountId: AccountId, id: string): Promise<void> {
  await context.store.account(accountId, async (tx) => {
    const { uid } = await getPipeline(tx, id);
    await deletePipeline(tx, accountId, uid);
  });
}

/** Forgets how far flows have come; with `links` which records they wrote, which must be confirmed by the flow's name. */
export async function reset(
  context: ApiContext,
  accountId: AccountId,
  id: string,
  request: { readonly flow?: string; readonly links?: boolean; readonly confirm?: string },
) {
  return context.store.account(accountId, async (tx) => {
    const row = await getPipeline(tx, id);
    if (request.links === true && request.confirm !== row.id) throw unconfirmed(row.id);
    const known = (await tx.selectFrom('flow').select('name').where('pipeline_uid', '=', row.uid).execute()).map(
      (flow) => flow.name,
    );
    const flows = request.flow === undefined ? known : [request.flow];
    for (const flow of flows) if (!known.includes(flow)) throw unknownFlow(row.id, flow, known);
    const done = await resetFlows(tx, row.uid, flows, request.links === true);
    return { pipeline: row.id, flows, linksForgotten: done.links };
  });
}

/** The title as it stands in the text, where the text can be read. */
function titleOf(text: string): string | null {
  const value = parseText(text).tree?.value;
  const title = typeof value === 'object' && value !== null && !Array.isArray(value) ? value.title : undefined;
  return typeof title === 'string' ? title : null;
}

function refuseHuge(text: string): void {
  if (Buffer.byteLength(text) <= 256 * 1024) return;
  throw new Failure('api/too_large', {
    message: 'The definition is larger than 256 KB.',
    hint: 'Split it into several pipelines, or move large value tables to a stream.',
  });
}

export function unknownFlow(pipeline: string, flow: string, known: readonly string[]): Failure {
  return new Failure('definition/not_found', {
    message: `Pipeline \`${pipeline}\` has no flow \`${flow}\`.`,
    hint: `Known flows: ${[...known].sort().join(', ')}.`,
  });
}

function unconfirmed(pipeline: string): Failure {
  return new Failure('run/confirmation_needed', {
    message: `Forgetting the links of \`${pipeline}\` makes every record look new: targets without an own-id field get duplicates.`,
    hint: `Confirm it with \`confirm: "${pipeline}"\` (command line: \`--yes\`).`,
  });
}

function noDraft(id: string): Failure {
  return new Failure('api/not_found', {
    message: `Pipeline \`${id}\` has no draft.`,
    hint: 'Begin one from the published text with `PUT /pipelines/{id}/draft`.',
  });
}

function badId(id: string): Failure {
  return new Failure('api/bad_request', {
    message: `\`${id.slice(0, 80)}\` is no id of a pipeline.`,
    hint: 'Use small letters, digits and hyphens, beginning with a letter.',
  });
}
