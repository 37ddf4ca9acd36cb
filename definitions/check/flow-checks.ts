import { dyn, type ExprType, listOf, objectType, recordType } from '../expressions/types.js';
import type { Definition } from '../schema/definition.js';
import { didYouMean } from '../text/nearest.js';
import type { TextPath } from '../text/problem.js';
import { type CheckContext, checkField, type FoundStream, findStream, listOfTexts } from './context.js';
import { checkMap } from './field-checks.js';
import { parseStream } from './paths.js';
import type { Partly } from './prune.js';
import { FlowScope } from './scope.js';
import { checkTarget } from './target-checks.js';

export type PartlyFlow = Partly<Definition['flows'][string]>;
type PartlySource = NonNullable<PartlyFlow['from']>;
type PartlyStep = NonNullable<NonNullable<PartlyFlow['steps']>[number]>;

/** Checks one flow from its source to its targets. */
export function checkFlow(context: CheckContext, name: string, flow: PartlyFlow): void {
  const path = ['flows', name];
  const source = checkSource(context, flow.from, [...path, 'from']);
  const title = source ? `stream \`${source.slot}.${source.stream}\`` : 'the record';
  const scope = new FlowScope(context, recordType(source?.declaration ?? null, title));
  flow.steps?.forEach((step, index) => {
    if (step) checkStep(scope, step, [...path, 'steps', index]);
  });
  checkTargets(scope, flow, source, path);
  scope.reportUnused();
}

function checkSource(context: CheckContext, from: PartlySource | undefined, path: TextPath): FoundStream | null {
  if (!from) return null;
  const found = findStream(context, from.stream, [...path, 'stream']);
  const isIncremental = from.read === 'incremental';
  const read = found?.declaration?.read ?? null;
  if (found?.declaration && !read) {
    context.reporter.report('definition/read_mode', [...path, 'stream'], {
      message: `Stream \`${from.stream}\` can be written but not read.`,
      hint: 'Choose a stream that can be read.',
    });
  } else if (read && !read.modes.includes(from.read ?? 'full')) {
    context.reporter.report('definition/read_mode', from.read === undefined ? [...path, 'stream'] : [...path, 'read'], {
      message: `Stream \`${from.stream}\` cannot be read as \`${from.read ?? 'full'}\`.`,
      hint: `It can be read as: ${read.modes.join(', ')}.`,
    });
  }
  for (const name of ['start', 'lag', 'cursor'] as const) {
    if (isIncremental || from[name] === undefined) continue;
    context.reporter.report('definition/one_of', [...path, name], {
      at: 'key',
      message: `\`${name}\` has a meaning only with \`read: incremental\`.`,
      hint: 'Add `read: incremental`, or remove this line.',
    });
  }
  if (found) checkKeyAndCursor(context, from, found, path);
  for (const name of Object.keys(from.where ?? {})) {
    if (!read || read.filters.includes(name)) continue;
    context.reporter.report('definition/unknown_filter', [...path, 'where', name], {
      at: 'key',
      message: `The vendor offers no filter \`${name}\` for stream \`${from.stream}\`.`,
      hint: `${didYouMean(name, read.filters, 'filters')} A step \`where\` filters by anything.`,
    });
  }
  return found;
}

function checkKeyAndCursor(context: CheckContext, from: PartlySource, found: FoundStream, path: TextPath): void {
  const { declaration } = found;
  const where = `stream \`${found.slot}.${found.stream}\``;
  for (const name of ['key', 'cursor'] as const) {
    listOfTexts(from[name]).forEach((field, index) => {
      const place = typeof from[name] === 'string' ? [...path, name] : [...path, name, index];
      checkField(context, declaration, field, place, where);
    });
  }
  if (!declaration) return;
  if (declaration.key === null && from.key === undefined && found.facts?.connector?.isLocal !== true) {
    context.reporter.report('definition/key_needed', path, {
      at: 'key',
      message: `Stream \`${from.stream}\` has no key of its own.`,
      hint: 'Name the fields that identify a record: `key: [id]`.',
    });
  }
  const hasCursor = declaration.read?.cursor !== null || from.cursor !== undefined;
  if (from.read === 'incremental' && declaration.read?.modes.includes('incremental') && !hasCursor) {
    context.reporter.report('definition/cursor_needed', path, {
      at: 'key',
      message: `Stream \`${from.stream}\` has no cursor of its own.`,
      hint: 'Name the fields that grow with every change: `cursor: [updated_at, id]`.',
    });
  }
}

function checkStep(scope: FlowScope, step: PartlyStep, path: TextPath): void {
  if (step.where !== undefined) scope.expression(step.where, [...path, 'where'], 'bool');
  if (step.lookup) checkLookup(scope, step.lookup, [...path, 'lookup']);
  if (step.enrich) checkEnrich(scope, step.enrich, [...path, 'enrich']);
  if (step.split) checkSplit(scope, step.split, [...path, 'split']);
  for (const [name, text] of Object.entries(step.set ?? {})) {
    const place = [...path, 'set', name];
    scope.add(name, scope.expression(text, place), place, 'key');
  }
  step.require?.forEach((rule, index) => {
    scope.expression(rule?.that, [...path, 'require', index, 'that'], 'bool');
  });
}

function checkLookup(scope: FlowScope, lookup: NonNullable<PartlyStep['lookup']>, path: TextPath): void {
  const { context } = scope;
  const found = findStream(context, lookup.from, [...path, 'from']);
  scope.path(lookup.key, [...path, 'key'], true);
  const declaration = found?.declaration ?? null;
  if (declaration && !declaration.read) {
    context.reporter.report('definition/read_mode', [...path, 'from'], {
      message: `Stream \`${lookup.from}\` can be written but not read.`,
      hint: 'Choose a stream that can be read.',
    });
  }
  const by = lookup.by ?? (declaration?.key?.length === 1 ? declaration.key[0] : undefined);
  if (declaration && by === undefined) {
    context.reporter.report('definition/key_needed', path, {
      at: 'key',
      message: `Stream \`${lookup.from}\` has no single key to look by.`,
      hint: 'Name the field: `by: email`.',
    });
  }
  if (lookup.by !== undefined) {
    checkField(context, declaration, lookup.by, [...path, 'by'], `stream \`${lookup.from}\``);
    const findBy = declaration?.read?.findBy ?? 'any';
    if (findBy !== 'any' && !findBy.includes(lookup.by) && !declaration?.key?.includes(lookup.by)) {
      context.reporter.report('definition/match_field', [...path, 'by'], {
        message: `Stream \`${lookup.from}\` cannot be searched by \`${lookup.by}\`.`,
        hint: didYouMean(lookup.by, findBy, 'fields to search by'),
      });
    }
  }
  const record = recordType(declaration, `stream \`${lookup.from}\``);
  addName(scope, lookup.as, lookup.many === true ? listOf(record) : record, path);
}

function checkEnrich(scope: FlowScope, enrich: NonNullable<PartlyStep['enrich']>, path: TextPath): void {
  const { context } = scope;
  scope.path(enrich.key, [...path, 'key'], true);
  addName(scope, enrich.as, registryType(context, enrich.with, [...path, 'with']), path);
}

function registryType(context: CheckContext, text: string | undefined, path: TextPath): ExprType {
  const parts = text === undefined ? null : parseStream(text);
  if (!parts) return dyn;
  const facts = context.slots.get(parts.slot);
  if (!facts) {
    context.reporter.report('definition/unknown_slot', path, {
      message: `The slot \`${parts.slot}\` is not under \`connections\`.`,
      hint: didYouMean(parts.slot, context.slots.keys(), 'slots'),
    });
    return dyn;
  }
  context.usedSlots.add(parts.slot);
  const lookups = facts.connector?.lookups;
  if (!lookups || (lookups.length === 0 && facts.isOpenEnded)) return dyn;
  const lookup = lookups.find((each) => each.name === parts.stream);
  if (lookup) return objectType(lookup.fields, lookup.fields.length === 0, `registry \`${text}\``);
  context.reporter.report('definition/unknown_lookup', path, {
    message: `Connector \`${facts.connectorId}\` has no registry look-up \`${parts.stream}\`.`,
    hint: didYouMean(
      parts.stream,
      lookups.map((each) => each.name),
      'look-ups',
    ),
  });
  return dyn;
}

function checkSplit(scope: FlowScope, split: NonNullable<PartlyStep['split']>, path: TextPath): void {
  const list = scope.path(split.path, [...path, 'path'], true);
  if (list.kind !== 'list' && list.kind !== 'dyn' && list.kind !== 'null') {
    scope.context.reporter.report('definition/expression_type', [...path, 'path'], {
      message: `\`${split.path}\` is not a list, so it cannot be split.`,
      hint: 'Choose a field that holds a list, or make one with a `set` step.',
    });
  }
  const part = list.kind === 'list' ? list.of : dyn;
  const key = scope.parse(split.key, [...path, 'key']);
  if (key) scope.follow(part, key, [...path, 'key']);
  addName(scope, split.as, part, path);
}

function addName(scope: FlowScope, name: string | undefined, type: ExprType, path: TextPath): void {
  if (name !== undefined) scope.add(name, type, [...path, 'as'], 'value');
}

function checkTargets(scope: FlowScope, flow: PartlyFlow, source: FoundStream | null, path: TextPath): void {
  const { reporter } = scope.context;
  const { to } = flow;
  if (to === undefined) {
    if (flow.map) checkMap(scope, flow.map, null, [...path, 'map']);
    return;
  }
  if (!isList(to)) {
    for (const name of ['name', 'map'] as const) {
      if (to[name] === undefined) continue;
      reporter.report('definition/one_of', [...path, 'to', name], {
        at: 'key',
        message: `\`${name}\` stands in a target only where \`to\` is a list.`,
        hint: name === 'map' ? 'Move `map` to the flow, beside `to`.' : 'Remove `name`, or make `to` a list.',
      });
    }
    checkTarget(scope, { target: to, map: flow.map, mapPath: [...path, 'map'], source, path: [...path, 'to'] });
    return;
  }
  if (flow.map !== undefined) {
    reporter.report('definition/one_of', [...path, 'map'], {
      at: 'key',
      message: 'This flow has several targets, so `map` stands in each of them.',
      hint: 'Move `map` into the members of `to`.',
    });
  }
  const names = new Set<string>();
  to.forEach((target, index) => {
    if (!target) return;
    const place = [...path, 'to', index];
    if (!scope.context.has([...place, 'name'])) {
      reporter.report('definition/missing_key', place, {
        message: 'A target in a list has no `name`.',
        hint: 'Add `name:`; links between records go by it, so it should never change.',
      });
    } else if (target.name !== undefined && names.has(target.name)) {
      reporter.report('definition/name_taken', [...place, 'name'], {
        message: `Two targets of this flow are named \`${target.name}\`.`,
        hint: 'Give each target its own name.',
      });
    }
    if (target.name !== undefined) names.add(target.name);
    checkTarget(scope, { target, map: target.map, mapPath: [...place, 'map'], source, path: place });
  });
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}
