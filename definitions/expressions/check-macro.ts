import type { Checker } from './check.js';
import { expectBool } from './check-operator.js';
import { callProblem, problemAt, typeProblem } from './check-problem.js';
import { functions } from './functions/table.js';
import type { ASTNode } from './parse.js';
import { boolType, dyn, type ExprType, listOf, typeName } from './types.js';

/** `list.all|exists|exists_one|filter|map(x, ...)`. */
export function checkMacro(
  checker: Checker,
  node: ASTNode,
  name: string,
  receiver: ASTNode,
  args: readonly ASTNode[],
): ExprType {
  const over = checker.visit(receiver);
  if (over.kind !== 'list' && over.kind !== 'dyn') {
    checker.problems.push(
      typeProblem(receiver, `\`${name}\` goes over a list, not over ${typeName(over)}.`, 'Put a list before the dot.'),
    );
  }
  const variable = args[0];
  const isMapWithTest = name === 'map' && args.length === 3;
  if ((args.length !== 2 && !isMapWithTest) || variable?.op !== 'id') {
    checker.problems.push(
      callProblem(node, name, `\`${name}\` needs a name and an expression.`, `Write it as \`list.${name}(x, ...)\`.`),
    );
    return dyn;
  }
  if (checker.scope.has(variable.args) || functions.has(variable.args)) {
    checker.problems.push(
      problemAt(
        'definition/unknown_name',
        variable,
        `The name \`${variable.args}\` is already used.`,
        'Take another name for the member.',
      ),
    );
  }
  const member = over.kind === 'list' ? over.of : dyn;
  const result = checker.within(variable.args, member, () => bodyType(checker, name, args.slice(1)));
  if (name === 'map') return listOf(result);
  return name === 'filter' ? (over.kind === 'list' ? over : listOf(dyn)) : boolType;
}

function bodyType(checker: Checker, name: string, body: readonly ASTNode[]): ExprType {
  const [first, second] = body;
  if (!first) return dyn;
  if (name === 'map' && !second) return checker.visit(first);
  expectBool(checker, first, `The test of \`${name}\``);
  return second ? checker.visit(second) : dyn;
}
