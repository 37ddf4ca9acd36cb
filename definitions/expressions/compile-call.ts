import { type Compiler, type Run, softly } from './compile.js';
import { compilePattern } from './functions/contacts.js';
import type { FunctionDeclaration, Parameter } from './functions/kinds.js';
import { functions } from './functions/table.js';
import { joinList } from './functions/text.js';
import { fail, make, spend } from './meter.js';
import { kindOf } from './operators.js';
import type { ASTNode } from './parse.js';

type AnyRun = (...args: unknown[]) => unknown;

/** A call of a function of the table, or of one of the forms that decide themselves what is evaluated. */
export function compileCall(compiler: Compiler, name: string, args: readonly ASTNode[], isSoft: boolean): Run {
  if (name === 'has') return compileHas(compiler, args[0]);
  if (name === 'default') return compileDefault(compiler, args, isSoft);
  if (name === 'coalesce') return compileCoalesce(compiler, args);
  if (name === 'rx') return compileRx(compiler, args, isSoft);
  const declaration = functions.get(name);
  if (!declaration) return () => fail(`there is no function \`${name}\``);
  const [list] = args;
  if (name === 'join' && list?.op === 'list' && args.length === 2) {
    const join = compileJoin(compiler, list.args, args[1]);
    return isSoft ? softly(join) : join;
  }
  const runs = args.map((node) => (isSoft ? compiler.soft(node) : compiler.strict(node)));
  return bind(declaration, runs);
}

/** `join([a, b], ' ')` without making the list: the commonest use of all. */
function compileJoin(compiler: Compiler, nodes: readonly ASTNode[], separatorNode: ASTNode | undefined): Run {
  const members = nodes.map((node) => compiler.strict(node));
  const separator: unknown = separatorNode?.op === 'value' ? separatorNode.args : undefined;
  const [first, second] = members;
  if (first && second && members.length === 2 && typeof separator === 'string') {
    return (scope, locals) => {
      const a = first(scope, locals);
      const b = second(scope, locals);
      if (typeof a !== 'string' || typeof b !== 'string') return joinList([a, b], separator);
      make(a.length + b.length);
      return a + separator + b;
    };
  }
  const separatorRun = separatorNode ? compiler.strict(separatorNode) : () => '';
  return (scope, locals) => {
    const values = members.map((member) => member(scope, locals));
    const between = separatorRun(scope, locals);
    spend(1 + values.length);
    return typeof between === 'string' ? joinList(values, between) : fail('`join` needs text as `separator`');
  };
}

function bind(declaration: FunctionDeclaration, runs: readonly Run[]): Run {
  const { name, parameters, takesNull } = declaration;
  const cost = 1 + (declaration.cost ?? 0);
  // The table keeps `run` open in its parameters; what reaches it has been checked against `parameters` here.
  const work = declaration.run as AnyRun;
  const required = parameters.filter((each) => !each.isOptional).length;
  if (runs.length < required || runs.length > parameters.length)
    return () => fail(`\`${name}\` is given ${runs.length} values`);
  const [first, second] = runs;
  const [firstParameter, secondParameter] = parameters;
  if (first && firstParameter?.kind === 'text' && runs.length === 1) {
    // The commonest call; a short text costs no more than its node, which is counted where nodes repeat.
    const isCostly = cost > 1;
    return (scope, locals) => {
      const value = first(scope, locals);
      if (typeof value === 'string') {
        if (isCostly || value.length > 31) spend(cost + (value.length >> 5));
        return work(value);
      }
      if (value === undefined) return undefined;
      return value === null && !takesNull ? null : expect(value, firstParameter, name);
    };
  }
  if (first && firstParameter && runs.length === 1) {
    return (scope, locals) => {
      const value = first(scope, locals);
      if (value === undefined) return undefined;
      if (value === null && !takesNull) return null;
      spend(cost + expect(value, firstParameter, name));
      return work(value);
    };
  }
  if (first && second && firstParameter && secondParameter && runs.length === 2) {
    return (scope, locals) => {
      const a = first(scope, locals);
      if (a === undefined) return undefined;
      const b = second(scope, locals);
      if (b === undefined) return undefined;
      if (a === null && !takesNull) return null;
      spend(cost + expect(a, firstParameter, name) + expect(b, secondParameter, name));
      return work(a, b);
    };
  }
  return (scope, locals) => {
    const values: unknown[] = [];
    for (const run of runs) {
      const value = run(scope, locals);
      if (value === undefined) return undefined;
      values.push(value);
    }
    if (values[0] === null && !takesNull) return null;
    let sum = cost;
    for (const [index, value] of values.entries()) sum += expect(value, parameters[index] as Parameter, name);
    spend(sum);
    return work(...values);
  };
}

/** Refuses a value that does not fit its parameter; gives the steps that looking at it costs. */
function expect(value: unknown, parameter: Parameter, name: string): number {
  if (typeof value === 'string') {
    const { kind } = parameter;
    if (kind === 'text' || kind === 'any' || kind === 'moment' || kind === 'decimal') return value.length >> 5;
  } else if (fits(value, parameter)) return Array.isArray(value) ? value.length : 1;
  return fail(`\`${name}\` cannot take ${kindOf(value)} as \`${parameter.name}\``);
}

function fits(value: unknown, parameter: Parameter): boolean {
  switch (parameter.kind) {
    case 'number':
    case 'decimal':
      return typeof value === 'number' || typeof value === 'bigint';
    case 'bool':
      return typeof value === 'boolean';
    case 'list':
      return Array.isArray(value);
    default:
      return parameter.kind === 'any';
  }
}

function compileHas(compiler: Compiler, node: ASTNode | undefined): Run {
  if (node?.op !== '.' && node?.op !== '[]') return () => fail('`has` takes one field');
  const field = compiler.soft(node);
  return (scope, locals) => field(scope, locals) !== undefined;
}

/** `default`: the other value must be there; `coalesce`: null where nothing is. */
function compileDefault(compiler: Compiler, nodes: readonly ASTNode[], isSoft: boolean): Run {
  const [valueNode, otherNode] = nodes;
  if (!valueNode || !otherNode || nodes.length !== 2) return () => fail('`default` takes two values');
  const value = compiler.soft(valueNode);
  if (otherNode.op === 'value') {
    const literal: unknown = otherNode.args;
    return (scope, locals) => value(scope, locals) ?? literal;
  }
  const other = isSoft ? compiler.soft(otherNode) : compiler.strict(otherNode);
  return (scope, locals) => value(scope, locals) ?? other(scope, locals);
}

function compileCoalesce(compiler: Compiler, nodes: readonly ASTNode[]): Run {
  const runs = nodes.map((node) => compiler.soft(node));
  return (scope, locals) => {
    for (const run of runs) {
      const value = run(scope, locals);
      if (value !== undefined && value !== null) return value;
    }
    return null;
  };
}

function compileRx(compiler: Compiler, args: readonly ASTNode[], isSoft: boolean): Run {
  const [textNode, patternNode] = args;
  const source: unknown = patternNode?.op === 'value' ? patternNode.args : undefined;
  if (!textNode || typeof source !== 'string') return () => fail('`rx` needs a pattern that is written out');
  const pattern = compilePattern(source);
  const text = isSoft ? compiler.soft(textNode) : compiler.strict(textNode);
  return (scope, locals) => {
    const value = text(scope, locals);
    if (value === null || value === undefined) return value;
    if (typeof value !== 'string') return fail(`\`rx\` cannot take ${kindOf(value)} as \`text\``);
    spend(10 + value.length * pattern.costPerCharacter);
    return pattern.find(value);
  };
}
