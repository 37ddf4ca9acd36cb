import { Failure } from '../../core/failures.js';
import type { JsonValue } from '../../core/json.js';
import { keyText } from '../../core/record.js';
import { compileExpression } from '../expressions/expression.js';
import type { ProducedRef, ResolvedValueTables, Work } from '../plan/compiled.js';
import type { FieldPlan, RefSource } from '../plan/plan.js';
import { compileCast } from './casts.js';
import { reject } from './failures.js';
import { compilePath, showPath } from './paths.js';

/** The value to write: undefined leaves the field alone, null clears it. Throws a `Rejection`. */
export type FieldRun = (work: Work) => JsonValue | undefined;

export function compileField(field: FieldPlan, values: ResolvedValueTables): FieldRun {
  const source = compileSource(field);
  const translate = field.values === null ? null : compileTable(field, values);
  const cast = field.as === null ? null : compileCast(field.as, field.field);
  const fallback = field.fallback === null ? undefined : field.fallback.value;
  const hasFallback = field.fallback !== null;
  if (translate === null && cast === null) return hasFallback ? (work) => source(work) ?? fallback : source;
  return (work) => {
    let value = source(work);
    if (translate !== null && value !== undefined && value !== null) value = translate(value);
    if (value === undefined || value === null) return hasFallback ? fallback : value;
    return cast === null ? value : cast(value, work);
  };
}

function compileSource(field: FieldPlan): FieldRun {
  const { source } = field;
  switch (source.kind) {
    case 'path': {
      const read = compilePath(source.path);
      return (work) => read(work.record);
    }
    case 'value': {
      const { value } = source;
      return () => value;
    }
    case 'expr':
      return compileExpressionField(source.expr, field.fallback !== null);
    case 'ref':
      throw new Failure('engine/bug', { message: 'A reference was compiled as a value.', hint: 'Report this.' });
  }
}

/** What the expression throws is turned into a rejection where the field is known, once for the whole record. */
function compileExpressionField(text: string, isOptional: boolean): FieldRun {
  const expression = expressionOf(text);
  return isOptional ? expression.evaluateSoft : expression.evaluate;
}

export function expressionOf(text: string): NonNullable<ReturnType<typeof compileExpression>['expression']> {
  const { expression, problems } = compileExpression(text);
  if (expression) return expression;
  throw new Failure('definition/invalid', {
    message: problems[0]?.message ?? 'An expression cannot be compiled.',
    hint: problems[0]?.hint ?? 'Check the definition with `pipewright check`.',
  });
}

function compileTable(field: FieldPlan, values: ResolvedValueTables): (value: JsonValue) => JsonValue | undefined {
  const name = field.values ?? '';
  const table = Object.hasOwn(values, name) ? values[name] : undefined;
  if (!table) {
    throw new Failure('definition/invalid', {
      message: `The value table \`${name}\` is not known.`,
      hint: 'Check the definition with `pipewright check`.',
    });
  }
  const entries = new Map(Object.entries(table));
  const one = (value: JsonValue): JsonValue | undefined => {
    const key = keyText(value);
    const found = key === null ? undefined : entries.get(key);
    if (found !== undefined || field.fallback !== null) return found;
    return reject(
      'map/unmapped_value',
      `The value ${shownCode(key)} of \`${field.field}\` is not in the value table \`${name}\`.`,
      `Add it to \`values.${name}\`, or give the field a \`default:\`.`,
    );
  };
  return (value) => {
    if (!Array.isArray(value)) return one(value);
    const mapped = value.map((each) => one(each));
    return mapped.filter((each) => each !== undefined);
  };
}

/** Codes of lists are shown, anything that may be personal is not. */
function shownCode(key: string | null): string {
  return key !== null && /^[A-Za-z0-9_:.-]{1,40}$/.test(key) && !/\d{7,}/.test(key) ? `\`${key}\`` : '(not shown)';
}

export type RefRun = (work: Work) => ProducedRef;

/** A reference: the source keys that the engine turns into ids of the target. */
export function compileRef(field: string, source: RefSource, names: ReadonlySet<string>): RefRun {
  const read = compileNamedPath(source.by, names);
  const keyOf = (value: JsonValue): string => {
    const key = keyText(value);
    if (key !== null) return key;
    return reject(
      'map/invalid_value',
      `The reference for \`${field}\` finds something at \`${showPath(source.by)}\` that is no key.`,
      'A reference needs text or a number, or a list of them.',
    );
  };
  return (work) => {
    const value = read(work);
    if (value === undefined) return { field, source, keys: [], isCleared: false, isList: false };
    if (value === null || value === '') return { field, source, keys: [], isCleared: true, isList: false };
    if (!Array.isArray(value)) return { field, source, keys: [keyOf(value)], isCleared: false, isList: false };
    const members = value.filter((each) => each !== null && each !== '');
    return { field, source, keys: members.map(keyOf), isCleared: false, isList: true };
  };
}

/** A path that may begin with a name made by a step: used where no expression can stand (`key`, `by`). */
export function compileNamedPath(
  path: RefSource['by'],
  names: ReadonlySet<string>,
): (work: Work) => JsonValue | undefined {
  const read = compilePath(path);
  const [first] = path;
  if (typeof first !== 'string' || !names.has(first)) return (work) => read(work.record);
  // Steps make JSON values only: answers, parts of the record, results of expressions.
  return (work) => read(work.names as Record<string, JsonValue>);
}
