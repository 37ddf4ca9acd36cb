import { didYouMean } from '../text/nearest.js';
import { checkCall } from './check-call.js';
import { checkMacro } from './check-macro.js';
import { checkConditional, checkLogical, checkMinus, checkNot, checkOperator } from './check-operator.js';
import { problemAt, typeProblem } from './check-problem.js';
import { functions, macroNames } from './functions/table.js';
import { type ASTNode, type ExpressionProblem, parseExpression } from './parse.js';
import {
  boolType,
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

/** Finds the type of every node, and what cannot be right about it. */
export class Checker {
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
        return checkConditional(this, ...node.args);
      case '&&':
      case '||':
        return checkLogical(this, node.op, ...node.args);
      case '!_':
        return checkNot(this, node.args);
      case '-_':
        return checkMinus(this, node, this.visit(node.args));
      case 'call':
        return checkCall(this, node, node.args[0], node.args[1]);
      case 'rcall':
        return macroNames.has(node.args[0])
          ? checkMacro(this, node, node.args[0], node.args[1], node.args[2])
          : checkCall(this, node, node.args[0], [node.args[1], ...node.args[2]]);
      case '.?':
      case '[?]':
        return dyn;
      default:
        return checkOperator(this, node, this.visit(node.args[0]), this.visit(node.args[1]));
    }
  }

  get scope(): Scope {
    return this.#scope;
  }

  /** Does something with one name more in scope, as inside a macro. */
  within<T>(name: string, type: ExprType, work: () => T): T {
    const outer = this.#scope;
    this.#scope = new Map([...outer, [name, type]]);
    const result = work();
    this.#scope = outer;
    return result;
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
    this.problems.push(problemAt('definition/unknown_name', node, `The name \`${name}\` is not known here.`, hint));
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
    this.problems.push(typeProblem(node, `\`.${name}\` is asked of ${typeName(base)}, which has no fields.`, hint));
    return dyn;
  }

  #index(node: ASTNode, left: ASTNode, right: ASTNode): ExprType {
    const base = this.visit(left);
    const index = this.visit(right);
    if (base.kind === 'list') {
      if (!isNumeric(index)) {
        this.problems.push(
          typeProblem(
            right,
            `A list is indexed by a number, not by ${typeName(index)}.`,
            'Use `[0]` for the first member.',
          ),
        );
      }
      return base.of;
    }
    if (right.op === 'value' && typeof right.args === 'string') return this.#member(node, base, right.args);
    if (base.kind === 'text' || base.kind === 'bool' || base.kind === 'int' || base.kind === 'number') {
      this.problems.push(
        typeProblem(node, `\`[...]\` is asked of ${typeName(base)}.`, 'Use `substring` for parts of a text.'),
      );
    }
    return dyn;
  }

  #map(entries: readonly (readonly [ASTNode, ASTNode])[]): ExprType {
    const fields = new Map<string, ExprType>();
    for (const [key, value] of entries) {
      const keyType = this.visit(key);
      if (keyType.kind !== 'text' && keyType.kind !== 'dyn') {
        this.problems.push(
          typeProblem(key, `A key of a map is text, not ${typeName(keyType)}.`, 'Write the key in quotes.'),
        );
      }
      const type = this.visit(value);
      if (key.op === 'value' && typeof key.args === 'string') fields.set(key.args, type);
    }
    return { kind: 'object', fields, isOpen: true, title: 'this map' };
  }
}

function literalType(value: unknown): ExprType {
  if (value === null) return nullType;
  if (typeof value === 'string') return textType;
  if (typeof value === 'bigint') return intType;
  if (typeof value === 'boolean') return boolType;
  return numberType;
}
