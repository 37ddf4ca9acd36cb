import type { TariffBook } from '../../billing/tariff-book.js';
import { Failure } from '../../core/failures.js';
import { type JsonObject, stableStringify } from '../../core/json.js';
import type { Problem } from '../../definitions/check/index.js';
import type { Plan, TriggerPlan } from '../../definitions/plan/plan.js';
import type { AccountId, Tx } from '../../store/database.js';
import { clearDraft, findDraft, readFlowFacts, resetFlows } from '../../store/pipeline-admin.js';
import { type CheckedText, getVersion, publishVersion, type VersionRow } from '../../store/versions.js';
import type { Caller } from '../access/caller.js';
import type { ApiContext } from '../context.js';
import { checkPreconditions } from '../http/etags.js';
import { type Bindings, bindSlots, type WantedBindings } from './bindings.js';
import { type BoundPlan, refuseMixedLinks } from './changes.js';
import { checkLive, checkOffline, invalidDefinition } from './checking.js';
import { ensureHooks, type HookReport } from './hooks.js';
import { createMissingFields, findMissingFields, refuseMissingFields } from './new-fields.js';
import { definitionTag } from './pipelines.js';
import { requireRoomForPipeline } from './tariffs.js';

export interface PublishRequest {
  readonly text: string;
  readonly connections?: WantedBindings;
  readonly createFields?: boolean;
  /** Read everything again with the new version; false: from now on. */
  readonly again?: boolean;
  /** The id that the text must have. */
  readonly pipeline?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

export interface Published {
  readonly pipeline: string;
  readonly uid: string;
  readonly version: number;
  /** False: the published version had this content and these connections already. */
  readonly isNew: boolean;
  readonly plan: Plan;
  readonly bindings: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
  readonly hooks: readonly HookReport[];
}

/**
 * Checks a text against the account and makes it the published version. Throws with all problems at once. What `also`
 * does happens with the publishing or, when it throws, neither does.
 */
export async function publishText(
  context: ApiContext,
  caller: Caller,
  request: PublishRequest,
  also?: (tx: Tx, target: { uid: string; version: number; plan: Plan }) => Promise<void>,
): Promise<Published> {
  const { accountId } = caller;
  const checked = await checkForPublish(context, accountId, request);
  const { plan, bindings } = checked;
  const stored = await context.store.account(accountId, async (tx) => {
    const version = await storeVersion(tx, context.tariffs, caller, request, plan, bindings);
    await also?.(tx, { ...version, plan });
    return version;
  });
  const hooks = plan.trigger.kind === 'webhook' ? await ensureHooks(context, accountId, plan, bindings.ids) : [];
  return {
    pipeline: plan.pipeline,
    ...stored,
    plan,
    bindings: bindings.ids,
    problems: checked.problems,
    notes: [...checked.notes, ...hooks.map((hook) => hook.message)],
    hooks,
  };
}

interface CheckedForPublish {
  readonly plan: Plan;
  readonly bindings: Bindings;
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
}

/** Binds the slots of a text and checks it against the account's connections. Throws with all problems at once. */
export async function checkForPublish(
  context: ApiContext,
  accountId: AccountId,
  request: PublishRequest,
): Promise<CheckedForPublish> {
  const offline = checkOffline(context, request.text, request.pipeline ?? 'definition');
  // Without a readable list of slots nothing can be bound: these errors come first.
  if (offline.plan === null) throw invalidDefinition(offline.problems);
  const { plan: outline } = offline;
  if (request.pipeline !== undefined && outline.pipeline !== request.pipeline) {
    throw new Failure('definition/invalid', {
      message: `The text is of pipeline \`${outline.pipeline}\`, not of \`${request.pipeline}\`.`,
      hint: 'The id of a pipeline never changes; publish the text under its own id.',
    });
  }
  const bindings = await context.store.account(accountId, async (tx) => {
    const former = await findPublished(tx, outline.pipeline);
    return bindSlots(tx, outline.slots, request.connections ?? {}, former?.bindings ?? {});
  });
  const live = await checkLive(context, accountId, request.text, outline.pipeline, bindings.rows);
  if (live.plan === null) throw invalidDefinition(live.problems);
  const missing = findMissingFields(live.plan, live.streams);
  if (request.createFields !== true) refuseMissingFields(missing);
  const created = await createMissingFields(context, accountId, bindings.ids, missing);
  return { plan: live.plan, bindings, problems: live.problems, notes: [...live.notes, ...created] };
}

/** What was checked becomes the newest version, with the rules for flows that have moved before. */
export async function storeVersion(
  tx: Tx,
  tariffs: TariffBook,
  caller: Caller,
  request: PublishRequest,
  plan: Plan,
  bindings: Bindings,
): Promise<{ uid: string; version: number; isNew: boolean }> {
  const draft = await findDraft(tx, plan.pipeline);
  if (request.headers !== undefined) {
    checkPreconditions(request.headers, draft && definitionTag(draft), `Pipeline \`${plan.pipeline}\``);
  }
  const former = await findPublished(tx, plan.pipeline);
  if (former !== null) {
    if (isPublished(former, request.text, bindings) && request.again !== true) {
      return { uid: former.pipelineUid, version: former.version, isNew: false };
    }
    const facts = await readFlowFacts(tx, former.pipelineUid);
    refuseMixedLinks(boundPlan(former), { plan, bindings: bindings.ids }, facts);
    if (request.again === true)
      await resetFlows(
        tx,
        former.pipelineUid,
        facts.map((fact) => fact.name),
        false,
      );
  }
  await requireRoomForPipeline(tx, tariffs, caller.accountId, plan);
  const published = await publishVersion(tx, caller.accountId, {
    ...checkedText(caller, request.text, plan, bindings),
    trigger: { ...plan.trigger, everyMs: everyMsOf(plan.trigger) } as {
      kind: string;
      everyMs: number | null;
    } & JsonObject,
  });
  await clearDraft(tx, published.uid, request.text);
  return { ...published, isNew: true };
}

/** A checked text as the store takes it. */
export function checkedText(caller: Caller, text: string, plan: Plan, bindings: Bindings): CheckedText {
  return {
    id: plan.pipeline,
    title: plan.title,
    definition: text,
    plan: JSON.parse(JSON.stringify(plan)) as JsonObject,
    bindings: bindings.ids,
    publishedBy: caller.name,
    flows: plan.flows,
  };
}

/** Whether publishing this would change nothing. */
export function isPublished(version: VersionRow, text: string, bindings: Bindings): boolean {
  return version.definition === text && stableStringify({ ...version.bindings }) === stableStringify(bindings.ids);
}

export async function findPublished(tx: Tx, id: string): Promise<VersionRow | null> {
  const row = await tx
    .selectFrom('pipeline')
    .select(['uid', 'published_version'])
    .where('id', '=', id)
    .where('state', '<>', 'deleted')
    .executeTakeFirst();
  if (row?.published_version == null) return null;
  return getVersion(tx, row.uid, row.published_version);
}

export function boundPlan(version: VersionRow): BoundPlan {
  return { plan: version.plan as unknown as Plan, bindings: version.bindings };
}

/** How often the poll looks: `every:`, or the reconciling look of a webhook trigger. */
function everyMsOf(trigger: TriggerPlan): number | null {
  if (trigger.kind === 'every') return trigger.everyMs;
  return trigger.kind === 'webhook' ? trigger.reconcileMs : null;
}
