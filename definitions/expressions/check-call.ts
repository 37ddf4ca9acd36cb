import type { Checker } from './check.js';
import { callProblem, problemAt, typeProblem } from './check-problem.js';
import { compilePattern } from './functions/contacts.js';
import type { Parameter } from './functions/kinds.js';
import { functions } from './functions/table.js';
import type { ASTNode, ExpressionProblem } from './parse.js';
import { boolType, dyn, type ExprType, either, isNumeric, nullType, typeName } from './types.js';

/** A call of a function of the table, or of one of the forms with rules of their own. */
export function checkCall(checker: Checker, node: ASTNode, name: string, args: readonly ASTNode[]): ExprType {
  if (name === 'has') return checkHas(checker, node, args);
  if (name === 'default' || name === 'coalesce') return checkAlternatives(checker, node, name, args);
  const declaration = functions.get(name);
  const types = args.map((each) => checker.visit(each));
  if (!declaration) return dyn;
  const required = declaration.parameters.filter((each) => !each.isOptional).length;
  if (args.length < required || args.length > declaration.parameters.length) {
    const form = `\`${name}(${declaration.parameters.map((each) => each.name).join(', ')})\``;
    checker.problems.push(
      callProblem(node, name, `\`${name}\` is given ${args.length} values.`, `Write it as ${form}.`),
    );
  }
  declaration.parameters.forEach((parameter, index) => {
    const arg = args[index];
    const type = types[index];
    if (arg && type && !fits(type, parameter)) checker.problems.push(wrongArgument(name, parameter, arg, type));
  });
  const problem = name === 'rx' && args[1] ? patternProblem(args[1]) : null;
  if (problem) checker.problems.push(problem);
  return typeof declaration.returns === 'function' ? declaration.returns(types) : declaration.returns;
}

function fits(type: ExprType, parameter: Parameter): boolean {
  if (type.kind === 'dyn' || type.kind === 'null') return true;
  switch (parameter.kind) {
    case 'text':
    case 'moment':
      return type.kind === 'text';
    case 'number':
      return type.kind === 'int' || type.kind === 'number';
    case 'decimal':
      return type.kind === 'text' || type.kind === 'int' || type.kind === 'number';
    case 'bool':
      return type.kind === 'bool';
    case 'list':
      return type.kind === 'list';
    default:
      return true;
  }
}

function wrongArgument(name: string, parameter: Parameter, arg: ASTNode, type: ExprType): ExpressionProblem {
  const wanted = {
    text: 'text',
    number: 'a number',
    bool: 'true or false',
    list: 'a list',
    decimal: 'a decimal',
    moment: 'a date or date and time as text',
    any: 'anything',
  }[parameter.kind];
  const hint =
    parameter.kind === 'text' && isNumeric(type)
      ? `Convert it: \`string(...)\`.`
      : type.kind === 'list' && parameter.kind !== 'list'
        ? 'Take one member: `[0]` or `first(...)`.'
        : `\`${parameter.name}\` of \`${name}\` takes ${wanted}.`;
  return typeProblem(arg, `\`${name}\` needs ${wanted} as \`${parameter.name}\`, not ${typeName(type)}.`, hint);
}

function patternProblem(arg: ASTNode): ExpressionProblem | null {
  if (arg.op !== 'value' || typeof arg.args !== 'string') {
    return problemAt(
      'definition/expression_refused',
      arg,
      'The pattern of `rx` must be written out in quotes.',
      'Put the pattern itself here.',
    );
  }
  try {
    compilePattern(arg.args);
    return null;
  } catch (error) {
    const said = String((error as { message?: unknown }).message ?? error).slice(0, 150);
    return problemAt(
      'definition/bad_expression',
      arg,
      `The pattern cannot be used: ${said.replace(/\.$/, '')}.`,
      'Patterns follow RE2: no look-around and no back-references.',
    );
  }
}

function checkHas(checker: Checker, node: ASTNode, args: readonly ASTNode[]): ExprType {
  const arg = args[0];
  if (args.length !== 1 || (arg?.op !== '.' && arg?.op !== '[]')) {
    checker.problems.push(
      callProblem(
        node,
        'has',
        '`has` takes one field, such as `has(record.NAME)`.',
        'Name a field; for other values compare with null.',
      ),
    );
    return boolType;
  }
  checker.visit(arg);
  return boolType;
}

function checkAlternatives(checker: Checker, node: ASTNode, name: string, args: readonly ASTNode[]): ExprType {
  const types = args.map((each) => checker.visit(each));
  if (name === 'default' ? args.length !== 2 : args.length < 2) {
    const form = name === 'default' ? '`default(value, other)`' : '`coalesce(a, b, ...)`';
    checker.problems.push(
      callProblem(node, name, `\`${name}\` is given ${args.length} values.`, `Write it as ${form}.`),
    );
  }
  return types.reduce<ExprType>(either, nullType);
}
