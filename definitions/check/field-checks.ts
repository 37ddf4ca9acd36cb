import type { StreamDeclaration } from '../../connectors/kit/contract.js';
import { isRegion } from '../expressions/functions/contacts.js';
import { placesOfCurrency } from '../expressions/functions/values.js';
import type { Definition } from '../schema/definition.js';
import { didYouMean } from '../text/nearest.js';
import type { TextPath } from '../text/problem.js';
import { declaredField } from './field-names.js';
import { parseRef } from './paths.js';
import type { Partly } from './prune.js';
import { checkRefTarget } from './ref-checks.js';
import type { FlowScope } from './scope.js';

export type PartlyMap = Partly<NonNullable<Definition['flows'][string]['map']>>;
type PartlyField = Exclude<NonNullable<PartlyMap[string]>, string>;

interface MapTarget {
  readonly declaration: StreamDeclaration | null;
  readonly target: { readonly create_fields?: readonly (string | undefined)[] };
  readonly stream: string;
}

/** Checks a mapping: its target names, and what each field is made of. */
export function checkMap(scope: FlowScope, map: PartlyMap, target: MapTarget | null, path: TextPath): void {
  const taken = new Map<string, string>();
  for (const [name, field] of Object.entries(map)) {
    const place = [...path, name];
    if (target?.declaration) checkTargetName(scope, name, { ...target, declaration: target.declaration }, taken, place);
    if (typeof field === 'string') scope.path(field, place);
    else if (field) checkFieldObject(scope, field, place);
  }
}

function checkTargetName(
  scope: FlowScope,
  name: string,
  { declaration, target, stream }: MapTarget & { declaration: StreamDeclaration },
  taken: Map<string, string>,
  path: TextPath,
): void {
  const { reporter } = scope.context;
  const field = declaredField(declaration, name);
  if (field?.isReadOnly === true) {
    reporter.report('definition/read_only_field', path, {
      at: 'key',
      message: `The field \`${name}\` of stream \`${stream}\` cannot be written.`,
      hint: 'The vendor fills it; remove it from `map`.',
    });
  }
  if (!field && !declaration.isOpen && target.create_fields?.includes(name) !== true) {
    const known = declaration.fields.filter((each) => each.isReadOnly !== true).map((each) => each.name);
    reporter.report('definition/unknown_field', path, {
      at: 'key',
      message: `The field \`${name}\` is not known in stream \`${stream}\`.`,
      hint: didYouMean(name, known, 'fields'),
    });
  }
  const before = taken.get(field?.name ?? name);
  if (before !== undefined) {
    reporter.report('definition/duplicate_key', path, {
      at: 'key',
      message: `\`${name}\` and \`${before}\` are the same field of stream \`${stream}\`.`,
      hint: 'Keep one of the two.',
    });
  }
  taken.set(field?.name ?? name, name);
}

const sources = ['from', 'expr', 'value', 'ref'] as const;
const refKeys = ['by', 'missing', 'late'] as const;
const valueKeys = ['values', 'as', 'currency', 'region', 'default'] as const;

function checkFieldObject(scope: FlowScope, field: PartlyField, path: TextPath): void {
  const { reporter } = scope.context;
  const given = sources.filter((name) => scope.context.has([...path, name]));
  if (given.length !== 1) {
    const found = given.length === 0 ? 'none of them' : given.map((name) => `\`${name}\``).join(' and ');
    reporter.report('definition/one_of', path, {
      at: 'key',
      message: `A field has exactly one of \`from\`, \`expr\`, \`value\` and \`ref\`; this one has ${found}.`,
      hint: 'Keep the one that gives the value.',
    });
  }
  const isRef = Object.hasOwn(field, 'ref');
  for (const name of isRef ? valueKeys : refKeys) {
    if (!Object.hasOwn(field, name)) continue;
    reporter.report('definition/one_of', [...path, name], {
      at: 'key',
      message: `\`${name}\` ${isRef ? 'does not go together with `ref`' : 'has a meaning only with `ref`'}.`,
      hint: isRef
        ? 'A reference is written as the id of the other record; use `missing` for what is not there.'
        : 'Remove it.',
    });
  }
  if (field.from !== undefined) scope.path(field.from, [...path, 'from']);
  if (field.expr !== undefined) scope.expression(field.expr, [...path, 'expr']);
  if (isRef) checkRef(scope, field, path);
  checkTable(scope, field, path);
  checkCast(scope, field, path);
}

function checkRef(scope: FlowScope, field: PartlyField, path: TextPath): void {
  if (field.ref === undefined) return;
  const ref = parseRef(field.ref);
  if (!ref) {
    scope.context.reporter.report('definition/bad_path', [...path, 'ref'], {
      message: `The reference \`${field.ref}\` cannot be read.`,
      hint: 'Write `<flow>`, `<flow>:<target>` or `<pipeline>/<flow>`.',
    });
  } else checkRefTarget(scope.context, ref, [...path, 'ref']);
  if (!scope.context.has([...path, 'by'])) {
    scope.context.reporter.report('definition/missing_key', path, {
      at: 'key',
      message: 'A reference has no `by`.',
      hint: 'Add `by:` with the path of the source key that is referred to.',
    });
  } else scope.path(field.by, [...path, 'by'], true);
}

function checkTable(scope: FlowScope, field: PartlyField, path: TextPath): void {
  const { context } = scope;
  if (field.values === undefined) return;
  context.usedTables.add(field.values);
  if (context.tableNames.includes(field.values)) return;
  context.reporter.report('definition/unknown_table', [...path, 'values'], {
    message: `The value table \`${field.values}\` is not under \`values\`.`,
    hint: didYouMean(field.values, context.tableNames, 'value tables'),
  });
}

function checkCast(scope: FlowScope, field: PartlyField, path: TextPath): void {
  const { reporter } = scope.context;
  if (field.as === 'money' && !scope.context.has([...path, 'currency'])) {
    reporter.report('definition/missing_key', [...path, 'as'], {
      message: '`as: money` has no `currency`.',
      hint: 'Add `currency:` with a code such as `PLN`, or the path of the field that holds it.',
    });
  }
  for (const [name, cast] of [
    ['currency', 'money'],
    ['region', 'phone'],
  ] as const) {
    if (field[name] === undefined || field.as === cast) continue;
    reporter.report('definition/one_of', [...path, name], {
      at: 'key',
      message: `\`${name}\` has a meaning only with \`as: ${cast}\`.`,
      hint: `Add \`as: ${cast}\`, or remove it.`,
    });
  }
  if (field.currency !== undefined && !isCurrencyCode(field.currency))
    scope.path(field.currency, [...path, 'currency']);
  if (field.region !== undefined && !isRegion(field.region)) {
    reporter.report('definition/wrong_value', [...path, 'region'], {
      message: `The country \`${field.region}\` does not exist.`,
      hint: 'Write its two capital letters, such as `PL` or `RO`.',
    });
  }
}

/** Three capital letters are a code; a field with such a name is quoted as a path. */
export function isCurrencyCode(text: string): boolean {
  return placesOfCurrency(text) !== null;
}
