import type { FieldDeclaration, NewField, StreamDeclaration } from '../../connectors/kit/index.js';
import { Failure } from '../../core/failures.js';
import type { FieldPlan, FlowPlan, Plan, TargetPlan } from '../../definitions/plan/plan.js';
import type { AccountId } from '../../store/database.js';
import type { ApiContext } from '../context.js';

const askMs = 60_000;

/** Streams of each slot as the account has them; null where it could not be asked. */
export type StreamsBySlot = Readonly<Record<string, readonly StreamDeclaration[] | null>>;

/** Fields that one stream of a target lacks. */
export interface MissingFields {
  readonly slot: string;
  readonly stream: string;
  readonly fields: readonly NewField[];
}

/** What a plan needs at its targets and does not find there: fields under `create_fields`, and fields for our own ids. */
export function findMissingFields(plan: Plan, streams: StreamsBySlot): MissingFields[] {
  const byStream = new Map<string, { slot: string; stream: string; fields: Map<string, NewField> }>();
  for (const flow of plan.flows) {
    for (const target of flow.targets) {
      const declaration = find(streams, target.slot, target.stream);
      const wanted = missingOf(plan, flow, target, declaration, streams);
      if (wanted.length === 0) continue;
      const key = `${target.slot}.${target.stream}`;
      const entry = byStream.get(key) ?? { slot: target.slot, stream: target.stream, fields: new Map() };
      for (const field of wanted) entry.fields.set(field.name, field);
      byStream.set(key, entry);
    }
  }
  return [...byStream.values()].map((entry) => ({ ...entry, fields: [...entry.fields.values()] }));
}

function missingOf(
  plan: Plan,
  flow: FlowPlan,
  target: TargetPlan,
  declaration: StreamDeclaration | null,
  streams: StreamsBySlot,
): NewField[] {
  const missing: NewField[] = [];
  const { ownIdField, isOwnIdMissing } = declaration?.write ?? {};
  const makesRecords = target.write === 'insert' || target.write === 'upsert';
  if (makesRecords && isOwnIdMissing === true && ownIdField != null) {
    missing.push({ name: ownIdField, type: 'text', title: 'Pipewright ID' });
  }
  const source = find(streams, flow.from.slot, flow.from.stream);
  for (const name of target.createFields) {
    if (declaration?.fields.some((field) => field.name === name)) continue;
    const mapped = target.map.find((field) => field.field === name);
    missing.push(newField(name, mapped, source, hasOwnCaptions(plan, mapped)));
  }
  return missing;
}

/** Whether the field is filled with captions, so that its choices are those of the source. */
function hasOwnCaptions(plan: Plan, mapped: FieldPlan | undefined): boolean {
  const table = mapped?.values == null ? undefined : plan.values[mapped.values];
  return table?.kind === 'captions' && !table.isReversed;
}

/** A new field takes its type from the cast, else from the source field it is filled with. */
function newField(
  name: string,
  mapped: FieldPlan | undefined,
  source: StreamDeclaration | null,
  isCaption: boolean,
): NewField {
  const origin = mapped?.source.kind === 'path' ? fieldAt(source?.fields ?? [], mapped.source.path) : null;
  const title = origin?.title ?? name.slice(name.lastIndexOf('.') + 1);
  if (mapped?.as != null && mapped.as.kind !== 'list') return { name, type: mapped.as.kind, title };
  const isTranslated = mapped?.values != null && !(isCaption && origin?.values !== undefined);
  if (origin === null || isTranslated) {
    return { name, type: 'text', title, ...(mapped?.as?.kind === 'list' && { isMultiple: true }) };
  }
  return {
    name,
    type: origin.type === 'list' ? (origin.of ?? 'text') : origin.type,
    title,
    ...(origin.type === 'list' && { isMultiple: true }),
    ...(origin.values !== undefined && { values: origin.values.map((value) => value.title) }),
  };
}

function fieldAt(fields: readonly FieldDeclaration[], path: readonly (string | number)[]): FieldDeclaration | null {
  const [name, ...rest] = path.filter((part) => typeof part === 'string');
  const field = fields.find((candidate) => candidate.name === name);
  if (field === undefined) return null;
  return rest.length === 0 ? field : fieldAt(field.fields ?? [], rest);
}

function find(streams: StreamsBySlot, slot: string, name: string): StreamDeclaration | null {
  return streams[slot]?.find((stream) => stream.name === name) ?? null;
}

/** Nothing is created at a vendor unasked: without consent publishing is refused, naming every field. */
export function refuseMissingFields(missing: readonly MissingFields[]): void {
  const wanted = missing.flatMap(({ slot, stream, fields }) =>
    fields.map((field) => `${slot}.${stream}: ${field.name}`),
  );
  if (wanted.length === 0) return;
  throw new Failure('definition/fields_missing', {
    message: `Publishing would create fields at the vendor: ${wanted.map((each) => `\`${each}\``).join(', ')}.`,
    hint: 'Publish with `--create-fields` (API: `createFields: true`) to allow it.',
    details: { fields: wanted },
  });
}

/** Creates what is missing; returns a sentence about each field. `bindings`: connection ids by slot. */
export async function createMissingFields(
  context: ApiContext,
  accountId: AccountId,
  bindings: Readonly<Record<string, string>>,
  missing: readonly MissingFields[],
): Promise<string[]> {
  const notes: string[] = [];
  for (const { slot, stream, fields } of missing) {
    const opened = await context.openConnection(accountId, bindings[slot] ?? slot);
    try {
      const { createFields } = opened.connection;
      if (createFields === undefined) throw cannotCreate(slot, stream);
      await createFields.call(opened.connection, stream, fields, AbortSignal.timeout(askMs));
      notes.push(...fields.map((field) => `Created the field \`${field.name}\` in \`${slot}.${stream}\`.`));
    } finally {
      await opened.connection.close();
    }
  }
  return notes;
}

function cannotCreate(slot: string, stream: string): Failure {
  return new Failure('definition/fields_missing', {
    message: `Fields cannot be created in stream \`${slot}.${stream}\`.`,
    hint: 'Create them at the vendor, and remove `create_fields`.',
  });
}
