import type { FieldDeclaration, StreamDeclaration, WriteDeclaration } from '../kit/index.js';
import type { Account } from './account.js';
import {
  type CustomField,
  captionNames,
  declarationOf,
  findField,
  nameOf,
  ownIdField,
  shapeOf,
} from './custom-fields.js';
import { fieldsPath, RecordList } from './reading/list.js';
import { pageSize } from './reading/offset-walk.js';
import { allStreams } from './streams/index.js';
import type { FieldSpec, StreamSpec, WriteSpec } from './streams/spec.js';

/** The vendor takes 250 records a request and advises 50. */
export const batchSize = 50;

/** Streams as every account has them; the fields that an account adds are not known before it is asked. */
export function declaredStreams(): StreamDeclaration[] {
  return allStreams.map((stream) => ({
    ...commonOf(stream),
    fields: stream.fields.map(fieldOf),
    isOpen: stream.hasCustomFields,
    read: readOf(stream, stream.hasCustomFields ? 'any' : Object.keys(stream.finds)),
    write: stream.write === null ? null : writeOf(stream, stream.write, stream.hasCustomFields ? 'any' : [], false),
  }));
}

/** The same with the account's own fields. */
export async function streamsOf(account: Account, signal: AbortSignal): Promise<StreamDeclaration[]> {
  const streams: StreamDeclaration[] = [];
  for (const stream of allStreams) {
    const custom = stream.hasCustomFields ? await fieldsOf(account, stream, signal) : [];
    streams.push(knownStream(stream, custom));
  }
  return streams;
}

async function fieldsOf(account: Account, stream: StreamSpec, signal: AbortSignal): Promise<CustomField[]> {
  const paths = await new RecordList(account, stream).paths(signal);
  const fields = new Map<string, CustomField>();
  for (const path of paths) {
    // Catalogs share codes: the first field of a name speaks for all.
    for (const field of await account.customFields(fieldsPath(path), signal))
      if (!fields.has(nameOf(field))) fields.set(nameOf(field), field);
  }
  return [...fields.values()];
}

function knownStream(stream: StreamSpec, custom: readonly CustomField[]): StreamDeclaration {
  const fields = [...stream.fields.map(fieldOf), ...custom.map(declarationOf), ...captioned(custom)];
  const searchable = custom.filter(({ type }) => shapeOf(type).type === 'text' || type === 'multitext').map(nameOf);
  const hasOwnId = stream.write?.ownId === 'field';
  const isOwnIdMissing = hasOwnId && findField(custom, ownIdField) === null;
  if (hasOwnId && !fields.some(({ name }) => name === ownIdField))
    fields.push({ name: ownIdField, title: 'Pipewright ID', type: 'text' });
  const matches = [...new Set([...(stream.write?.matchFields ?? []), ...searchable])];
  return {
    ...commonOf(stream),
    fields,
    isOpen: false,
    read: readOf(stream, [...Object.keys(stream.finds), ...(stream.hasCustomFields ? searchable : [])]),
    write: stream.write === null ? null : writeOf(stream, stream.write, matches, isOwnIdMissing),
  };
}

/** Fields without a code once more, by their captions. */
function captioned(custom: readonly CustomField[]): FieldDeclaration[] {
  const names = captionNames(custom);
  return custom.flatMap((field) => {
    const name = names.get(field.id);
    return name === undefined ? [] : [{ ...declarationOf({ ...field, isRequired: false }), name }];
  });
}

function commonOf({ name, title, key }: StreamSpec): Pick<StreamDeclaration, 'name' | 'title' | 'key'> {
  return { name, title, key };
}

function readOf(stream: StreamSpec, findBy: 'any' | readonly string[]): StreamDeclaration['read'] {
  const { changes } = stream;
  const isShort = changes === null && !stream.hasCustomFields;
  return {
    modes: changes === null ? ['full'] : ['full', 'incremental'],
    cursor: changes === null ? null : ['updated_at'],
    pageSize,
    filters: Object.keys(stream.filters),
    showsDeletions: changes?.deletions != null,
    findBy: isShort ? stream.fields.map(({ name }) => name) : findBy,
  };
}

function writeOf(
  stream: StreamSpec,
  { modes, idempotency, ownId }: WriteSpec,
  matchFields: 'any' | readonly string[],
  isOwnIdMissing: boolean,
): WriteDeclaration {
  return {
    modes,
    idempotency,
    ownIdField: ownId === 'field' ? ownIdField : 'fingerprint',
    ...(isOwnIdMissing && { isOwnIdMissing }),
    naturalKey: null,
    matchFields,
    batchSize,
    ...(ownId === 'field' && { createsInSteps: true }),
    parallelBatches: 4,
    canCreateFields: stream.hasCustomFields,
  };
}

function fieldOf({ name, title, type, isWritable, isRequired, of, fields }: FieldSpec): FieldDeclaration {
  return {
    name,
    title,
    type,
    ...(isRequired === true && { isRequired }),
    ...(isWritable !== true && { isReadOnly: true }),
    ...(of !== undefined && { of }),
    ...(fields !== undefined && { fields }),
  };
}
