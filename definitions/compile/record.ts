import type { JsonObject, JsonValue } from '../../core/json.js';
import type { Work } from '../plan/compiled.js';
import { reject } from './failures.js';
import type { FieldRun } from './fields.js';

/** Largest change, as JSON. */
const maxChangeBytes = 1024 * 1024;

export interface CompiledField {
  readonly name: string;
  readonly run: FieldRun;
}

/** What a builder tells about its work: the field it is at, for failures. */
export interface Progress {
  field: string;
  hasAbsent: boolean;
}

/** A record on its way: absent fields are undefined until they are taken out. */
type Draft = Record<string, JsonValue | undefined>;

export type RecordBuilder = (work: Work, progress: Progress) => JsonObject;

/** All fields of a mapping as one function. */
export function compileRecord(fields: readonly CompiledField[]): RecordBuilder {
  // Records are copies of one template, so that they share one hidden class, here and wherever they are written.
  const template: Draft = {};
  for (const { name } of fields) template[name] = null;
  const fillFirst = unrolled(fields.slice(0, 8));
  const fillRest = fields.length > 8 ? looped(fields.slice(8)) : null;
  return (work, progress) => {
    const draft: Draft = { ...template };
    progress.hasAbsent = false;
    let size = fillFirst(draft, work, progress);
    if (fillRest !== null) size += fillRest(draft, work, progress);
    const made = progress.hasAbsent ? present(draft) : (draft as JsonObject);
    if (size > maxChangeBytes / 8) refuseLarge(made, progress);
    return made;
  };
}

type Fill = (draft: Draft, work: Work, progress: Progress) => number;

function looped(fields: readonly CompiledField[]): Fill {
  return (draft, work, progress) => {
    let size = 0;
    for (const { name, run } of fields) {
      progress.field = name;
      const value = run(work);
      draft[name] = value;
      size += sizeHint(value, progress);
    }
    return size;
  };
}

/**
 * The first eight fields are written out one by one: every place of the code then meets one name and one function, and
 * can be compiled to a plain store and an inlined call. This doubled the speed of mappings.
 */
function unrolled(fields: readonly CompiledField[]): Fill {
  const [a, b, c, d, e, f, g, h] = fields;
  return (draft, work, progress) => {
    let size = 0;
    if (a !== undefined) {
      progress.field = a.name;
      const value = a.run(work);
      draft[a.name] = value;
      size += sizeHint(value, progress);
    }
    if (b !== undefined) {
      progress.field = b.name;
      const value = b.run(work);
      draft[b.name] = value;
      size += sizeHint(value, progress);
    }
    if (c !== undefined) {
      progress.field = c.name;
      const value = c.run(work);
      draft[c.name] = value;
      size += sizeHint(value, progress);
    }
    if (d !== undefined) {
      progress.field = d.name;
      const value = d.run(work);
      draft[d.name] = value;
      size += sizeHint(value, progress);
    }
    if (e !== undefined) {
      progress.field = e.name;
      const value = e.run(work);
      draft[e.name] = value;
      size += sizeHint(value, progress);
    }
    if (f !== undefined) {
      progress.field = f.name;
      const value = f.run(work);
      draft[f.name] = value;
      size += sizeHint(value, progress);
    }
    if (g !== undefined) {
      progress.field = g.name;
      const value = g.run(work);
      draft[g.name] = value;
      size += sizeHint(value, progress);
    }
    if (h !== undefined) {
      progress.field = h.name;
      const value = h.run(work);
      draft[h.name] = value;
      size += sizeHint(value, progress);
    }
    return size;
  };
}

/** Cheap and never more than the true size by much: JSON is at most six times as long, plus the names. */
function sizeHint(value: JsonValue | undefined, progress: Progress): number {
  if (typeof value === 'string') return value.length;
  if (value === undefined) {
    progress.hasAbsent = true;
    return 0;
  }
  return typeof value === 'object' && value !== null ? treeSize(value) : 8;
}

function treeSize(value: JsonValue): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  let size = 8;
  for (const member of Object.values(value)) size += 8 + treeSize(member);
  return size;
}

function present(draft: Draft): JsonObject {
  const made: JsonObject = {};
  for (const name in draft) {
    const value = draft[name];
    if (value !== undefined) made[name] = value;
  }
  return made;
}

function refuseLarge(made: JsonObject, progress: Progress): void {
  if (new TextEncoder().encode(JSON.stringify(made)).length <= maxChangeBytes) return;
  progress.field = '';
  reject(
    'map/too_large',
    'The change for one record is larger than 1 MB.',
    'Leave large fields out, or `split` the record into parts.',
  );
}
