import { type ASTNode, type ExpressionProblem, type ExpressionProblemCode, nameStart } from './parse.js';

export function problemAt(
  code: ExpressionProblemCode,
  { start, end }: ASTNode,
  message: string,
  hint: string,
): ExpressionProblem {
  return { code, message, hint, start, end };
}

/** A value of another type than its place takes. */
export function typeProblem({ start, end }: ASTNode, message: string, hint: string): ExpressionProblem {
  return { code: 'definition/expression_type', message, hint, start, end };
}

/** The same, shown at the name of the called function alone. */
export function callProblem(node: ASTNode, name: string, message: string, hint: string): ExpressionProblem {
  const start = nameStart(node, name);
  return { code: 'definition/expression_type', message, hint, start, end: start + name.length };
}
