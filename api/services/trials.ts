import { Failure } from '../../core/failures.js';
import type { Problem } from '../../definitions/check/index.js';
import type { Tx } from '../../store/database.js';
import { readFlowFacts } from '../../store/pipeline-admin.js';
import { getPipeline, type PipelineRow } from '../../store/pipelines.js';
import { storeTrial, type VersionRow } from '../../store/versions.js';
import type { Caller } from '../access/caller.js';
import type { ApiContext } from '../context.js';
import { refuseMixedLinks } from './changes.js';
import { boundPlan, checkedText, checkForPublish, findPublished, isPublished, publishText } from './publishing.js';
import { type RunTarget, refusePaused } from './runs.js';

export interface TrialRequest {
  readonly text: string;
  readonly connections?: Readonly<Record<string, string>>;
  /** The id that the text must have. */
  readonly pipeline?: string;
}

export interface Trial extends RunTarget {
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
}

/**
 * Checks a text as publishing would and stores it for its preview alone; the published version stays, and is taken
 * itself where the text does not differ from it. Throws with all problems at once.
 */
export async function tryText(context: ApiContext, caller: Caller, request: TrialRequest): Promise<Trial> {
  const { accountId } = caller;
  const { plan, bindings, problems, notes } = await checkForPublish(context, accountId, request);
  return context.store.account(accountId, async (tx) => {
    const former = await findPublished(tx, plan.pipeline);
    const told = { id: plan.pipeline, problems, notes };
    if (former !== null && isPublished(former, request.text, bindings)) {
      return { ...told, uid: former.pipelineUid, version: former.version, plan: boundPlan(former).plan };
    }
    if (former !== null) {
      const next = { plan, bindings: bindings.ids };
      refuseMixedLinks(boundPlan(former), next, await readFlowFacts(tx, former.pipelineUid));
    }
    const stored = await storeTrial(tx, accountId, checkedText(caller, request.text, plan, bindings));
    return { ...told, ...stored, plan };
  });
}

/**
 * Publishes what a preview of a draft has run and begins to apply it, both or neither: no trigger of the new version
 * comes in between. Returns what `begin` returned.
 */
export async function publishTrial<T>(
  context: ApiContext,
  caller: Caller,
  trial: VersionRow,
  begin: (tx: Tx, target: RunTarget) => Promise<T>,
): Promise<T> {
  const began: T[] = [];
  const { definition: text, bindings: connections, pipelineId: pipeline } = trial;
  await context.store.account(caller.accountId, (tx) => refuseOutdated(tx, trial));
  await publishText(context, caller, { text, connections, pipeline }, async (tx, target) => {
    began.push(await begin(tx, { ...target, id: pipeline }));
  });
  return began[0] as T;
}

async function refuseOutdated(tx: Tx, trial: VersionRow): Promise<void> {
  const pipeline = await getPipeline(tx, trial.pipelineUid);
  refusePaused(pipeline);
  if (!isOvertaken(trial, pipeline)) return;
  throw new Failure('preview/outdated', {
    message: `Version ${pipeline.publishedVersion ?? 0} of \`${trial.pipelineId}\` was published after this draft was previewed.`,
    hint: 'Make a new preview and apply that one.',
  });
}

/** True of a draft that was previewed before what runs now was published: publishing it would take that one back. */
export function isOvertaken({ version }: VersionRow, { publishedVersion }: PipelineRow): boolean {
  return publishedVersion !== null && publishedVersion > version;
}
