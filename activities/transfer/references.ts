import { Failure, type FailureReport } from '../../core/failures.js';
import type { JsonObject, JsonValue } from '../../core/json.js';
import type { ProducedChange, ProducedRef } from '../../definitions/plan/compiled.js';
import type { RefSource } from '../../definitions/plan/plan.js';
import type { LateRefRow } from '../../store/commits.js';
import { linkStates } from '../../store/commits.js';
import { findLinks, type Link, linkId } from '../../store/links.js';
import type { FlowEnvironment } from './flow-environment.js';

/** What filling the references of one change led to. */
export type Filled =
  | {
      readonly state: 'filled';
      readonly rows: readonly LateRefRow[];
      /** What the content hash covers: late references stand there by source key, so the second pass changes no hash. */
      readonly hashed: JsonObject | null;
    }
  | {
      readonly state: 'missing';
      readonly missing: 'wait' | 'dead_letter';
      readonly failure: FailureReport;
      readonly flowId: number;
      readonly part: string;
      readonly key: string;
    };

export interface RefAnswers {
  /** Writes found target keys into `change.fields`; says what is missing. */
  fill(change: ProducedChange, sourceKey: string, part: string): Filled;
}

const nothingToFill: Filled = { state: 'filled', rows: [], hashed: null };

/** Looks all references of a page up at once, one query for each flow referred to. */
export async function resolveRefs(env: FlowEnvironment, changes: readonly ProducedChange[]): Promise<RefAnswers> {
  const keysByFlow = new Map<number, Set<string>>();
  for (const change of changes) {
    for (const ref of change.refs) {
      if (ref.source.late) continue;
      const flowId = flowOf(env, ref.source);
      const keys = keysByFlow.get(flowId) ?? new Set();
      for (const key of ref.keys) keys.add(key);
      keysByFlow.set(flowId, keys);
    }
  }
  const linksByFlow = new Map<number, ReadonlyMap<string, Link>>();
  await Promise.all(
    [...keysByFlow].map(async ([flowId, keys]) => {
      const links = await findLinks(env.store, env.place.accountId, flowId, [...keys]);
      if (env.previewId !== null) await addPreviewed(env, env.previewId, flowId, [...keys], links);
      linksByFlow.set(flowId, links);
    }),
  );
  return {
    fill: (change, sourceKey, part) =>
      change.refs.length === 0 ? nothingToFill : fillRefs(env, linksByFlow, change, sourceKey, part),
  };
}

/** What stands in a field for the id of a record that a preview would create; no vendor's id begins like this. */
export const previewedPrefix = '\u0000previewed|';

/** Records that the same preview would create count as there: apply fills their real ids in. */
async function addPreviewed(
  env: FlowEnvironment,
  previewId: string,
  flowId: number,
  keys: readonly string[],
  links: Map<string, Link>,
): Promise<void> {
  const rows = await env.store.account(env.place.accountId, (tx) =>
    tx
      .selectFrom('preview_change')
      .select(['source_key', 'part'])
      .where('preview_id', '=', previewId)
      .where('flow_id', '=', flowId)
      .where('source_key', 'in', keys.length > 0 ? [...keys] : [''])
      .execute(),
  );
  for (const row of rows) {
    const id = linkId(row.source_key, row.part);
    if (links.has(id)) continue;
    links.set(id, {
      sourceKey: row.source_key,
      part: row.part,
      targetId: 0,
      targetKey: `${previewedPrefix}${JSON.stringify([flowId, row.source_key, row.part])}`,
      contentHash: null,
      state: linkStates.confirmed,
    });
  }
}

function flowOf(env: FlowEnvironment, source: RefSource): number {
  const name = source.pipeline === null ? source.flow : `${source.pipeline}/${source.flow}`;
  const flow = env.refFlows.get(name);
  if (flow !== undefined) return flow.flowId;
  throw new Failure('definition/not_found', {
    message: `The flow \`${name}\` that flow \`${env.flow.id}\` refers to does not exist.`,
    hint: 'Publish the pipeline that holds it first, or correct the reference.',
  });
}

function fillRefs(
  env: FlowEnvironment,
  linksByFlow: ReadonlyMap<number, ReadonlyMap<string, Link>>,
  change: ProducedChange,
  sourceKey: string,
  part: string,
): Filled {
  const rows: LateRefRow[] = [];
  const late: JsonObject = {};
  for (const ref of change.refs) {
    if (ref.isCleared) {
      change.fields[ref.field] = null;
      continue;
    }
    const flowId = flowOf(env, ref.source);
    if (ref.source.late) {
      if (ref.keys.length === 0) continue;
      rows.push({
        sourceKey,
        part,
        field: ref.field,
        refFlow: flowId,
        refPart: ref.source.target,
        refKeys: ref.keys,
        isList: ref.isList,
      });
      late[`late:${ref.field}`] = [...ref.keys];
      continue;
    }
    const missing = fillRef(change.fields, ref, linksByFlow.get(flowId));
    if (missing === null) continue;
    return missingParent(ref, flowId, missing);
  }
  return { state: 'filled', rows, hashed: rows.length > 0 ? { ...change.fields, ...late } : null };
}

/** Fills one field; returns the first key that has no target yet and must not be left out. */
function fillRef(fields: JsonObject, ref: ProducedRef, links: ReadonlyMap<string, Link> | undefined): string | null {
  const found: JsonValue[] = [];
  for (const key of ref.keys) {
    const link = links?.get(linkId(key, ref.source.target));
    const isThere = link?.targetKey != null && link.state !== linkStates.deleted && link.state !== linkStates.unknown;
    if (isThere) found.push(link.targetKey);
    else if (ref.source.missing !== 'null') return key;
    else if (!ref.isList) found.push(null);
  }
  if (ref.isList) fields[ref.field] = found;
  else if (ref.keys.length > 0) fields[ref.field] = found[0] ?? null;
  return null;
}

function missingParent(ref: ProducedRef, flowId: number, key: string): Filled {
  const failure = new Failure('map/unresolved_ref', {
    message: `Field \`${ref.field}\` refers to a record of flow \`${ref.source.flow}\` that has not arrived.`,
    hint: 'Check whether that record was filtered out or refused, then resend this one.',
    details: { field: ref.field, flow: ref.source.flow },
  });
  const missing = ref.source.missing === 'dead_letter' ? 'dead_letter' : 'wait';
  return { state: 'missing', missing, failure: failure.toReport(), flowId, part: ref.source.target, key };
}
