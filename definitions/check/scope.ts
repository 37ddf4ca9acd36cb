import { checkExpression } from '../expressions/check.js';
import { functions, specialNames } from '../expressions/functions/table.js';
import { dyn, type ExprType } from '../expressions/types.js';
import type { Path } from '../plan/plan.js';
import { didYouMean } from '../text/nearest.js';
import type { TextPath } from '../text/problem.js';
import type { CheckContext } from './context.js';
import { parsePath } from './paths.js';

const reservedWords = new Set(
  'record true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

interface Made {
  readonly type: ExprType;
  readonly path: TextPath;
  readonly at: 'key' | 'value';
  isUsed: boolean;
}

/** The names that one flow's paths and expressions can see, growing step by step. */
export class FlowScope {
  readonly #made = new Map<string, Made>();

  constructor(
    readonly context: CheckContext,
    readonly record: ExprType,
  ) {}

  add(name: string, type: ExprType, path: TextPath, at: 'key' | 'value'): void {
    const isFunction = functions.has(name) || specialNames.has(name);
    const isTaken = this.#made.has(name) || isFunction || reservedWords.has(name);
    if (isTaken) {
      const what = isFunction
        ? 'is a function'
        : reservedWords.has(name)
          ? 'is a word of the language'
          : 'was made by an earlier step';
      this.context.reporter.report('definition/name_taken', path, {
        at,
        message: `The name \`${name}\` cannot be used: it ${what}.`,
        hint: 'Choose another name.',
      });
      return;
    }
    this.#made.set(name, { type, path, at, isUsed: false });
  }

  /** Checks an expression and reports what is wrong; gives its type. */
  expression(text: string | undefined, path: TextPath, wanted: 'bool' | 'any' = 'any'): ExprType {
    if (text === undefined) return dyn;
    const scope = new Map<string, ExprType>([['record', this.record]]);
    for (const [name, made] of this.#made) scope.set(name, made.type);
    const checked = checkExpression(text, scope);
    for (const name of checked.uses) this.#use(name);
    for (const { code, message, hint, start, end } of checked.problems) {
      this.context.reporter.report(code, path, { message, hint, within: { start, end } });
    }
    if (wanted === 'bool' && checked.problems.length === 0 && !isBool(checked.type)) {
      this.context.reporter.report('definition/expression_type', path, {
        message: 'This expression does not give true or false.',
        hint: "Compare with something, for instance `== 'Y'`.",
        within: { start: 0, end: text.length },
      });
    }
    return checked.type;
  }

  /** Checks a path into the record, or (`isNamed`) also into what a step made. */
  path(text: string | undefined, path: TextPath, isNamed = false): ExprType {
    const parsed = this.parse(text, path);
    if (!parsed) return dyn;
    const [first] = parsed;
    const made = isNamed && typeof first === 'string' ? this.#made.get(first) : undefined;
    if (!made) return this.follow(this.record, parsed, path);
    made.isUsed = true;
    return this.follow(made.type, parsed.slice(1), path);
  }

  parse(text: string | undefined, path: TextPath): Path | null {
    if (text === undefined) return null;
    const parsed = parsePath(text);
    if ('path' in parsed) return parsed.path;
    this.context.reporter.report('definition/bad_path', path, {
      message: `The path \`${text.slice(0, 60)}\` cannot be read: ${parsed.reason}.`,
      hint: "A path looks like `A.B[0].C`; other names are quoted: `['a b']`.",
      within: { start: parsed.offset, end: text.length },
    });
    return null;
  }

  /** Walks a path through a type; reports the first name that is not there. */
  follow(from: ExprType, parts: Path, path: TextPath): ExprType {
    let type = from;
    for (const part of parts) {
      if (type.kind === 'dyn' || type.kind === 'null') return dyn;
      if (typeof part === 'number') {
        if (type.kind !== 'list') return this.#wrongKind(part, 'a list', path);
        type = type.of;
        continue;
      }
      if (type.kind !== 'object') return this.#wrongKind(part, 'a map', path);
      const member: ExprType | undefined = type.fields.get(part);
      if (!member && type.isOpen) return dyn;
      if (!member) {
        this.#unknownField(part, type, path);
        return dyn;
      }
      type = member;
    }
    return type;
  }

  reportUnused(): void {
    if (this.context.isFlowPruned) return;
    for (const [name, made] of this.#made) {
      if (made.isUsed) continue;
      this.context.reporter.report('definition/unused', made.path, {
        at: made.at,
        severity: 'warning',
        message: `The name \`${name}\` is never used.`,
        hint: 'Remove it, or use it in an expression.',
      });
    }
  }

  #use(name: string): void {
    const made = this.#made.get(name);
    if (made) made.isUsed = true;
  }

  #unknownField(name: string, type: Extract<ExprType, { kind: 'object' }>, path: TextPath): void {
    const made = this.#made.get(name);
    if (made) made.isUsed = true;
    this.context.reporter.report('definition/unknown_field', path, {
      message: `The field \`${name}\` is not known in ${type.title}.`,
      hint: made
        ? `\`${name}\` was made by a step: reach it by an expression, \`{ expr: "${name}..." }\`.`
        : didYouMean(name, type.fields.keys(), 'fields'),
    });
  }

  #wrongKind(part: string | number, wanted: string, path: TextPath): ExprType {
    const hint = wanted === 'a map' ? 'A list needs an index first, such as `PHONE[0].VALUE`.' : 'Leave the index out.';
    this.context.reporter.report('definition/unknown_field', path, {
      message: `\`${part}\` is asked of something that is not ${wanted}.`,
      hint,
    });
    return dyn;
  }
}

function isBool(type: ExprType): boolean {
  return type.kind === 'bool' || type.kind === 'dyn';
}
