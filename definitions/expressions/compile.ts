import { compileCall } from './compile-call.js';
import { compileMacro } from './compile-macro.js';
import { equals } from './equality.js';
import { macroNames } from './functions/table.js';
import { ExpressionError, fail, isExpressionError, make } from './meter.js';
import { arithmetic, comparisons, kindOf } from './operators.js';
import type { ASTNode } from './parse.js';

/** What an expression sees of one record. */
export interface EvaluationScope {
  readonly record: Readonly<Record<string, unknown>>;
  readonly names: Readonly<Record<string, unknown>>;
}

/** One node as a function. `locals` holds the members that macros are looking at. */
export type Run = (scope: EvaluationScope, locals: unknown[]) => unknown;

/** Turns nodes into functions once, so that evaluating a record neither walks a tree nor looks anything up. */
export class Compiler {
  /** Names of macro variables, by their place in `locals`. */
  readonly locals: string[] = [];
  maxLocals = 0;

  /** Gives a value or throws; what is missing throws an error of kind `missing`. */
  strict(node: ASTNode): Run {
    switch (node.op) {
      case 'value': {
        const value = node.args;
        return () => value;
      }
      case 'id':
        return this.#name(node.args);
      case '.':
        return this.#member(node.args[0], node.args[1], false);
      case '[]':
        return this.#index(node.args[0], node.args[1], false);
      case 'list':
        return this.#list(node.args);
      case 'map':
        return this.#map(node.args);
      case '?:':
        return conditional(this.strict(node.args[0]), this.strict(node.args[1]), this.strict(node.args[2]));
      case '&&':
        return logical(this.strict(node.args[0]), this.strict(node.args[1]), false);
      case '||':
        return logical(this.strict(node.args[0]), this.strict(node.args[1]), true);
      case '!_':
        return negation(this.strict(node.args));
      case '-_':
        return minus(this.strict(node.args));
      case 'call':
        return compileCall(this, node.args[0], node.args[1], false);
      case 'rcall':
        return macroNames.has(node.args[0])
          ? compileMacro(this, node.args[0], node.args[1], node.args[2])
          : compileCall(this, node.args[0], [node.args[1], ...node.args[2]], false);
      case '.?':
      case '[?]':
        return () => fail('optional access is not part of the language');
      default:
        return binary(node.op, this.strict(node.args[0]), this.strict(node.args[1]), node.args[1]);
    }
  }

  /** The same, but gives undefined for what is missing, without throwing where that can be told in time. */
  soft(node: ASTNode): Run {
    switch (node.op) {
      case 'value':
      case 'id':
        return this.strict(node);
      case '.':
        return this.#member(node.args[0], node.args[1], true);
      case '[]':
        return this.#index(node.args[0], node.args[1], true);
      case '?:':
        return conditional(this.soft(node.args[0]), this.soft(node.args[1]), this.soft(node.args[2]));
      case 'call':
        return node.args[0] === 'has' ? this.strict(node) : compileCall(this, node.args[0], node.args[1], true);
      default:
        return softly(this.strict(node));
    }
  }

  #name(name: string): Run {
    const slot = this.locals.lastIndexOf(name);
    if (slot >= 0) return (_scope, locals) => locals[slot];
    if (name === 'record') return (scope) => scope.record;
    return ({ names }) => {
      const value = Object.hasOwn(names, name) ? names[name] : undefined;
      return value === undefined ? missing(`the name \`${name}\` is not there`) : value;
    };
  }

  #member(baseNode: ASTNode, name: string, isSoft: boolean): Run {
    const isInherited = name in Object.prototype;
    const isOfRecord = baseNode.op === 'id' && baseNode.args === 'record' && !this.locals.includes('record');
    if (isOfRecord && !isInherited) {
      if (isSoft) return (scope) => scope.record[name];
      return (scope) => {
        const value = scope.record[name];
        return value === undefined ? missing(`the field \`${name}\` is missing`) : value;
      };
    }
    const base = isSoft ? this.soft(baseNode) : this.strict(baseNode);
    return (scope, locals) => {
      const value = memberOf(base(scope, locals), name, isInherited);
      return value === undefined && !isSoft ? missing(`the field \`${name}\` is missing`) : value;
    };
  }

  #index(baseNode: ASTNode, indexNode: ASTNode, isSoft: boolean): Run {
    const literal: unknown = indexNode.op === 'value' ? indexNode.args : undefined;
    if (typeof literal === 'string') return this.#member(baseNode, literal, isSoft);
    const base = isSoft ? this.soft(baseNode) : this.strict(baseNode);
    if (typeof literal === 'bigint') {
      const at = Number(literal);
      return (scope, locals) => itemAt(base(scope, locals), at, isSoft);
    }
    const index = isSoft ? this.soft(indexNode) : this.strict(indexNode);
    return (scope, locals) => {
      const from = base(scope, locals);
      const at = index(scope, locals);
      if (at === undefined) return undefined;
      if (typeof at !== 'string') return itemAt(from, at, isSoft);
      const value = memberOf(from, at, true);
      return value === undefined && !isSoft ? missing('the member that is asked for is missing') : value;
    };
  }

  #list(nodes: readonly ASTNode[]): Run {
    const members = nodes.map((node) => this.strict(node));
    const [a, b] = members;
    if (a && b && members.length === 2) {
      return (scope, locals) => {
        make(32);
        return [a(scope, locals), b(scope, locals)];
      };
    }
    return (scope, locals) => {
      make(members.length * 16);
      return members.map((member) => member(scope, locals));
    };
  }

  #map(entries: readonly (readonly [ASTNode, ASTNode])[]): Run {
    const pairs = entries.map(([key, value]) => [this.strict(key), this.strict(value)] as const);
    return (scope, locals) => {
      make(pairs.length * 32);
      const made: Record<string, unknown> = {};
      for (const [key, value] of pairs) {
        const name = key(scope, locals);
        if (typeof name !== 'string') fail('a key of a map must be text');
        else if (name in Object.prototype) fail('a key of a map has a name that is not allowed');
        else made[name] = value(scope, locals);
      }
      return made;
    };
  }
}

function conditional(test: Run, yes: Run, no: Run): Run {
  return (scope, locals) => {
    const holds = test(scope, locals);
    if (holds === true) return yes(scope, locals);
    if (holds === false) return no(scope, locals);
    return holds === undefined ? undefined : fail(`the condition is ${kindOf(holds)}, not true or false`);
  };
}

/** Undefined for what is missing, the value otherwise; every other error goes on. */
export function softly(run: Run): Run {
  return (scope, locals) => {
    try {
      return run(scope, locals);
    } catch (error) {
      if (isExpressionError(error) && error.kind === 'missing') return undefined;
      throw error;
    }
  };
}

function missing(reason: string): never {
  throw new ExpressionError('missing', reason);
}

/** A member of a map; undefined where it is missing or asked of null. */
function memberOf(base: unknown, name: string, isInherited: boolean): unknown {
  if (typeof base !== 'object') {
    return base === undefined ? undefined : fail(`the field \`${shownName(name)}\` is asked of ${kindOf(base)}`);
  }
  if (base === null) return undefined;
  if (Array.isArray(base)) return fail(`the field \`${shownName(name)}\` is asked of a list`);
  if (isInherited && !Object.hasOwn(base, name)) return undefined;
  return (base as Record<string, unknown>)[name];
}

/** Names may come from a record when they are computed, so only short ones are shown. */
const shownName = (name: string) => (/^\w{1,40}$/.test(name) ? name : '...');

function itemAt(base: unknown, index: unknown, isSoft: boolean): unknown {
  if (base === undefined || base === null) return isSoft ? undefined : missing('a member is asked of null');
  if (!Array.isArray(base)) return fail(`a member by number is asked of ${kindOf(base)}`);
  const at = typeof index === 'bigint' ? Number(index) : index;
  if (typeof at !== 'number' || !Number.isInteger(at)) return fail('a list is indexed by a whole number');
  const value: unknown = at >= 0 ? base[at] : undefined;
  return value === undefined && !isSoft ? missing(`the list has no member ${at}`) : value;
}

/** `&&` and `||`: as in CEL, one side that decides makes an error of the other side harmless. */
function logical(left: Run, right: Run, decides: boolean): Run {
  const sign = decides ? '||' : '&&';
  return (scope, locals) => {
    let first: unknown;
    try {
      first = left(scope, locals);
    } catch (error) {
      if (isExpressionError(error) && error.kind !== 'limit' && right(scope, locals) === decides) return decides;
      throw error;
    }
    if (first === decides) return decides;
    const second = right(scope, locals);
    if (second === decides) return decides;
    const wrong = typeof first !== 'boolean' ? first : second;
    return typeof wrong === 'boolean' ? !decides : fail(`\`${sign}\` needs true or false, not ${kindOf(wrong)}`);
  };
}

function negation(run: Run): Run {
  return (scope, locals) => {
    const value = run(scope, locals);
    return typeof value === 'boolean' ? !value : fail(`\`!\` needs true or false, not ${kindOf(value)}`);
  };
}

function minus(run: Run): Run {
  return (scope, locals) => {
    const value = run(scope, locals);
    if (typeof value === 'number') return -value;
    return typeof value === 'bigint' ? arithmetic['-'](0n, value) : fail(`\`-\` needs a number, not ${kindOf(value)}`);
  };
}

function binary(op: string, left: Run, right: Run, rightNode: ASTNode): Run {
  if (op === '==' || op === '!=') return equality(left, right, rightNode, op === '==');
  if (op === 'in') return (scope, locals) => isIn(left(scope, locals), right(scope, locals));
  if (isKey(op, arithmetic)) {
    const work = arithmetic[op];
    return (scope, locals) => work(left(scope, locals), right(scope, locals));
  }
  if (isKey(op, comparisons)) {
    const work = comparisons[op];
    return (scope, locals) => work(left(scope, locals), right(scope, locals));
  }
  return () => fail(`the operator \`${op}\` is not part of the language`);
}

function isKey<T extends object>(key: string, of: T): key is Extract<keyof T, string> {
  return Object.hasOwn(of, key);
}

function equality(left: Run, right: Run, rightNode: ASTNode, wanted: boolean): Run {
  const literal: unknown = rightNode.op === 'value' ? rightNode.args : undefined;
  if (literal === null || typeof literal === 'string' || typeof literal === 'boolean') {
    return (scope, locals) => (left(scope, locals) === literal) === wanted;
  }
  return (scope, locals) => equals(left(scope, locals), right(scope, locals)) === wanted;
}

function isIn(value: unknown, container: unknown): boolean {
  if (Array.isArray(container)) {
    make(container.length);
    return container.some((each) => equals(each, value));
  }
  if (typeof container === 'object' && container !== null) {
    return typeof value === 'string' && Object.hasOwn(container, value);
  }
  return fail(`\`in\` needs a list or a map on its right, not ${kindOf(container)}`);
}
