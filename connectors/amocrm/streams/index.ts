import { Failure } from '../../../core/failures.js';
import { companies } from './companies.js';
import { contacts } from './contacts.js';
import {
  catalogs,
  companyTags,
  contactTags,
  leadTags,
  lossReasons,
  pipelines,
  sources,
  statuses,
  taskTypes,
  users,
} from './dictionaries.js';
import { files } from './files.js';
import { leads } from './leads.js';
import { companyNotes, contactNotes, leadNotes } from './notes.js';
import { catalogElements, products } from './products.js';
import type { StreamSpec } from './spec.js';
import { tasks } from './tasks.js';

export const allStreams: readonly StreamSpec[] = [
  catalogElements,
  catalogs,
  companies,
  companyNotes,
  companyTags,
  contactNotes,
  contactTags,
  contacts,
  files,
  leadNotes,
  leadTags,
  leads,
  lossReasons,
  pipelines,
  products,
  sources,
  statuses,
  taskTypes,
  tasks,
  users,
];

const byName = new Map(allStreams.map((stream) => [stream.name, stream]));

/** Throws `read/unknown_stream`. */
export function streamOf(name: string): StreamSpec {
  const stream = byName.get(name);
  if (stream !== undefined) return stream;
  throw new Failure('read/unknown_stream', {
    message: `amoCRM has no stream \`${name}\`.`,
    hint: `Known streams: ${[...byName.keys()].join(', ')}.`,
  });
}
