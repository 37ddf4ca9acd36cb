import type { Checker } from './check.js';
import { typeProblem } from './check-problem.js';
import type { ASTNode, ExpressionProblem } from './parse.js';
import {
  boolType,
  canEqual,
  dyn,
  type ExprType,
  either,
  intType,
  isNumeric,
  listOf,
  numberType,
  textType,
  typeName,
} from './types.js';

/** `&&` and `||`. */
export function checkLogical(checker: Checker, op: '&&' | '||', left: ASTNode, right: ASTNode): ExprType {
  expectBool(checker, left, `The left side of \`${op}\``);
  expectBool(checker, right, `The right side of \`${op}\``);
  return boolType;
}

export function checkNot(checker: Checker, node: ASTNode): ExprType {
  expectBool(checker, node, 'What stands behind `!`');
  return boolType;
}

export function checkConditional(checker: Checker, test: ASTNode, yes: ASTNode, no: ASTNode): ExprType {
  expectBool(checker, test, 'The condition before `?`');
  return either(checker.visit(yes), checker.visit(no));
}

export function expectBool(checker: Checker, node: ASTNode, what: string): void {
  const type = checker.visit(node);
  if (type.kind === 'bool' || type.kind === 'dyn') return;
  checker.problems.push(
    typeProblem(
      node,
      `${what} must be true or false, not ${typeName(type)}.`,
      "Compare it with something, for instance `== 'Y'`.",
    ),
  );
}

export function checkMinus(checker: Checker, node: ASTNode, type: ExprType): ExprType {
  if (!isNumeric(type)) {
    checker.problems.push(
      typeProblem(node, `\`-\` needs a number, not ${typeName(type)}.`, 'For decimal text use `multiply(x, -1)`.'),
    );
  }
  return type;
}

/** The operators whose two sides are always evaluated. */
export function checkOperator({ problems }: Checker, node: ASTNode, left: ExprType, right: ExprType): ExprType {
  switch (node.op) {
    case '==':
    case '!=':
      if (!canEqual(left, right)) problems.push(neverEqual(node, left, right));
      return boolType;
    case '<':
    case '<=':
    case '>':
    case '>=':
      if (!canEqual(left, right) || left.kind === 'list' || left.kind === 'object' || left.kind === 'bool') {
        problems.push(mismatch(node, left, right, 'For decimal text use `compare(a, b) < 0`.'));
      }
      return boolType;
    case 'in':
      if (right.kind !== 'list' && right.kind !== 'object' && right.kind !== 'dyn') {
        problems.push(mismatch(node, left, right, 'On the right of `in` stands a list or a map.'));
      } else if (right.kind === 'list' && !canEqual(left, right.of)) problems.push(neverEqual(node, left, right));
      return boolType;
    default:
      return checkArithmetic(problems, node, left, right);
  }
}

function checkArithmetic(problems: ExpressionProblem[], node: ASTNode, left: ExprType, right: ExprType): ExprType {
  const { op } = node;
  if (left.kind === 'dyn' && right.kind === 'dyn') return dyn;
  if (op === '+' && isTextual(left) && isTextual(right)) return textType;
  if (op === '+' && left.kind === 'list' && right.kind === 'list') return listOf(either(left.of, right.of));
  if (op === '+' && (left.kind === 'list' || right.kind === 'list') && (left.kind === 'dyn' || right.kind === 'dyn'))
    return listOf(dyn);
  if (isNumeric(left) && isNumeric(right)) {
    if (left.kind === 'int' && right.kind === 'int') return intType;
    if (op === '%' && (left.kind === 'number' || right.kind === 'number')) {
      problems.push(mismatch(node, left, right, 'Both sides of `%` must be whole: `int(x) % 2`.'));
    }
    return left.kind === 'dyn' || right.kind === 'dyn' ? dyn : numberType;
  }
  const isText = left.kind === 'text' || right.kind === 'text';
  const hint =
    op === '+' && isText
      ? 'Join text with `string(x)`; add decimal text exactly with `add(a, b)`.'
      : 'For decimal text use `add`, `subtract`, `multiply`, `divide`; they are exact.';
  problems.push(mismatch(node, left, right, hint));
  return dyn;
}

const isTextual = (type: ExprType) => type.kind === 'text' || type.kind === 'dyn';

function neverEqual(node: ASTNode, left: ExprType, right: ExprType): ExpressionProblem {
  return mismatch(node, left, right, 'They would never be equal; convert one with `string`, `int` or `double`.');
}

function mismatch(node: ASTNode, left: ExprType, right: ExprType, hint: string): ExpressionProblem {
  return typeProblem(node, `\`${node.op}\` stands between ${typeName(left)} and ${typeName(right)}.`, hint);
}
