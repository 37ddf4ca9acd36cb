import type { LiveField, LiveSource } from './live-source.js';
import type { TextPlace } from './text-place.js';

/** One thing that may stand at a place. */
export interface Offer {
  readonly name: string;
  /** Beside the name: a caption, a type. */
  readonly detail: string;
  readonly kind: 'field' | 'stream' | 'slot' | 'flow' | 'table' | 'connector';
}

/** What the definition itself says, as far as it can be read. */
export interface Known {
  readonly slots: ReadonlyMap<string, string>;
  readonly flows: ReadonlyMap<string, { readonly source: string; readonly targets: readonly string[] }>;
  readonly tables: readonly string[];
}

/** Names out of the account and out of the text that fit a place. */
export async function offersAt(place: TextPlace, known: Known, live: LiveSource): Promise<readonly Offer[]> {
  const { path, isKey, word } = place;
  const [top, flow = '', part, ...rest] = path;
  const last = path.at(-1);
  if (top === 'connections') {
    if (last !== 'connector' || isKey) return [];
    return (await live.connectors()).map(({ name, title }) => ({ name, detail: title, kind: 'connector' }));
  }
  const isMatched = top === 'values' && path.length === 3 && (last === 'from' || last === 'to' || last === 'captions');
  if (!isKey && (isMatched || isStreamPlace(path))) return streamOffers(word, known, live);
  if (top !== 'flows') return [];
  const own = known.flows.get(flow);
  const target = targetOf(own?.targets ?? [], rest);
  if (isKey) {
    const isMap = (part === 'map' && rest.length === 0) || (part === 'to' && last === 'map');
    return isMap ? fieldOffers(await live.fields(target)) : [];
  }
  if (last === 'ref') return [...known.flows.keys()].map((name) => ({ name, detail: '', kind: 'flow' }));
  if (last === 'values') return known.tables.map((name) => ({ name, detail: '', kind: 'table' }));
  if (isExpression(path)) return expressionOffers(word, own?.source, live);
  if (part === 'to' && path.includes('match_on')) return fieldOffers(await live.fields(target));
  return isSourcePlace(path) && own !== undefined ? fieldOffers(await live.fields(own.source)) : [];
}

async function streamOffers(word: string, known: Known, live: LiveSource): Promise<readonly Offer[]> {
  const dot = word.indexOf('.');
  const slots = dot < 0 ? [...known.slots.keys()] : [word.slice(0, dot)];
  const found = await Promise.all(
    slots.map(async (slot) =>
      (await live.streams(slot)).map(({ name, title }) => ({ name: `${slot}.${name}`, title })),
    ),
  );
  const streams = found.flat().map(({ name, title }): Offer => ({ name, detail: title, kind: 'stream' }));
  if (streams.length > 0 || dot >= 0) return streams;
  return slots.map((slot) => ({ name: `${slot}.`, detail: known.slots.get(slot) ?? '', kind: 'slot' }));
}

async function expressionOffers(word: string, source: string | undefined, live: LiveSource): Promise<readonly Offer[]> {
  if (source === undefined || !/\brecord\.[\w]*$/.test(word)) return [];
  return fieldOffers(await live.fields(source)).filter(({ name }) => /^\w+$/.test(name));
}

function fieldOffers(fields: readonly LiveField[]): readonly Offer[] {
  return fields.map(({ name, title, type }) => ({
    name,
    detail: [title, type].filter(Boolean).join(' · '),
    kind: 'field',
  }));
}

function isStreamPlace(path: readonly string[]): boolean {
  const last = path.at(-1);
  if (path[0] !== 'flows') return false;
  if (path[2] === 'from' || path[2] === 'to') return last === 'stream';
  return (
    path[2] === 'steps' && ((path[4] === 'lookup' && last === 'from') || (path[4] === 'enrich' && last === 'with'))
  );
}

function isExpression(path: readonly string[]): boolean {
  const last = path.at(-1);
  if (last === 'expr' || last === 'that') return true;
  return (
    path[2] === 'steps' && ((path[4] === 'where' && path.length === 5) || (path[4] === 'set' && path.length === 6))
  );
}

/** Paths into the record that is read. */
function isSourcePlace(path: readonly string[]): boolean {
  const [, , part, name] = path;
  const last = path.at(-1);
  if (part === 'from') return name === 'key' || name === 'cursor';
  if (part === 'steps') return (path[4] !== 'split' && last === 'key') || last === 'path';
  const depth = part === 'map' ? 4 : part === 'to' ? path.lastIndexOf('map') + 2 : 0;
  if (depth < 4) return false;
  return path.length === depth || (path.length === depth + 1 && (last === 'from' || last === 'by'));
}

function targetOf(targets: readonly string[], rest: readonly string[]): string {
  return (rest[0] === '[]' && targets.length > 1 ? targets[0] : targets[0]) ?? '';
}
