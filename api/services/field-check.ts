import type { StreamDeclaration } from '../../connectors/kit/index.js';
import type { FailureReport } from '../../core/failures.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.js';
import type { SourceRecord } from '../../core/record.js';
import { checkDefinition } from '../../definitions/check/index.js';
import { compileTarget } from '../../definitions/compile/targets.js';
import { checkExpression, type Scope } from '../../definitions/expressions/check.js';
import { type CompiledExpression, compileExpression } from '../../definitions/expressions/expression.js';
import { dyn, type ExprType, recordType } from '../../definitions/expressions/types.js';
import type { Work } from '../../definitions/plan/compiled.js';
import type { FieldPlan, TargetPlan } from '../../definitions/plan/plan.js';
import { appendAudit } from '../../store/audit.js';
import { actorOf } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import type { ApiContext } from '../context.js';
import { readSamples, type Sample, shortened } from './samples.js';

export interface FieldCheckRequest {
  readonly connection: string;
  readonly stream: string;
  /** What stands behind a target field in `map`. */
  readonly field: string | JsonObject;
  /** The steps of the flow; what look-ups would give is not asked for. */
  readonly steps?: readonly JsonObject[];
  readonly values?: Readonly<Record<string, JsonObject>>;
  readonly limit?: number;
}

/** One thing wrong with the field: where it stands in an expression by offsets, else by the part that it is about. */
interface FieldProblem {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** Such as `expr` or `currency`; empty for the whole field. */
  readonly part: string;
  /** Offsets within that part's text; null where the whole part is meant. */
  readonly start: number | null;
  readonly end: number | null;
}

type Result = {
  readonly key: string | null;
  readonly isAbsent: boolean;
  readonly value: JsonValue;
  readonly failure: FailureReport | null;
};

const target = 'checked';
/** Expressions of steps that are worked out, and how long all records together may take: one request, one short answer. */
const maxMade = 50;
const budgetMs = 500;

/** Checks one field of a mapping against the stream's own fields and tries it on its first records. */
export async function checkField(context: ApiContext, caller: Caller, requestId: string, request: FieldCheckRequest) {
  const { accountId } = caller;
  const noteUse = (connection: string): Promise<void> =>
    context.store.account(accountId, (tx) =>
      appendAudit(tx, context.vault.keys, {
        ...actorOf(caller),
        accountId,
        requestId,
        action: 'connection.looked_into',
        object: connection,
        details: { stream: request.stream },
      }),
    );
  const { stream, records } = await readSamples(context, accountId, request.connection, request.stream, noteUse);
  const steps = stepsOf(request.steps ?? [], recordType(stream, `stream \`${stream.name}\``));
  const own = expressionProblems(request.field, steps.scope);
  const plan = planOf(context, request, stream);
  const problems = [...own, ...plan.problems];
  if (plan.field === null || own.length > 0) return { isValid: false, problems, results: [] };
  const run = compileTarget(
    targetOf(plan.field),
    0,
    stream.name,
    fixedTables(request.values ?? {}),
    new Set(steps.scope.keys()),
  );
  const endsAt = performance.now() + budgetMs;
  const results: Result[] = [];
  for (const sample of records.slice(0, request.limit ?? 5)) {
    results.push(tryOn(sample, steps.made, run));
    if (performance.now() > endsAt) break;
  }
  return { isValid: true, problems, results };
}

interface Made {
  readonly name: string;
  readonly expression: CompiledExpression;
}

/** The names that the steps make: those of `set` are worked out, those of look-ups are known by name alone. */
function stepsOf(
  steps: readonly JsonObject[],
  record: ExprType,
): { readonly scope: Scope; readonly made: readonly Made[] } {
  const scope = new Map<string, ExprType>([['record', record]]);
  const made: Made[] = [];
  for (const step of steps) {
    for (const part of [step.lookup, step.enrich, step.split]) {
      if (isJsonObject(part) && typeof part.as === 'string') scope.set(part.as, dyn);
    }
    for (const [name, text] of Object.entries(isJsonObject(step.set) ? step.set : {})) {
      if (typeof text !== 'string' || made.length === maxMade) continue;
      scope.set(name, checkExpression(text, scope).type);
      const { expression } = compileExpression(text);
      if (expression !== null) made.push({ name, expression });
    }
  }
  return { scope, made };
}

function expressionProblems(field: string | JsonObject, scope: Scope): FieldProblem[] {
  const text = isJsonObject(field) ? field.expr : undefined;
  if (typeof text !== 'string') return [];
  return checkExpression(text, scope).problems.map((problem) => ({ ...problem, part: 'expr' }));
}

/** The field as a definition of its own, so that it is read and refused exactly as in a pipeline. */
function planOf(
  context: ApiContext,
  { field: asked, values }: FieldCheckRequest,
  { fields, isOpen }: StreamDeclaration,
): { readonly field: FieldPlan | null; readonly problems: readonly FieldProblem[] } {
  // Of a reference the source key is shown: what it leads to is known only once the other flow has run.
  const field = isJsonObject(asked) && asked.ref !== undefined ? { from: asked.by ?? '' } : asked;
  const hasExpression = isJsonObject(field) && typeof field.expr === 'string';
  const used = isJsonObject(field) && typeof field.values === 'string' ? field.values : null;
  const table = used === null ? undefined : values?.[used];
  const connector = [...context.connectors.keys()].find((id) => context.connectors.get(id)?.isLocal !== true) ?? '';
  const definition = {
    pipeline: target,
    connections: { source: { connector } },
    flows: {
      [target]: {
        from: { stream: 'source.records' },
        // The expression itself is checked beside this, where its names are known.
        map: { [target]: hasExpression ? { ...field, expr: 'null' } : field },
        to: { stream: 'source.written' },
      },
    },
    ...(used !== null && table !== undefined && { values: { [used]: table } }),
  };
  const shared = { isOpen: true, key: ['id'], title: '' } as const;
  const read = { modes: ['full'], cursor: null, pageSize: 1, filters: [], showsDeletions: false, findBy: [] } as const;
  const write = {
    modes: ['upsert'],
    idempotency: 'upsert',
    ownIdField: null,
    naturalKey: null,
    matchFields: 'any',
    batchSize: 1,
    parallelBatches: 1,
    canCreateFields: false,
  } as const;
  const { plan, problems } = checkDefinition(JSON.stringify(definition), {
    file: target,
    connectors: context.connectors,
    streams: {
      source: [
        { ...shared, name: 'records', fields, isOpen, read, write: null },
        { ...shared, name: 'written', fields: [], read: null, write },
      ],
    },
  });
  const made = plan?.flows[0]?.targets[0]?.map[0] ?? null;
  const place = `flows.${target}.map.${target}`;
  return {
    field: made === null || !hasExpression ? made : { ...made, source: { kind: 'expr', expr: String(field.expr) } },
    problems: problems
      .filter((problem) => problem.severity === 'error')
      .map(({ code, message, hint, path }) => ({
        code,
        message,
        hint,
        part: path.startsWith(`${place}.`) ? path.slice(place.length + 1) : '',
        start: null,
        end: null,
      })),
  };
}

function targetOf(field: FieldPlan): TargetPlan {
  return {
    name: '',
    slot: 'source',
    stream: 'written',
    write: 'upsert',
    matchOn: [],
    onConflict: 'source_wins',
    onDelete: { kind: 'ignore' },
    merge: false,
    createFields: [],
    batch: null,
    map: [field],
    fieldTypes: {},
  };
}

/** Tables that are built from the accounts are not built for a try; their `also` is what is known of them. */
function fixedTables(values: Readonly<Record<string, JsonObject>>): Record<string, Record<string, JsonValue>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, table]) => [name, isJsonObject(table.also) ? table.also : table]),
  );
}

function tryOn({ key, record }: Sample, made: readonly Made[], run: ReturnType<typeof compileTarget>): Result {
  const work: Work = {
    record,
    sourceKey: key ?? '',
    piece: '',
    names: namesOf(record, made),
    state: 'open',
    failure: null,
  };
  const produced = run(work);
  if ('code' in produced) return { key, isAbsent: true, value: null, failure: produced };
  const value = produced.refs.length > 0 ? (produced.refs[0]?.keys ?? []).join(', ') : produced.fields[target];
  return { key, isAbsent: value === undefined, value: value === undefined ? null : shortened(value), failure: null };
}

/** A name whose expression fails on this record stays unknown, and says so where it is used. */
function namesOf(record: SourceRecord, made: readonly Made[]): Record<string, unknown> {
  const names: Record<string, unknown> = {};
  for (const { name, expression } of made) {
    try {
      names[name] = expression.evaluate({ record, names });
    } catch {
      names[name] = undefined;
    }
  }
  return names;
}
