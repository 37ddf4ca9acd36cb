import type { FieldDeclaration, StreamDeclaration, WriteDeclaration } from '../../kit/index.js';
import { batchSize } from '../client.js';
import type { Portal } from '../settings.js';
import { activities } from './activities.js';
import { commentFields } from './comments.js';
import { commentsName, type Entity, entities, smartProcess } from './entities.js';
import { modesOf, type PlainStream, type SmallStream } from './plain.js';
import { dealProducts, products } from './products.js';
import { smallStreams } from './references.js';
import { tasks } from './tasks.js';
import { users } from './users.js';

/** Most records of one page: 50 commands of 50 rows. */
const largestPage = 2_500;

export const plainStreams: readonly PlainStream[] = [activities, dealProducts, products, tasks, users];

/** The writing side of the streams with an own-id field. */
const written: WriteDeclaration = {
  modes: ['insert', 'update', 'upsert', 'delete'],
  idempotency: 'find_then_create',
  ownIdField: 'ORIGIN_ID',
  naturalKey: null,
  matchFields: 'any',
  batchSize,
  parallelBatches: 2,
  canCreateFields: false,
};

/** Streams that every portal has; custom fields are not known without asking. */
export function standardStreams(portal: Portal): StreamDeclaration[] {
  const processes = portal.smartProcesses.map((typeId) => smartProcess(typeId));
  return sorted([
    ...[...entities, ...processes].map((entity) => itemStream(entity, entity.fields, true)),
    ...entities.map(commentStream),
    ...plainStreams.map(plainStream),
    ...smallStreams.map(smallStream),
  ]);
}

export function sorted(streams: readonly StreamDeclaration[]): StreamDeclaration[] {
  return [...streams].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** A type of records with these fields; `isOpen` where more may be there. */
export function itemStream(entity: Entity, fields: readonly FieldDeclaration[], isOpen: boolean): StreamDeclaration {
  const filters = fields.filter((field) => field.of !== 'object' && field.type !== 'object').map(({ name }) => name);
  return {
    name: entity.stream,
    title: entity.title,
    fields,
    isOpen,
    key: ['ID'],
    read: {
      modes: ['full', 'incremental'],
      cursor: [entity.changedField],
      pageSize: largestPage,
      filters,
      showsDeletions: false,
      findBy: 'any',
      findBatch: largestPage,
    },
    // The rows of a deal follow its creation.
    write: { ...written, ownIdField: entity.ownIdField, canCreateFields: true, createsInSteps: true },
  };
}

function commentStream(entity: Entity): StreamDeclaration {
  return {
    name: commentsName(entity),
    title: `Comments of ${entity.title.toLowerCase()}`,
    fields: commentFields,
    isOpen: false,
    key: ['ID'],
    read: {
      modes: ['full'],
      cursor: null,
      pageSize: largestPage,
      filters: ['ENTITY_ID'],
      showsDeletions: false,
      findBy: ['ENTITY_ID', 'ID'],
    },
    write: { ...written, modes: ['insert', 'update', 'upsert', 'delete'], ownIdField: 'FINGERPRINT', matchFields: [] },
  };
}

const fingerprint = 'fingerprint';
const ownIds: Readonly<Record<string, string>> = {
  activities: 'ORIGIN_ID',
  deal_products: fingerprint,
  products: 'XML_ID',
  tasks: 'XML_ID',
};

function plainStream(stream: PlainStream): StreamDeclaration {
  const ownIdField = ownIds[stream.name];
  return {
    name: stream.name,
    title: stream.title,
    fields: stream.fields,
    isOpen: stream.isOpen,
    key: [stream.key],
    read: {
      modes: modesOf(stream),
      cursor: stream.changedField === null ? null : [stream.changedField],
      pageSize: largestPage,
      filters: stream.filters,
      showsDeletions: false,
      findBy: stream.findBy,
    },
    write:
      ownIdField === undefined
        ? null
        : { ...written, ownIdField, matchFields: ownIdField === fingerprint ? [] : stream.findBy },
  };
}

function smallStream(stream: SmallStream): StreamDeclaration {
  return {
    name: stream.name,
    title: stream.title,
    fields: stream.fields,
    isOpen: true,
    key: stream.key,
    read: {
      modes: ['full'],
      cursor: null,
      pageSize: largestPage,
      filters: stream.fields.map(({ name }) => name),
      showsDeletions: false,
      findBy: 'any',
    },
    write: null,
  };
}
