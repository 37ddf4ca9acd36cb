import type { FieldDeclaration, StreamDeclaration, WriteDeclaration } from '../kit/index.js';
import type { Service, ServiceField, ServiceStream, ServiceWrite } from './service.js';
import { valuesAtOnce } from './streams/finder.js';

/** The streams of a service as its definition tells them. */
export function streamsOf(service: Service): readonly StreamDeclaration[] {
  return Object.entries(service.streams).map(([name, stream]) => ({
    name,
    title: stream.title,
    fields: Object.entries(stream.fields).map(([field, of]) => fieldOf(field, of)),
    isOpen: stream.open === true,
    key: stream.key,
    read:
      stream.read === undefined
        ? null
        : {
            modes: stream.read.since === undefined ? ['full'] : ['full', 'incremental'],
            cursor: stream.read.since === undefined ? null : [stream.read.since.field],
            pageSize: stream.read.page.size,
            filters: stream.read.filters ?? [],
            showsDeletions: stream.read.deleted !== undefined,
            findBy: Object.keys(stream.read.find ?? {}),
            findBatch: findBatchOf(stream),
          },
    write: stream.write === undefined ? null : writeOf(stream, stream.write),
  }));
}

/** How many records are asked for at once by their key. */
function findBatchOf({ key, read }: ServiceStream): number {
  const rule = read?.find?.[key[0] ?? ''];
  return typeof rule === 'string' || rule?.list !== undefined ? valuesAtOnce : 1;
}

function fieldOf(name: string, field: ServiceField): FieldDeclaration {
  if (typeof field === 'string') return { name, type: field };
  return {
    name,
    type: field.type,
    ...(field.title !== undefined && { title: field.title }),
    ...(field.required === true && { isRequired: true }),
    ...(field.read_only === true && { isReadOnly: true }),
  };
}

function writeOf(stream: ServiceStream, write: ServiceWrite): WriteDeclaration {
  return {
    modes: write.modes ?? ['insert', 'update', 'upsert', 'delete'],
    idempotency: write.repeat,
    ownIdField: write.own_id ?? null,
    naturalKey: null,
    matchFields: write.match ?? Object.keys(stream.read?.find ?? {}),
    batchSize: write.batch?.size ?? 200,
    parallelBatches: 4,
    canCreateFields: false,
  };
}
