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

/** A record on its way: absent fields are undefined until they are taken out. */
type Draft = Record<string, JsonValue | undefined>;

export type RecordBuilder = (work: Work) => JsonObject;

/** All fields of a mapping as one function. What a field throws goes on; `failingField` tells which it was. */
export function compileRecord(fields: readonly CompiledField[]): RecordBuilder {
  // Records are copies of one template, so that they share one hidden class, here and wherever they are written.
  const template: Draft = {};
  for (const { name } of fields) template[name] = null;
  // Texts up to this length cannot make the change too large together, so they need not be counted.
  const small = Math.floor(maxChangeBytes / 16 / Math.max(fields.length, 1));
  const fillFirst = unrolled(fields.slice(0, 8), small);
  const fillRest = fields.length > 8 ? looped(fields.slice(8), small) : null;
  return (work) => {
    const draft: Draft = { ...template };
    let size = fillFirst(draft, work);
    if (fillRest !== null) size += fillRest(draft, work);
    const made = size >= absentMark ? present(draft) : (draft as JsonObject);
    if (size % absentMark > maxChangeBytes / 16) refuseLarge(made);
    return made;
  };
}

/** Runs the fields of a failed record once more, one by one; '' where it was no field. */
export function failingField(fields: readonly CompiledField[], work: Work): string {
  for (const { name, run } of fields) {
    try {
      run(work);
    } catch {
      return name;
    }
  }
  return '';
}

/** Gives the size of what may be large, and `absentMark` for every field that is absent. */
type Fill = (draft: Draft, work: Work) => number;

const absentMark = 2 ** 40;

function looped(fields: readonly CompiledField[], small: number): Fill {
  return (draft, work) => {
    let size = 0;
    for (const { name, run } of fields) {
      const value = run(work);
      draft[name] = value;
      if (typeof value !== 'string' || value.length > small) size += oddSize(value);
    }
    return size;
  };
}

/**
 * The first eight fields are written out one by one: every place of the code then meets one name and one function, and
 * can be compiled to a plain store and an inlined call. This doubled the speed of mappings.
 */
function unrolled(fields: readonly CompiledField[], small: number): Fill {
  const [a, b, c, d, e, f, g, h] = fields;
  return (draft, work) => {
    let size = 0;
    if (a !== undefined) {
      const value = a.run(work);
      draft[a.name] = value;
      if (typeof value !== 'string' || value.length > small) size += oddSize(value);
    }
    if (b !== undefined) {
      const value = b.run(work);
      draft[b.name] = value;
      if (typeof value !== 'string' || value.length > small) size += oddSize(value);
    }
    if (c !== undefined) {
      const value = c.run(work);
      draft[c.name] = value;
      if (typeof value !== 'string' || value.length > small) size += oddSize(value);
    }
    if (d !== undefined) {
      const value = d.run(work);
      draft[d.name] = value;
      if (typeof value !== 'string' || value.length > small) size += oddSize(value);
    }
    if (e !== undefined) {
      const value = e.run(work);
      draft[e.name] = value;
      if (typeof value !== 'string' || value.length > small) size += oddSize(value);
    }
    if (f !== undefined) {
      const value = f.run(work);
      draft[f.name] = value;
      if (typeof value !== 'string' || value.length > small) size += oddSize(value);
    }
    if (g !== undefined) {
      const value = g.run(work);
      draft[g.name] = value;
      if (typeof value !== 'string' || value.length > small) size += oddSize(value);
    }
    if (h !== undefined) {
      const value = h.run(work);
      draft[h.name] = value;
      if (typeof value !== 'string' || value.length > small) size += oddSize(value);
    }
    return size;
  };
}

function oddSize(value: JsonValue | undefined): number {
  if (value === undefined) return absentMark;
  return treeSize(value);
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

function refuseLarge(made: JsonObject): void {
  if (new TextEncoder().encode(JSON.stringify(made)).length <= maxChangeBytes) return;
  reject(
    'map/too_large',
    'The change for one record is larger than 1 MB.',
    'Leave large fields out, or `split` the record into parts.',
  );
}
