import type { FieldDeclaration, StreamDeclaration } from '../kit/index.js';
import { expandedNames } from './reading/expansion.js';
import { type Column, fieldOf, type ObjectSchema, systemColumns } from './schema/columns.js';
import type { CreatioSettings } from './settings.js';
import { isStandardObject, standardStreams } from './streams/index.js';
import type { DetailList, StandardStream } from './streams/stream.js';

/** Field of a file's bytes when it is written, as base64. */
export const contentField = 'content';
/** Field by which the look-up `file_content` finds a file's bytes. */
export const contentRefField = 'content_ref';

/** Streams without asking: the standard ones, and those objects that the settings name. */
export function declaredStreams(settings: CreatioSettings): readonly StreamDeclaration[] {
  return allStreams(settings).map((stream) => declare(stream, null, settings));
}

export function allStreams(settings: CreatioSettings): readonly StandardStream[] {
  const named = (settings.objects ?? []).filter((name) => !isStandardObject(name));
  return [...standardStreams, ...named.map(streamOf)];
}

/** An object of the instance as a stream by its own name. */
export function streamOf(set: string): StandardStream {
  return { name: set, set, title: set, columns: systemColumns };
}

/** A stream with what is known of it: `schema` null offline, when further columns are possible. */
export function declare(
  stream: StandardStream,
  schema: ObjectSchema | null,
  settings: CreatioSettings,
  values: ReadonlyMap<string, readonly { readonly value: string; readonly title: string }[]> = new Map(),
): StreamDeclaration {
  const columns = mergedColumns(stream, schema);
  const fields = columns.map((column) => {
    const choices = column.refersTo === undefined ? undefined : values.get(column.refersTo);
    return { ...fieldOf(column), ...(choices !== undefined && { values: choices }) };
  });
  const key = stream.key ?? 'Id';
  const hasMoments = columns.some((column) => column.name === 'ModifiedOn');
  return {
    name: stream.name,
    title: isStandardObject(stream.set) ? stream.title : (schema?.title ?? stream.title),
    fields: [...fields, ...madeFields(stream)],
    isOpen: schema === null || !schema.isComplete,
    key: [key],
    read: {
      modes: hasMoments ? ['full', 'incremental'] : ['full'],
      cursor: hasMoments ? ['ModifiedOn'] : null,
      pageSize: settings.pageSize,
      filters: columns.filter((column) => column.kind !== 'time').map((column) => column.name),
      showsDeletions: false,
      findBy: schema === null ? 'any' : columns.map((column) => column.name),
      findBatch: 500,
    },
    write:
      stream.isReadOnly === true
        ? null
        : {
            modes: ['insert', 'update', 'upsert', 'delete'],
            idempotency: 'keyed',
            ownIdField: 'Id',
            naturalKey: null,
            matchFields: schema === null ? 'any' : columns.map((column) => column.name),
            batchSize: settings.batchSize,
            parallelBatches: 2,
            canCreateFields: false,
          },
  };
}

/** What the instance says of its columns, with what it does not say taken from the standard ones. */
export function mergedColumns(stream: StandardStream, schema: ObjectSchema | null): readonly Column[] {
  if (schema === null) return stream.columns;
  const known = new Map(stream.columns.map((column) => [column.name, column]));
  const columns = schema.columns.map((column) => {
    const standard = known.get(column.name);
    // The metadata document calls dates moments and money decimals; the standard list knows better.
    const isVague = standard !== undefined && (column.kind === 'datetime' || column.kind === 'decimal');
    return { ...standard, ...column, ...(isVague && { kind: narrower(column, standard) }) };
  });
  if (!columns.some((column) => column.name === 'Id')) columns.unshift({ name: 'Id', kind: 'id' });
  const { expand } = stream;
  const expanded = (expand?.fields ?? []).flatMap((field) => {
    const column = known.get(`${expand?.lookup}${field}`);
    return column === undefined ? [] : [{ ...column, isReadOnly: true, path: `${expand?.lookup}/${field}` }];
  });
  return [...columns, ...expanded];
}

function narrower(column: Column, standard: Column): Column['kind'] {
  if (column.title !== undefined) return column.kind;
  const isNarrower =
    (column.kind === 'datetime' && standard.kind === 'date') ||
    (column.kind === 'decimal' && standard.kind === 'money');
  return isNarrower ? standard.kind : column.kind;
}

/** Fields that are no columns: lists of details, names for matching, a file's bytes. */
function madeFields(stream: StandardStream): readonly FieldDeclaration[] {
  const aliases = Object.keys(stream.aliases ?? {}).map(
    (name): FieldDeclaration => ({ name, type: name === 'email' ? 'email' : 'text', isReadOnly: true }),
  );
  const content: readonly FieldDeclaration[] =
    stream.content === undefined
      ? []
      : [
          { name: contentField, type: 'text', title: 'Content as base64 (written only)' },
          { name: contentRefField, type: 'text', title: 'Where the content is found', isReadOnly: true },
        ];
  const owner: readonly FieldDeclaration[] =
    stream.owner === undefined ? [] : [{ name: stream.owner.field, type: 'text', title: 'Object of the owner' }];
  return [...(stream.details ?? []).map(listField), ...aliases, ...content, ...owner];
}

function listField(detail: DetailList): FieldDeclaration {
  if (detail.item !== null) return { name: detail.field, type: 'list', of: 'text' };
  const rows = standardStreams.find((stream) => stream.set === detail.set)?.columns ?? [];
  return {
    name: detail.field,
    type: 'list',
    of: 'object',
    fields: [
      ...rows.filter((column) => isDetailField(column.name, detail)).map(fieldOf),
      ...expandedNames(detail).map((name): FieldDeclaration => ({ name, type: 'text', isReadOnly: true })),
    ],
  };
}

/** Fields of a row that stand in its record's list; the rest is the instance's own book-keeping. */
export function isDetailField(name: string, detail: DetailList): boolean {
  return name !== detail.parent && !bookKeeping.has(name);
}

const bookKeeping: ReadonlySet<string> = new Set([
  'Id',
  'CreatedOn',
  'CreatedById',
  'ModifiedOn',
  'ModifiedById',
  'ProcessListeners',
  'SearchNumber',
  'Position',
]);
