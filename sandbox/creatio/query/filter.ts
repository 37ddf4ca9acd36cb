import type { Json, JsonObject } from '../../kit/json.js';
import { parseMoment } from '../moment.js';
import type { EntitySpec } from '../schema/model.js';
import { guidKey } from '../store.js';
import type { CreatioSettings } from '../switches.js';
import { callTerm } from './functions.js';
import { incompatible, QueryProblem } from './problems.js';
import type { Paths, Term } from './terms.js';
import { syntaxError, type Token, tokens } from './tokens.js';

/** True, false, or null where the database would say "unknown". */
export type Truth = boolean | null;

/** A condition on records. */
export interface Condition {
  readonly holds: (record: JsonObject) => Truth;
  /** What an index can use of it. */
  readonly hint: Hint;
}

/** Part of a condition that narrows the rows down before they are read. */
export type Hint =
  | { readonly kind: 'none' }
  /** Only rows with one of these values in an own property. */
  | { readonly kind: 'values'; readonly property: string; readonly values: readonly string[] }
  /** Only rows at or after this value (stored text) of Id or ModifiedOn. */
  | { readonly kind: 'from'; readonly property: 'Id' | 'ModifiedOn'; readonly least: string };

const NO_HINT: Hint = { kind: 'none' };

const OPERATORS: Readonly<Record<string, string>> = {
  eq: 'Equal',
  ne: 'NotEqual',
  gt: 'GreaterThan',
  ge: 'GreaterThanOrEqual',
  lt: 'LessThan',
  le: 'LessThanOrEqual',
};

/** Reads a `$filter`. Throws QueryProblem; flat lookup columns are noted in `paths.failure`. */
export function parseFilter(source: string, entity: EntitySpec, paths: Paths, settings: CreatioSettings): Condition {
  return new FilterReader(source, entity, paths, settings).whole();
}

class FilterReader {
  readonly #source: string;
  readonly #tokens: Token[];
  readonly #entity: EntitySpec;
  readonly #paths: Paths;
  readonly #settings: CreatioSettings;
  #next = 0;

  constructor(source: string, entity: EntitySpec, paths: Paths, settings: CreatioSettings) {
    this.#source = source;
    this.#tokens = tokens(source);
    this.#entity = entity;
    this.#paths = paths;
    this.#settings = settings;
  }

  whole(): Condition {
    const condition = this.#or();
    if (this.#peek.kind !== 'end') throw syntaxError(this.#source, this.#peek.at);
    return condition;
  }

  get #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', at: this.#source.length };
  }

  #take(): Token {
    const token = this.#peek;
    this.#next += 1;
    return token;
  }

  #takeWord(word: string): boolean {
    const { kind, text } = this.#peek;
    if (kind !== 'word' || text !== word) return false;
    this.#next += 1;
    return true;
  }

  #takeMark(mark: string): boolean {
    const { kind, text } = this.#peek;
    if (kind !== 'mark' || text !== mark) return false;
    this.#next += 1;
    return true;
  }

  #or(): Condition {
    let left = this.#and();
    while (this.#takeWord('or')) {
      const [one, other] = [left, this.#and()];
      left = {
        holds: (record) => either(one.holds(record), () => other.holds(record)),
        hint: united(one.hint, other.hint, this.#settings),
      };
    }
    return left;
  }

  #and(): Condition {
    let left = this.#not();
    while (this.#takeWord('and')) {
      const [one, other] = [left, this.#not()];
      left = {
        holds: (record) => both(one.holds(record), () => other.holds(record)),
        hint: one.hint.kind === 'none' || other.hint.kind === 'values' ? other.hint : one.hint,
      };
    }
    return left;
  }

  #not(): Condition {
    if (!this.#takeWord('not')) return this.#primary();
    const inner = this.#not();
    return {
      holds: (record) => {
        const truth = inner.holds(record);
        return truth === null ? null : !truth;
      },
      hint: NO_HINT,
    };
  }

  #primary(): Condition {
    if (this.#takeMark('(')) {
      const inner = this.#or();
      this.#expect(')');
      return inner;
    }
    const left = this.#term();
    const { kind, text, at } = this.#peek;
    if (kind === 'word' && OPERATORS[text] !== undefined) {
      this.#take();
      return this.#comparison(text, left, this.#term());
    }
    if (kind === 'word' && text !== 'and' && text !== 'or') throw syntaxError(this.#source, at);
    if (left.edm !== 'Edm.Boolean')
      throw new QueryProblem('The $filter expression must evaluate to a single boolean value.');
    return { holds: (record) => left.value(record) === true, hint: NO_HINT };
  }

  #term(): Term {
    const token = this.#take();
    switch (token.kind) {
      case 'text':
        return literal('Edm.String', token.text.slice(1, -1).replaceAll("''", "'"));
      case 'guid':
        return literal('Edm.Guid', token.text.toLowerCase());
      case 'number':
        return literal('Edm.Decimal', Number(token.text.replace(/[a-z]$/i, '')));
      case 'moment':
        return momentLiteral(token, this.#source);
      case 'word':
        return this.#wordTerm(token);
      default:
        throw syntaxError(this.#source, token.at);
    }
  }

  #wordTerm(token: Token): Term {
    if (token.text === 'true' || token.text === 'false') return literal('Edm.Boolean', token.text === 'true');
    if (token.text === 'null') return literal(null, null);
    if (!this.#takeMark('(')) return this.#paths.term(this.#entity, token.text);
    const given: Term[] = [];
    do given.push(this.#term());
    while (this.#takeMark(','));
    this.#expect(')');
    return callTerm(token.text, given, this.#settings);
  }

  #expect(mark: string): void {
    const token = this.#take();
    if (token.kind !== 'mark' || token.text !== mark) throw syntaxError(this.#source, token.at);
  }

  #comparison(operator: string, left: Term, right: Term): Condition {
    if (!canCompare(left.edm, right.edm))
      throw incompatible(left.edm ?? '', right.edm ?? '', OPERATORS[operator] ?? '');
    const compare = comparer(left.edm ?? right.edm ?? '', this.#settings);
    const isNull = left.edm === null || right.edm === null;
    return {
      holds: (record) => {
        const [one, other] = [left.value(record), right.value(record)];
        if (isNull) return operator === 'eq' ? one === other : operator === 'ne' ? one !== other : null;
        if (one === null || other === null) return null;
        return decided(operator, compare(one, other));
      },
      hint: hintOf(operator, left, right),
    };
  }
}

function literal(edm: string | null, value: Json): Term {
  return { edm, literal: value, value: () => value };
}

function momentLiteral(token: Token, source: string): Term {
  const value = parseMoment(token.text, !token.text.includes('T'));
  if (value === undefined)
    throw new QueryProblem(
      `Unrecognized 'Edm.DateTimeOffset' literal '${token.text}' at '${token.at}' in '${source}'.`,
    );
  return literal('Edm.DateTimeOffset', value);
}

const NUMBERS: ReadonlySet<string> = new Set(['Edm.Int32', 'Edm.Decimal']);

function canCompare(left: string | null, right: string | null): boolean {
  if (left === null || right === null || left === right) return true;
  return NUMBERS.has(left) && NUMBERS.has(right);
}

/** How two values of a type are compared: negative, zero or positive. */
export function comparer(edm: string, settings: CreatioSettings): (one: Json, other: Json) => number {
  if (NUMBERS.has(edm)) return (one, other) => Number(one) - Number(other);
  if (edm === 'Edm.Boolean') return (one, other) => Number(one) - Number(other);
  const key = (value: Json): string => {
    if (edm === 'Edm.Guid') return guidKey(String(value), settings.database);
    return edm === 'Edm.String' && settings.case === 'insensitive' ? String(value).toLowerCase() : String(value);
  };
  return (one, other) => {
    const [first, second] = [key(one), key(other)];
    return first < second ? -1 : first > second ? 1 : 0;
  };
}

function decided(operator: string, order: number): boolean {
  switch (operator) {
    case 'eq':
      return order === 0;
    case 'ne':
      return order !== 0;
    case 'gt':
      return order > 0;
    case 'ge':
      return order >= 0;
    case 'lt':
      return order < 0;
    default:
      return order <= 0;
  }
}

function hintOf(operator: string, left: Term, right: Term): Hint {
  const { ownProperty } = left;
  const value = right.literal;
  if (ownProperty === undefined || typeof value !== 'string') return NO_HINT;
  if (operator === 'eq' && value !== '' && (left.edm === 'Edm.String' || left.edm === 'Edm.Guid'))
    return { kind: 'values', property: ownProperty, values: [value] };
  const isLower = operator === 'gt' || operator === 'ge' || operator === 'eq';
  if (isLower && (ownProperty === 'Id' || ownProperty === 'ModifiedOn'))
    return { kind: 'from', property: ownProperty, least: value };
  return NO_HINT;
}

/** What holds for rows of either side. */
function united(one: Hint, other: Hint, settings: CreatioSettings): Hint {
  if (one.kind === 'values' && other.kind === 'values' && one.property === other.property)
    return { ...one, values: [...one.values, ...other.values] };
  if (one.kind === 'from' && other.kind === 'from' && one.property === other.property) {
    const key = (text: string) => (one.property === 'Id' ? guidKey(text, settings.database) : text);
    return key(one.least) <= key(other.least) ? one : other;
  }
  return NO_HINT;
}

function both(one: Truth, other: () => Truth): Truth {
  if (one === false) return false;
  const second = other();
  return second === false ? false : one === null || second === null ? null : true;
}

function either(one: Truth, other: () => Truth): Truth {
  if (one === true) return true;
  const second = other();
  return second === true ? true : one === null || second === null ? null : false;
}
