import type { StreamDeclaration, WriteDeclaration } from '../../connectors/kit/streams-contract.js';
import { didYouMean } from '../text/nearest.js';
import type { TextPath } from '../text/problem.js';
import { type CheckContext, checkField, type FoundStream, findStream, listOfTexts } from './context.js';
import { checkMap, type PartlyMap } from './field-checks.js';
import { declaredField } from './field-names.js';
import type { PartlyFlow } from './flow-checks.js';
import type { FlowScope } from './scope.js';

type PartlyTarget = Exclude<NonNullable<PartlyFlow['to']>, readonly unknown[]>;

interface TargetPlace {
  readonly target: PartlyTarget;
  readonly map: PartlyMap | undefined;
  readonly mapPath: TextPath;
  readonly source: FoundStream | null;
  readonly path: TextPath;
}

export function checkTarget(scope: FlowScope, place: TargetPlace): void {
  const { context } = scope;
  const { target, path } = place;
  const found = findStream(context, target.stream, [...path, 'stream']);
  const declaration = found?.declaration ?? null;
  checkModes(context, place, declaration);
  if (declaration?.write) checkMatch(context, place, declaration, declaration.write);
  checkCreateFields(context, place, declaration);
  if (typeof target.on_delete === 'object' && target.on_delete?.mark) {
    for (const field of Object.keys(target.on_delete.mark)) {
      if (target.create_fields?.includes(field) === true) continue;
      checkField(context, declaration, field, [...path, 'on_delete', 'mark', field], `stream \`${target.stream}\``);
    }
  }
  if (!context.has(place.mapPath) && target.write !== 'delete') {
    context.reporter.report('definition/missing_key', path, {
      at: 'key',
      message: 'Nothing is mapped for this target.',
      hint: 'Add `map:` with the fields to write.',
    });
  }
  if (place.map) checkMap(scope, place.map, { declaration, target, stream: target.stream ?? '' }, place.mapPath);
  if (declaration) checkRequired(context, place, declaration);
  checkSourceKey(context, place, declaration);
}

function checkModes(context: CheckContext, { target, path }: TargetPlace, declaration: StreamDeclaration | null): void {
  if (!declaration) return;
  const { write } = declaration;
  if (!write) {
    context.reporter.report('definition/write_mode', [...path, 'stream'], {
      message: `Stream \`${target.stream}\` can be read but not written.`,
      hint: 'Choose a stream that can be written.',
    });
    return;
  }
  const mode = target.write ?? 'upsert';
  if (!write.modes.includes(mode)) {
    context.reporter.report(
      'definition/write_mode',
      target.write === undefined ? [...path, 'stream'] : [...path, 'write'],
      {
        message: `Stream \`${target.stream}\` does not take \`write: ${mode}\`.`,
        hint: `It takes: ${write.modes.join(', ')}.`,
      },
    );
  }
  if (target.on_delete === 'delete' && !write.modes.includes('delete')) {
    context.reporter.report('definition/write_mode', [...path, 'on_delete'], {
      message: `Records of stream \`${target.stream}\` cannot be deleted.`,
      hint: 'Use `on_delete: { mark: { field: value } }` or `ignore`.',
    });
  }
  if (target.batch !== undefined && target.batch > write.batchSize) {
    context.reporter.report('definition/wrong_value', [...path, 'batch'], {
      message: `Stream \`${target.stream}\` takes at most ${write.batchSize} records in one write.`,
      hint: `Write \`batch: ${write.batchSize}\` or less, or leave it out.`,
    });
  }
}

function checkMatch(
  context: CheckContext,
  place: TargetPlace,
  declaration: StreamDeclaration,
  write: WriteDeclaration,
): void {
  const { target, path, map } = place;
  const { matchFields } = write;
  listOfTexts(target.match_on).forEach((field, index) => {
    const at = typeof target.match_on === 'string' ? [...path, 'match_on'] : [...path, 'match_on', index];
    const name = declaredField(declaration, field)?.name ?? field;
    const isCreated = target.create_fields?.includes(field) === true;
    if (matchFields !== 'any' && !matchFields.includes(name) && !isCreated) {
      context.reporter.report('definition/match_field', at, {
        message: `Stream \`${target.stream}\` cannot be searched by \`${field}\`.`,
        hint: didYouMean(field, matchFields, 'fields to match on'),
      });
    } else if (map && !Object.keys(map).some((key) => (declaredField(declaration, key)?.name ?? key) === name)) {
      context.reporter.report('definition/match_field', at, {
        message: `The field \`${field}\` is matched on but not mapped, so it would never match.`,
        hint: `Add \`${field}:\` to \`map\`.`,
      });
    }
  });
}

function checkCreateFields(
  context: CheckContext,
  { target, path, map }: TargetPlace,
  declaration: StreamDeclaration | null,
): void {
  const wanted = target.create_fields ?? [];
  if (wanted.length > 0 && declaration && declaration.write?.canCreateFields !== true) {
    context.reporter.report('definition/write_mode', [...path, 'create_fields'], {
      at: 'key',
      message: `Fields cannot be created in stream \`${target.stream}\`.`,
      hint: 'Create them at the vendor, and remove `create_fields`.',
    });
  }
  wanted.forEach((field, index) => {
    if (field === undefined || !map || Object.hasOwn(map, field)) return;
    context.reporter.report('definition/unused', [...path, 'create_fields', index], {
      severity: 'warning',
      message: `The field \`${field}\` would be created but is not mapped.`,
      hint: 'Map it, or remove it from `create_fields`.',
    });
  });
}

function checkRequired(
  context: CheckContext,
  { target, map, mapPath }: TargetPlace,
  declaration: StreamDeclaration,
): void {
  const mode = target.write ?? 'upsert';
  if (!map || (mode !== 'insert' && mode !== 'upsert')) return;
  const mapped = new Set(Object.keys(map).map((key) => declaredField(declaration, key)?.name ?? key));
  for (const field of declaration.fields) {
    if (field.isRequired !== true || field.isReadOnly === true || mapped.has(field.name)) continue;
    context.reporter.report('definition/missing_required', mapPath, {
      at: 'key',
      severity: 'warning',
      message: `Stream \`${target.stream}\` requires \`${field.name}\`, which is not mapped.`,
      hint: 'New records will be refused unless the vendor fills it.',
    });
  }
}

/** A file read by position has no lasting key, so only targets that need none may take its records. */
function checkSourceKey(context: CheckContext, place: TargetPlace, declaration: StreamDeclaration | null): void {
  const { source, target, path } = place;
  if (source?.facts?.connector?.isLocal !== true) return;
  const flow = context.definition.flows?.[String(place.path[1])];
  const hasKey = flow?.from?.key !== undefined || (source.declaration?.key ?? null) !== null;
  if (hasKey || target.write === 'insert' || (declaration === null && source.declaration === null)) return;
  if (declaration === null || declaration.write?.idempotency === 'positional') return;
  context.reporter.report('definition/key_needed', path, {
    at: 'key',
    message: `The source has no key, so \`write: ${target.write ?? 'upsert'}\` could not find its records again.`,
    hint: 'Name the fields that identify a record in `from`: `key: [id]`, or use `write: insert`.',
  });
}
