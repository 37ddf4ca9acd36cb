import type { FieldRow } from './field-rows.js';
import type { JsonMap } from './json-map.js';
import { lastMeaningsOf, meaningsOf, plain } from './synonyms.js';

export type Reason = 'code' | 'caption' | 'meaning' | 'relation';

/** A field of the target and what could stand under it. */
export interface Suggestion {
  readonly target: string;
  readonly source: string;
  readonly value: string | JsonMap;
  readonly reason: Reason;
}

/** A flow whose records others may refer to. */
export interface Relation {
  readonly flow: string;
  /** Name of the stream that it reads. */
  readonly stream: string;
}

interface SuggestRequest {
  readonly sources: readonly FieldRow[];
  readonly targets: readonly FieldRow[];
  readonly mapped: ReadonlySet<string>;
  /** Source fields that are mapped already: they have their place. */
  readonly used?: ReadonlySet<string>;
  /** Fields that the engine fills by itself, such as the own-id field. */
  readonly reserved?: ReadonlySet<string>;
  readonly relations?: readonly Relation[];
}

interface Candidate extends Suggestion {
  readonly score: number;
}

const points = { code: 100, caption: 80, meaning: 60, lastWord: 40, relation: 90 } as const;

/**
 * Fields of the target that are not mapped yet, each with the source field that means the same: by code, by caption in
 * any language, by known synonyms, and only where the types go together (with a conversion, where one is needed).
 * Every source field is suggested once at most. Ids of other records are only suggested as references.
 */
export function suggest(request: SuggestRequest): Suggestion[] {
  const { sources, targets, mapped, used = new Set(), reserved = new Set(), relations = [] } = request;
  const open = targets.filter(
    ({ path, isReadOnly }) => !isReadOnly && !mapped.has(path) && !reserved.has(path) && plain(path) !== 'id',
  );
  const candidates = open.flatMap((target) =>
    sources.flatMap((source): Candidate[] => {
      if (used.has(source.path)) return [];
      const found = candidateOf(source, target, relations);
      return found === null ? [] : [found];
    }),
  );
  const taken = { sources: new Set<string>(), targets: new Set<string>() };
  const chosen: Candidate[] = [];
  for (const candidate of candidates.sort((a, b) => b.score - a.score)) {
    if (taken.sources.has(candidate.source) || taken.targets.has(candidate.target)) continue;
    taken.sources.add(candidate.source);
    taken.targets.add(candidate.target);
    chosen.push(candidate);
  }
  const order = new Map(open.map((target, index) => [target.path, index]));
  return chosen
    .sort((a, b) => (order.get(a.target) ?? 0) - (order.get(b.target) ?? 0))
    .map(({ target, source, value, reason }) => ({ target, source, value, reason }));
}

function candidateOf(source: FieldRow, target: FieldRow, relations: readonly Relation[]): Candidate | null {
  const about = { target: target.path, source: source.path };
  const alike = likenessOf(source, target);
  if (alike === null) return null;
  if (isForeignKey(source) || isForeignKey(target)) {
    const relation = relations.find(({ stream }) => meansStream(source.path, stream));
    if (relation === undefined) return null;
    const value = { ref: relation.flow, by: source.path };
    return { ...about, value, reason: 'relation', score: points.relation + alike.score / 100 };
  }
  const value = valueFor(source, target);
  // What lies on top is meant before what lies inside.
  return value === null
    ? null
    : {
        ...about,
        value,
        reason: alike.reason,
        score: alike.score - source.depth * 5 - (typeof value === 'string' ? 0 : 1),
      };
}

function likenessOf(source: FieldRow, target: FieldRow): { reason: Reason; score: number } | null {
  const [from, to] = [lastName(source.path), lastName(target.path)];
  if (source.depth === 0 && plain(from) === plain(to)) return { reason: 'code', score: points.code };
  const captions = [source.title, target.title].filter((title) => title !== null);
  const [first, second] = [source.title ?? from, target.title ?? to];
  if (source.depth === 0 && captions.length > 0 && plain(first) === plain(second)) {
    return { reason: 'caption', score: points.caption };
  }
  const [names, wanted] = [
    [topName(source), ...(source.title === null ? [] : [source.title])],
    [to, ...(target.title === null ? [] : [target.title])],
  ];
  if (shares(names.flatMap(meaningsOf), wanted.flatMap(meaningsOf)))
    return { reason: 'meaning', score: points.meaning };
  const all = (texts: readonly string[]) => texts.flatMap((text) => [...meaningsOf(text), ...lastMeaningsOf(text)]);
  return shares(all(names), all(wanted)) ? { reason: 'meaning', score: points.lastWord } : null;
}

function shares(some: readonly string[], others: readonly string[]): boolean {
  return some.some((each) => others.includes(each));
}

/** `phones[0].value` means what `phones` means; `address.city` what `city` means. */
function topName({ path, depth }: FieldRow): string {
  const member = lastName(path);
  return depth > 0 && /^(value|VALUE)$/.test(member) ? path.replace(/\[.*$/, '') : member;
}

function lastName(path: string): string {
  return (path.split('.').at(-1) ?? path).replace(/\[\d+\]$/, '').replace(/^.*\['(.*)'\]$/, '$1');
}

/** Ids of other records and of people; what they are called at the other side is another matter. */
function isForeignKey({ path, depth }: FieldRow): boolean {
  if (depth > 0 || isNumberOf(path)) return false;
  return /(_ids?|_IDS?|Ids?|_by|_BY)$/.test(path) || meaningsOf(path).includes('owner');
}

/** Ids that are no ids of records: tax numbers, codes of currencies. */
function isNumberOf(path: string): boolean {
  return (
    [...meaningsOf(path), ...lastMeaningsOf(path), ...lastMeaningsOf(path.replace(/_id$/i, ''))].some(
      (meaning) => meaning === 'taxid' || meaning === 'currency',
    ) || /(^|_)tax_id$/i.test(path)
  );
}

/** `COMPANY_ID` means `companies`. */
function meansStream(path: string, stream: string): boolean {
  const one = plain(path.replace(/(_ids?|_IDS?|Ids?)$/, ''));
  const many = plain(stream);
  const singular = many.endsWith('ies') ? `${many.slice(0, -3)}y` : many.replace(/s$/, '');
  return one !== '' && (one === many || one === singular);
}

const textual = new Set(['text', 'phone', 'email', 'any']);
const numeric = new Set(['integer', 'decimal', 'money']);
const timely = new Set(['date', 'datetime']);

/** What stands under the target so that the types go together; null where they cannot. */
export function valueFor(source: FieldRow, target: FieldRow): string | JsonMap | null {
  const [from, to] = [source.type, target.type];
  // What each account has put into its own fields is not the same because both are called `custom`.
  if (plain(source.path) === 'custom') return null;
  const converted = (as: string): JsonMap => ({ from: source.path, as });
  // A list of groups of fields has a shape of its own at each vendor.
  if (from === 'list' && source.samples[0]?.startsWith('[{') === true) return null;
  if (from === to || to === 'any' || from === 'any') return source.path;
  if (from === 'object' || to === 'object') return null;
  if (to === 'list') return converted('list');
  if (from === 'list') return null;
  if (textual.has(to))
    return textual.has(from) || timely.has(from) || from === 'money' || from === 'decimal'
      ? source.path
      : converted('text');
  if (numeric.has(to)) {
    if (to === 'integer') return numeric.has(from) || from === 'text' ? converted('integer') : null;
    return numeric.has(from) ? source.path : from === 'text' ? converted('decimal') : null;
  }
  if (timely.has(to)) return timely.has(from) || from === 'text' ? converted(to) : null;
  return to === 'boolean' && (from === 'text' || numeric.has(from)) ? converted('boolean') : null;
}
