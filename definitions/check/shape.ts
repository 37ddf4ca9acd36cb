import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { TSchema } from 'typebox';
import { isJsonObject, type JsonValue } from '../../core/json.js';
import { captionTableSchema, definitionSchema, fixedTableSchema, matchedTableSchema } from '../schema/definition.js';
import { didYouMean } from '../text/nearest.js';
import type { TextPath } from '../text/problem.js';
import type { ProblemCode } from './problems.js';
import type { Finding } from './reporter.js';
import { patternProblem } from './shape-patterns.js';

/** One way in which a value does not fit the grammar. */
export interface ShapeProblem extends Finding {
  readonly code: ProblemCode;
  readonly path: TextPath;
  /** What must be left out so that the rest can be looked at; null where something is merely missing. */
  readonly prune: TextPath | null;
}

// The schemas are our own and a test checks them; checking them again would double the time of a first check.
const ajv = new Ajv2020({
  allErrors: true,
  strict: true,
  strictTypes: false,
  verbose: true,
  validateFormats: false,
  validateSchema: false,
  code: { optimize: false },
});
const validators = new Map<TSchema, ValidateFunction>();

/** More than anyone will read; a hostile text could have thousands. */
export const mostProblems = 500;

/** Checks a whole definition against the grammar. The text limits bound what comes here. */
export function definitionShape(value: JsonValue): ShapeProblem[] {
  return shapeProblems(definitionSchema, value, []);
}

/** A value table is matched when it has `from`, `to` and `match`; anything else is a fixed one. */
export function isMatchedTable(table: unknown): boolean {
  return isJsonObject(table) && ['from', 'to', 'match'].every((key) => Object.hasOwn(table, key));
}

/** A value table with `captions` and `field` is the vendor's own list of a field. */
export function isCaptionTable(table: unknown): boolean {
  return isJsonObject(table) && ['captions', 'field'].every((key) => Object.hasOwn(table, key));
}

export function tableShape(value: JsonValue, path: TextPath): ShapeProblem[] {
  const schema = isCaptionTable(value)
    ? captionTableSchema
    : isMatchedTable(value)
      ? matchedTableSchema
      : fixedTableSchema;
  return shapeProblems(schema, value, path);
}

function shapeProblems(schema: TSchema, value: JsonValue, base: TextPath): ShapeProblem[] {
  let validate = validators.get(schema);
  if (!validate) {
    validate = ajv.compile(schema);
    validators.set(schema, validate);
  }
  if (validate(value)) return [];
  return relevant(validate.errors ?? [])
    .slice(0, mostProblems)
    .map((error) => explain(error, [...base, ...pathOf(error.instancePath, value)]));
}

/**
 * Alternatives (`anyOf`) differ by their JSON type: of the errors inside one only those of the branch that was meant
 * are kept, and where no branch has the value's type, only the error of the alternative itself.
 */
function relevant(errors: readonly ErrorObject[]): ErrorObject[] {
  const dropped = new Map<string, string[]>();
  const settled = new Set<ErrorObject>();
  for (const error of errors) {
    if (error.keyword !== 'anyOf') continue;
    const branches = error.schema as readonly { readonly type?: unknown }[];
    const meant = branches.findIndex((branch) => branch.type === typeOf(error.data));
    const others = branches
      .map((_branch, index) => `${error.schemaPath}/${index}/`)
      .filter((_path, index) => index !== meant);
    dropped.set(error.instancePath, [...(dropped.get(error.instancePath) ?? []), ...others]);
    if (meant >= 0) settled.add(error);
  }
  return errors.filter((error) => {
    if (settled.has(error) || (error.propertyName !== undefined && error.keyword !== 'propertyNames')) return false;
    return !placesAbove(error.instancePath).some((place) =>
      dropped.get(place)?.some((branch) => error.schemaPath.startsWith(branch)),
    );
  });
}

/** A place and all that hold it: `/a/b`, `/a`, ``. */
function placesAbove(place: string): string[] {
  const places = [place];
  for (let at = place.lastIndexOf('/'); at >= 0; at = place.lastIndexOf('/', at - 1)) {
    places.push(place.slice(0, at));
    if (at === 0) break;
  }
  return places;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

function pathOf(pointer: string, value: JsonValue): (string | number)[] {
  const path: (string | number)[] = [];
  let current: JsonValue | undefined = value;
  for (const raw of pointer.split('/').slice(1)) {
    const name = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    const isIndex = Array.isArray(current);
    path.push(isIndex ? Number(name) : name);
    current = isJsonObject(current) ? current[name] : Array.isArray(current) ? current[Number(name)] : undefined;
  }
  return path;
}

function explain(error: ErrorObject, path: TextPath): ShapeProblem {
  const params = error.params as Record<string, unknown>;
  const place = path.length === 0 ? 'The definition' : `\`${String(path[path.length - 1])}\``;
  const schema = error.parentSchema as { properties?: Record<string, unknown>; title?: string } | undefined;
  const value = (code: ProblemCode, message: string, hint: string): ShapeProblem => ({
    code,
    path,
    prune: path,
    message,
    hint,
  });
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(path, String(params.additionalProperty), schema);
    case 'required': {
      const name = String(params.missingProperty);
      const about = describe(schema?.properties?.[name]);
      return {
        code: 'definition/missing_key',
        path,
        prune: null,
        at: 'key',
        message: `${place} has no \`${name}\`.`,
        hint: `Add \`${name}:\`${about ? `, ${about}` : ''}.`,
      };
    }
    case 'type':
    case 'anyOf':
      return value(
        'definition/wrong_type',
        `${place} is ${named(error.data)}, but ${wanted(error)} is needed here.`,
        hintOf(schema),
      );
    case 'enum': {
      const allowed = (params.allowedValues as readonly unknown[]).map(String);
      return value(
        'definition/wrong_value',
        `The value ${shown(error.data)} is not allowed for ${place}.`,
        didYouMean(String(error.data), allowed, 'values'),
      );
    }
    case 'pattern':
    case 'propertyNames':
      return patternProblem(error, path);
    case 'maxProperties':
    case 'minProperties':
      return countProblem(error, path, place, schema);
    case 'minLength':
    case 'minItems':
      return value('definition/missing_key', `${place} is empty.`, hintOf(schema));
    case 'minimum':
    case 'maximum':
      return value(
        'definition/bad_duration',
        `The number ${shown(error.data)} for ${place} must be ${String(params.comparison)} ${String(params.limit)}.`,
        hintOf(schema),
      );
    default:
      return value('definition/wrong_value', `${place} ${error.message ?? 'does not fit'}.`, hintOf(schema));
  }
}

function unknownKey(
  path: TextPath,
  name: string,
  schema: { properties?: Record<string, unknown>; title?: string } | undefined,
): ShapeProblem {
  const where = schema?.title ? ` of ${schema.title.toLowerCase()}` : '';
  return {
    code: 'definition/unknown_key',
    path: [...path, name],
    prune: [...path, name],
    at: 'key',
    message: `The key \`${name}\` is not known here.`,
    hint: didYouMean(name, Object.keys(schema?.properties ?? {}), `keys${where}`),
  };
}

function countProblem(
  error: ErrorObject,
  path: TextPath,
  place: string,
  schema: { properties?: Record<string, unknown>; title?: string } | undefined,
): ShapeProblem {
  const keys = Object.keys(schema?.properties ?? {});
  const isStep = schema?.title === 'Step';
  const found = isJsonObject(error.data)
    ? Object.keys(error.data)
        .map((key) => `\`${key}\``)
        .join(', ')
    : '';
  if (error.keyword === 'maxProperties' && isStep) {
    return {
      code: 'definition/one_of',
      path,
      prune: path,
      message: `A step has exactly one key, but this one has ${found}.`,
      hint: 'Write each as a step of its own, with its own dash.',
    };
  }
  return {
    code: 'definition/missing_key',
    path,
    prune: path,
    message: `${isStep ? 'The step' : place} is empty.`,
    hint: keys.length > 0 ? `Known keys: ${keys.slice(0, 14).join(', ')}.` : hintOf(schema),
  };
}

function describe(schema: unknown): string | null {
  const text = (schema as { description?: unknown } | undefined)?.description;
  return typeof text === 'string' ? text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '') : null;
}

function hintOf(schema: unknown): string {
  const text = (schema as { description?: unknown } | undefined)?.description;
  return typeof text === 'string' ? text : 'See docs/definitions.md for this place.';
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'a map',
  array: 'a list',
  null: 'null',
};

function wanted(error: ErrorObject): string {
  const types =
    error.keyword === 'anyOf'
      ? (error.schema as readonly { type?: unknown }[]).map((branch) => branch.type)
      : [(error.params as { type: unknown }).type].flat();
  return types.map((type) => typeNames[String(type)] ?? String(type)).join(' or ');
}

function named(data: unknown): string {
  if (data === null) return 'empty';
  return typeNames[typeOf(data)] ?? 'something else';
}

export function shown(data: unknown): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return `\`${text.length > 60 ? `${text.slice(0, 60)}...` : text}\``;
}
