import type { Compiler, Run } from './compile.js';
import { fail, isExpressionError, make, spend } from './meter.js';
import { kindOf } from './operators.js';
import { type ASTNode, childrenOf } from './parse.js';

/** `list.all|exists|exists_one|filter|map(x, ...)`: the only repetition there is, counted member by member. */
export function compileMacro(compiler: Compiler, name: string, receiver: ASTNode, args: readonly ASTNode[]): Run {
  const over = compiler.strict(receiver);
  const variable = args[0];
  if (variable?.op !== 'id') return () => fail(`\`${name}\` needs a name for the member`);
  const slot = compiler.locals.push(variable.args) - 1;
  compiler.maxLocals = Math.max(compiler.maxLocals, slot + 1);
  const bodies = args.slice(1).map((node) => compiler.strict(node));
  compiler.locals.pop();
  const cost = args.slice(1).reduce((sum, node) => sum + nodesOf(node), 1);
  const members = (scope: Parameters<Run>[0], locals: unknown[]): readonly unknown[] => {
    const value = over(scope, locals);
    return Array.isArray(value) ? value : fail(`\`${name}\` goes over a list, not over ${kindOf(value)}`);
  };
  const [first, second] = bodies;
  if (!first) return () => fail(`\`${name}\` needs an expression`);
  const loop: Loop = { members, slot, cost };
  switch (name) {
    case 'map':
      return second ? mapped(loop, test(name, first), second) : mapped(loop, null, first);
    case 'filter':
      return filtered(loop, test(name, first));
    case 'exists_one':
      return existsOne(loop, test(name, first));
    default:
      return quantifier(loop, test(name, first), name === 'exists');
  }
}

interface Loop {
  readonly members: (scope: Parameters<Run>[0], locals: unknown[]) => readonly unknown[];
  readonly slot: number;
  /** Steps of one round. */
  readonly cost: number;
}

type Test = (...args: Parameters<Run>) => boolean;

function test(name: string, run: Run): Test {
  return (scope, locals) => {
    const holds = run(scope, locals);
    return typeof holds === 'boolean' ? holds : fail(`the test of \`${name}\` is ${kindOf(holds)}, not true or false`);
  };
}

function mapped({ members, slot, cost }: Loop, holds: Test | null, value: Run): Run {
  return (scope, locals) => {
    const made: unknown[] = [];
    for (const member of members(scope, locals)) {
      spend(cost);
      locals[slot] = member;
      if (holds && !holds(scope, locals)) continue;
      make(16);
      made.push(value(scope, locals));
    }
    return made;
  };
}

function filtered({ members, slot, cost }: Loop, holds: Test): Run {
  return (scope, locals) => {
    const made: unknown[] = [];
    for (const member of members(scope, locals)) {
      spend(cost);
      locals[slot] = member;
      if (!holds(scope, locals)) continue;
      make(16);
      made.push(member);
    }
    return made;
  };
}

function existsOne({ members, slot, cost }: Loop, holds: Test): Run {
  return (scope, locals) => {
    let count = 0;
    for (const member of members(scope, locals)) {
      spend(cost);
      locals[slot] = member;
      if (holds(scope, locals)) count++;
    }
    return count === 1;
  };
}

/** As in CEL, a member that decides makes errors of other members harmless. */
function quantifier({ members, slot, cost }: Loop, holds: Test, decides: boolean): Run {
  return (scope, locals) => {
    let failure: unknown = null;
    for (const member of members(scope, locals)) {
      spend(cost);
      locals[slot] = member;
      try {
        if (holds(scope, locals) === decides) return decides;
      } catch (error) {
        if (!isExpressionError(error) || error.kind === 'limit') throw error;
        failure ??= error;
      }
    }
    if (failure !== null) throw failure;
    return !decides;
  };
}

function nodesOf(node: ASTNode): number {
  let count = 1;
  for (const child of childrenOf(node)) count += nodesOf(child);
  return count;
}
