import { type Department, type Kind, kinds, type Sheet, sheet, type Value } from './model.js';

type ByKind<Content> = Readonly<Partial<Record<Kind, Content>>>;

/** What a migration decides: how the target says what the source says, and what it cannot say. */
export interface Terms {
  /** Fields of the source under the names the target has for them; null = the target cannot hold it. */
  readonly fields?: ByKind<Readonly<Record<string, string | null>>>;
  /** Fields that the target fills by itself. */
  readonly ownFields?: ByKind<readonly string[]>;
  /** Values of a field (by its name at the source) that are called otherwise at the target. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Kinds of phones and e-mails that the target does not tell apart. */
  readonly ways?: Readonly<Record<string, string>>;
  /** Colleagues who work at both sides, and who gets the records of the others. */
  readonly colleagues: { readonly known: readonly string[]; readonly instead: string | null };
  /** Anything else, in plain code; before all others. */
  readonly adapt?: ByKind<
    (fields: Sheet['fields'], name: string) => Readonly<Record<string, Value | null | undefined>>
  >;
  /** What a record is called at the target, where that is something else. */
  readonly names?: ByKind<(sheet: Sheet) => string>;
}

/** What the target should hold when all of the source was moved. */
export function inTermsOf(source: Department, terms: Terms): Department {
  return eachKind(source, (kind, one) => {
    const adapted = sheet(one.name, terms.adapt?.[kind]?.(one.fields, one.name) ?? one.fields);
    const fields: Record<string, Value | null> = {};
    for (const [name, value] of Object.entries(adapted.fields)) {
      const renamed = terms.fields?.[kind]?.[name];
      if (renamed !== null) fields[renamed ?? name] = translated(name, value, terms);
    }
    return sheet(terms.names?.[kind]?.(one) ?? one.name, fields);
  });
}

/** What the target holds, without what it made up itself. */
export function withoutOwn(target: Department, terms: Terms): Department {
  return eachKind(target, (kind, one) => {
    const own = new Set(terms.ownFields?.[kind] ?? []);
    return sheet(one.name, Object.fromEntries(Object.entries(one.fields).filter(([name]) => !own.has(name))));
  });
}

function translated(name: string, value: Value, { values, ways, colleagues }: Terms): Value | null {
  if (Array.isArray(value) && (name === 'phones' || name === 'emails'))
    return value.map((way) => String(way).replace(/^\S+/, (kind) => ways?.[kind] ?? kind));
  if (Array.isArray(value)) return value.map((member) => values?.[name]?.[String(member)] ?? member);
  if (name === 'owner') return colleagues.known.includes(String(value)) ? value : colleagues.instead;
  return values?.[name]?.[String(value)] ?? value;
}

function eachKind(department: Department, change: (kind: Kind, one: Sheet) => Sheet): Department {
  const changed = Object.fromEntries(kinds.map((kind) => [kind, department[kind].map((one) => change(kind, one))]));
  return changed as Record<Kind, Sheet[]>;
}
