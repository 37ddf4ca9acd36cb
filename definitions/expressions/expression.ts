import type { JsonValue } from '../../core/json.js';
import { Compiler, type EvaluationScope, type Run } from './compile.js';
import { fail, resetMeter, spend } from './meter.js';
import { type ExpressionProblem, parseExpression } from './parse.js';

/** An expression as a function over one record. */
export interface CompiledExpression {
  /** The value, undefined where something it needs is missing; throws an `ExpressionError`. */
  readonly evaluateSoft: (scope: EvaluationScope) => JsonValue | undefined;
  /** The value; throws an `ExpressionError` also for what is missing. */
  readonly evaluate: (scope: EvaluationScope) => JsonValue;
}

export type Compiled =
  | { readonly expression: CompiledExpression; readonly problems: readonly [] }
  | { readonly expression: null; readonly problems: readonly ExpressionProblem[] };

/** Compiles an expression once. Never throws: what cannot be compiled comes back as problems. */
export function compileExpression(text: string): Compiled {
  const parsed = parseExpression(text);
  if (!parsed.ast) return { expression: null, problems: parsed.problems };
  try {
    const compiler = new Compiler();
    const strict = compiler.strict(parsed.ast);
    const soft = compiler.soft(parsed.ast);
    return { expression: expressionOf(strict, soft, compiler.maxLocals > 0), problems: [] };
  } catch (error) {
    return { expression: null, problems: [uncompilable(error, text)] };
  }
}

const noLocals: unknown[] = [];

/** Only macros need room for the members they look at; all others share one empty list. */
function expressionOf(strict: Run, soft: Run, hasLocals: boolean): CompiledExpression {
  if (hasLocals) {
    return {
      evaluate(scope) {
        resetMeter();
        return toJson(strict(scope, []));
      },
      evaluateSoft(scope) {
        resetMeter();
        const value = soft(scope, []);
        return value === undefined ? undefined : toJson(value);
      },
    };
  }
  return {
    evaluate(scope) {
      resetMeter();
      const value = strict(scope, noLocals);
      return typeof value === 'string' ? value : toJson(value);
    },
    evaluateSoft(scope) {
      resetMeter();
      const value = soft(scope, noLocals);
      return typeof value === 'string' || value === undefined ? value : toJson(value);
    },
  };
}

/** Values of the language as JSON: ints become numbers where those can carry them. */
function toJson(value: unknown): JsonValue {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : fail('the result is not a finite number');
    case 'bigint':
      return Number.isSafeInteger(Number(value))
        ? Number(value)
        : fail('the result needs `string(...)`: it is too large for a number');
    case 'object':
      return value === null ? null : toJsonTree(value);
    default:
      return fail('the result is no value');
  }
}

function toJsonTree(value: object): JsonValue {
  if (Array.isArray(value)) {
    spend(value.length);
    return value.map((each: unknown) => toJson(each));
  }
  const made: Record<string, JsonValue> = {};
  const members = Object.entries(value);
  spend(members.length);
  for (const [name, member] of members) if (name !== '__proto__' && member !== undefined) made[name] = toJson(member);
  return made;
}

function uncompilable(error: unknown, text: string): ExpressionProblem {
  return {
    code: 'definition/bad_expression',
    message: `The expression cannot be compiled: ${String((error as { message?: unknown }).message ?? error).slice(0, 150)}.`,
    hint: 'Check patterns and arguments.',
    start: 0,
    end: text.length,
  };
}

export type { EvaluationScope };
