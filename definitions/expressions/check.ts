import { didYouMean } from '../text/nearest.js';
import { compilePattern } from './functions/contacts.js';
import type { Parameter } from './functions/kinds.js';
import { functions, macroNames } from './functions/table.js';
import {
  type ASTNode,
  type ExpressionProblem,
  type ExpressionProblemCode,
  nameStart,
  parseExpression,
} from './parse.js';
import {
  boolType,
  canEqual,
  dyn,
  type ExprType,
  either,
  intType,
  isNumeric,
  listOf,
  nullType,
  numberType,
  textType,
  typeName,
} from './types.js';

/** What an expression may name: `record` and the names that steps made before it. */
export type Scope = ReadonlyMap<string, ExprType>;

export interface Checked {
  readonly type: ExprType;
  readonly problems: readonly ExpressionProblem[];
  /** Names of the scope that the expression uses. */
  readonly uses: ReadonlySet<string>;
}

/** Checks an expression against the types of what it names, without running it. Never throws. */
export function checkExpression(text: string, scope: Scope): Checked {
  const parsed = parseExpression(text);
  if (!parsed.ast) return { type: dyn, problems: parsed.problems, uses: new Set() };
  const checker = new Checker(scope);
  const type = checker.visit(parsed.ast);
  return { type, problems: checker.problems, uses: checker.uses };
}

class Checker {
  readonly problems: ExpressionProblem[] = [];
  readonly uses = new Set<string>();
  #scope: Scope;
  constructor(scope: Scope) {
    this.#scope = scope;
  }

  visit(node: ASTNode): ExprType {
    switch (node.op) {
      case 'value':
        return literalType(node.args);
      case 'id':
        return this.#name(node, node.args);
      case '.':
        return this.#member(node, this.visit(node.args[0]), node.args[1]);
      case '[]':
        return this.#index(node, node.args[0], node.args[1]);
      case 'list':
        return listOf(node.args.map((each) => this.visit(each)).reduce<ExprType>(either, nullType));
      case 'map':
        return this.#map(node.args);
      case '?:':
        this.#expectBool(node.args[0], 'The condition before `?`');
        return either(this.visit(node.args[1]), this.visit(node.args[2]));
      case '&&':
      case '||':
        this.#expectBool(node.args[0], `The left side of \`${node.op}\``);
        this.#expectBool(node.args[1], `The right side of \`${node.op}\``);
        return boolType;
      case '!_':
        this.#expectBool(node.args, 'What stands behind `!`');
        return boolType;
      case '-_':
        return this.#minus(node, this.visit(node.args));
      case 'call':
        return this.#call(node, node.args[0], node.args[1]);
      case 'rcall':
        return macroNames.has(node.args[0])
          ? this.#macro(node, node.args[0], node.args[1], node.args[2])
          : this.#call(node, node.args[0], [node.args[1], ...node.args[2]]);
      case '.?':
      case '[?]':
        return dyn;
      default:
        return this.#operator(node, node.op, this.visit(node.args[0]), this.visit(node.args[1]));
    }
  }

  #name(node: ASTNode, name: string): ExprType {
    const type = this.#scope.get(name);
    if (type) {
      this.uses.add(name);
      return type;
    }
    const record = this.#scope.get('record');
    const isField = record?.kind === 'object' && record.fields.has(name);
    const hint = isField
      ? `Fields stand behind \`record.\`: \`record.${name}\`.`
      : functions.has(name)
        ? `\`${name}\` is a function: write \`${name}(...)\`.`
        : didYouMean(name, this.#scope.keys(), 'names');
    this.#problem('definition/unknown_name', node, `The name \`${name}\` is not known here.`, hint);
    return dyn;
  }

  #member(node: ASTNode, base: ExprType, name: string): ExprType {
    if (base.kind === 'dyn' || base.kind === 'null') return dyn;
    if (base.kind === 'object') {
      const type = base.fields.get(name);
      if (type) return type;
      if (base.isOpen) return dyn;
      const start = node.op === '.' ? node.end - name.length : node.start;
      this.problems.push({
        code: 'definition/unknown_field',
        message: `The field \`${name}\` is not known in ${base.title}.`,
        hint: didYouMean(name, base.fields.keys(), 'fields'),
        start,
        end: node.end,
      });
      return dyn;
    }
    const hint = base.kind === 'list' ? `Take one member first: \`[0]\` or \`first(...)\`.` : 'Take the value itself.';
    this.#problem(
      'definition/expression_type',
      node,
      `\`.${name}\` is asked of ${typeName(base)}, which has no fields.`,
      hint,
    );
    return dyn;
  }

  #index(node: ASTNode, left: ASTNode, right: ASTNode): ExprType {
    const base = this.visit(left);
    const index = this.visit(right);
    if (base.kind === 'list') {
      if (!isNumeric(index)) {
        this.#problem(
          'definition/expression_type',
          right,
          `A list is indexed by a number, not by ${typeName(index)}.`,
          'Use `[0]` for the first member.',
        );
      }
      return base.of;
    }
    if (right.op === 'value' && typeof right.args === 'string') return this.#member(node, base, right.args);
    if (base.kind === 'text' || base.kind === 'bool' || base.kind === 'int' || base.kind === 'number') {
      this.#problem(
        'definition/expression_type',
        node,
        `\`[...]\` is asked of ${typeName(base)}.`,
        'Use `substring` for parts of a text.',
      );
    }
    return dyn;
  }

  #map(entries: readonly (readonly [ASTNode, ASTNode])[]): ExprType {
    const fields = new Map<string, ExprType>();
    for (const [key, value] of entries) {
      const keyType = this.visit(key);
      if (keyType.kind !== 'text' && keyType.kind !== 'dyn') {
        this.#problem(
          'definition/expression_type',
          key,
          `A key of a map is text, not ${typeName(keyType)}.`,
          'Write the key in quotes.',
        );
      }
      const type = this.visit(value);
      if (key.op === 'value' && typeof key.args === 'string') fields.set(key.args, type);
    }
    return { kind: 'object', fields, isOpen: true, title: 'this map' };
  }

  #expectBool(node: ASTNode, what: string): void {
    const type = this.visit(node);
    if (type.kind === 'bool' || type.kind === 'dyn') return;
    this.#problem(
      'definition/expression_type',
      node,
      `${what} must be true or false, not ${typeName(type)}.`,
      "Compare it with something, for instance `== 'Y'`.",
    );
  }

  #minus(node: ASTNode, type: ExprType): ExprType {
    if (!isNumeric(type)) {
      this.#problem(
        'definition/expression_type',
        node,
        `\`-\` needs a number, not ${typeName(type)}.`,
        'For decimal text use `multiply(x, -1)`.',
      );
    }
    return type;
  }

  #operator(node: ASTNode, op: string, left: ExprType, right: ExprType): ExprType {
    switch (op) {
      case '==':
      case '!=':
        if (!canEqual(left, right))
          this.#mismatch(
            node,
            op,
            left,
            right,
            'They would never be equal; convert one with `string`, `int` or `double`.',
          );
        return boolType;
      case '<':
      case '<=':
      case '>':
      case '>=':
        if (!canEqual(left, right) || left.kind === 'list' || left.kind === 'object' || left.kind === 'bool') {
          this.#mismatch(node, op, left, right, 'For decimal text use `compare(a, b) < 0`.');
        }
        return boolType;
      case 'in':
        if (right.kind !== 'list' && right.kind !== 'object' && right.kind !== 'dyn') {
          this.#mismatch(node, op, left, right, 'On the right of `in` stands a list or a map.');
        } else if (right.kind === 'list' && !canEqual(left, right.of)) {
          this.#mismatch(
            node,
            op,
            left,
            right,
            'They would never be equal; convert one with `string`, `int` or `double`.',
          );
        }
        return boolType;
      default:
        return this.#arithmetic(node, op, left, right);
    }
  }

  #arithmetic(node: ASTNode, op: string, left: ExprType, right: ExprType): ExprType {
    if (left.kind === 'dyn' && right.kind === 'dyn') return dyn;
    if (op === '+' && isTextual(left) && isTextual(right)) return textType;
    if (op === '+' && left.kind === 'list' && right.kind === 'list') return listOf(either(left.of, right.of));
    if (op === '+' && (left.kind === 'list' || right.kind === 'list') && (left.kind === 'dyn' || right.kind === 'dyn'))
      return listOf(dyn);
    if (isNumeric(left) && isNumeric(right)) {
      if (left.kind === 'int' && right.kind === 'int') return intType;
      if (op === '%' && (left.kind === 'number' || right.kind === 'number')) {
        this.#mismatch(node, op, left, right, 'Both sides of `%` must be whole: `int(x) % 2`.');
      }
      return left.kind === 'dyn' || right.kind === 'dyn' ? dyn : numberType;
    }
    const isText = left.kind === 'text' || right.kind === 'text';
    const hint =
      op === '+' && isText
        ? 'Join text with `string(x)`; add decimal text exactly with `add(a, b)`.'
        : 'For decimal text use `add`, `subtract`, `multiply`, `divide`; they are exact.';
    this.#mismatch(node, op, left, right, hint);
    return dyn;
  }

  #call(node: ASTNode, name: string, args: readonly ASTNode[]): ExprType {
    if (name === 'has') return this.#has(node, args);
    if (name === 'default' || name === 'coalesce') return this.#alternatives(node, name, args);
    const declaration = functions.get(name);
    const types = args.map((each) => this.visit(each));
    if (!declaration) return dyn;
    const required = declaration.parameters.filter((each) => !each.isOptional).length;
    if (args.length < required || args.length > declaration.parameters.length) {
      const form = `\`${name}(${declaration.parameters.map((each) => each.name).join(', ')})\``;
      this.#problemAtName(node, name, `\`${name}\` is given ${args.length} values.`, `Write it as ${form}.`);
    }
    declaration.parameters.forEach((parameter, index) => {
      const arg = args[index];
      const type = types[index];
      if (arg && type && !fits(type, parameter)) this.#wrongArgument(name, parameter, arg, type);
    });
    if (name === 'rx') this.#pattern(args[1]);
    return typeof declaration.returns === 'function' ? declaration.returns(types) : declaration.returns;
  }

  #wrongArgument(name: string, parameter: Parameter, arg: ASTNode, type: ExprType): void {
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
    this.#problem(
      'definition/expression_type',
      arg,
      `\`${name}\` needs ${wanted} as \`${parameter.name}\`, not ${typeName(type)}.`,
      hint,
    );
  }

  #pattern(arg: ASTNode | undefined): void {
    if (!arg) return;
    if (arg.op !== 'value' || typeof arg.args !== 'string') {
      this.#problem(
        'definition/expression_refused',
        arg,
        'The pattern of `rx` must be written out in quotes.',
        'Put the pattern itself here.',
      );
      return;
    }
    try {
      compilePattern(arg.args);
    } catch (error) {
      const said = String((error as { message?: unknown }).message ?? error).slice(0, 150);
      this.#problem(
        'definition/bad_expression',
        arg,
        `The pattern cannot be used: ${said.replace(/\.$/, '')}.`,
        'Patterns follow RE2: no look-around and no back-references.',
      );
    }
  }

  #has(node: ASTNode, args: readonly ASTNode[]): ExprType {
    const arg = args[0];
    if (args.length !== 1 || (arg?.op !== '.' && arg?.op !== '[]')) {
      this.#problemAtName(
        node,
        'has',
        '`has` takes one field, such as `has(record.NAME)`.',
        'Name a field; for other values compare with null.',
      );
      return boolType;
    }
    this.visit(arg);
    return boolType;
  }

  #alternatives(node: ASTNode, name: string, args: readonly ASTNode[]): ExprType {
    const types = args.map((each) => this.visit(each));
    if (name === 'default' ? args.length !== 2 : args.length < 2) {
      const form = name === 'default' ? '`default(value, other)`' : '`coalesce(a, b, ...)`';
      this.#problemAtName(node, name, `\`${name}\` is given ${args.length} values.`, `Write it as ${form}.`);
    }
    return types.reduce<ExprType>(either, nullType);
  }

  #macro(node: ASTNode, name: string, receiver: ASTNode, args: readonly ASTNode[]): ExprType {
    const over = this.visit(receiver);
    if (over.kind !== 'list' && over.kind !== 'dyn') {
      this.#problem(
        'definition/expression_type',
        receiver,
        `\`${name}\` goes over a list, not over ${typeName(over)}.`,
        'Put a list before the dot.',
      );
    }
    const variable = args[0];
    const isMapWithTest = name === 'map' && args.length === 3;
    if ((args.length !== 2 && !isMapWithTest) || variable?.op !== 'id') {
      this.#problemAtName(
        node,
        name,
        `\`${name}\` needs a name and an expression.`,
        `Write it as \`list.${name}(x, ...)\`.`,
      );
      return dyn;
    }
    if (this.#scope.has(variable.args) || functions.has(variable.args)) {
      this.#problem(
        'definition/unknown_name',
        variable,
        `The name \`${variable.args}\` is already used.`,
        'Take another name for the member.',
      );
    }
    const outer = this.#scope;
    this.#scope = new Map([...outer, [variable.args, over.kind === 'list' ? over.of : dyn]]);
    const body = args.slice(1);
    const result = this.visitBody(name, body);
    this.#scope = outer;
    if (name === 'map') return listOf(result);
    return name === 'filter' ? (over.kind === 'list' ? over : listOf(dyn)) : boolType;
  }

  visitBody(name: string, body: readonly ASTNode[]): ExprType {
    const [first, second] = body;
    if (!first) return dyn;
    if (name === 'map' && !second) return this.visit(first);
    this.#expectBool(first, `The test of \`${name}\``);
    return second ? this.visit(second) : dyn;
  }

  #mismatch(node: ASTNode, op: string, left: ExprType, right: ExprType, hint: string): void {
    this.#problem(
      'definition/expression_type',
      node,
      `\`${op}\` stands between ${typeName(left)} and ${typeName(right)}.`,
      hint,
    );
  }

  #problemAtName(node: ASTNode, name: string, message: string, hint: string): void {
    const start = nameStart(node, name);
    this.problems.push({ code: 'definition/expression_type', message, hint, start, end: start + name.length });
  }

  #problem(code: ExpressionProblemCode, node: ASTNode, message: string, hint: string): void {
    this.problems.push({ code, message, hint, start: node.start, end: node.end });
  }
}

const isTextual = (type: ExprType) => type.kind === 'text' || type.kind === 'dyn';

function literalType(value: unknown): ExprType {
  if (value === null) return nullType;
  if (typeof value === 'string') return textType;
  if (typeof value === 'bigint') return intType;
  if (typeof value === 'boolean') return boolType;
  return numberType;
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
