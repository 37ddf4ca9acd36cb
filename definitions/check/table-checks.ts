import type { StreamDeclaration } from '../../connectors/kit/contract.js';
import { isJsonObject, type JsonValue } from '../../core/json.js';
import { sideOf } from './build-plan.js';
import { type CheckContext, checkField, findStream } from './context.js';
import { isCaptionTable, isMatchedTable, tableShape } from './shape.js';

/** Value tables are fixed or matched, which the grammar cannot tell apart by itself. */
export function checkTables(context: CheckContext): void {
  for (const [name, table] of Object.entries(context.definition.values ?? {})) {
    if (!isJsonObject(table)) continue;
    const path = ['values', name];
    const problems = tableShape(table as JsonValue, path);
    for (const problem of problems) context.reporter.report(problem.code, problem.path, problem);
    if (problems.length > 0) continue;
    if (isCaptionTable(table)) checkCaptions(context, table, path);
    else if (isMatchedTable(table)) checkMatched(context, table, path);
  }
}

function checkCaptions(
  context: CheckContext,
  table: Readonly<Record<string, JsonValue>>,
  path: readonly string[],
): void {
  const text = String(table.captions);
  const found = findStream(context, text, [...path, 'captions']);
  checkField(context, found?.declaration ?? null, String(table.field), [...path, 'field'], `stream \`${text}\``);
}

function checkMatched(
  context: CheckContext,
  table: Readonly<Record<string, JsonValue>>,
  path: readonly string[],
): void {
  for (const side of ['from', 'to'] as const) {
    const text = String(table[side]);
    const found = findStream(context, text, [...path, side]);
    const declaration = found?.declaration ?? null;
    for (const key of ['match', 'by'] as const) {
      const name = sideOf(table[key], side);
      if (name === null) continue;
      const at = typeof table[key] === 'string' ? [...path, key] : [...path, key, side];
      checkField(context, declaration, ownSpelling(declaration, name), at, `stream \`${text}\``);
    }
    if (declaration && declaration.read === null) {
      context.reporter.report('definition/read_mode', [...path, side], {
        message: `Stream \`${text}\` can be written but not read.`,
        hint: 'Choose a stream that can be read.',
      });
    }
  }
}

/** One name stands for both sides, whose vendors may write it differently: `email` and `EMAIL`. */
function ownSpelling(declaration: StreamDeclaration | null, name: string): string {
  const names = declaration?.fields.map((field) => field.name) ?? [];
  if (names.includes(name)) return name;
  return names.find((candidate) => candidate.toLowerCase() === name.toLowerCase()) ?? name;
}
