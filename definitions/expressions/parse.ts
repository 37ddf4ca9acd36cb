import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { nearest } from '../text/nearest.js';
import { functions, macroNames, refusedFunctions, specialNames } from './functions/table.js';

export type { ASTNode };

/** Bounds of an expression's own size (reliability.md 3); what it costs on a record is metered while it runs. */
const expressionLimits = { characters: 10_000, nodes: 500, depth: 32, macros: 4, nesting: 2 } as const;

export type ExpressionProblemCode =
  | 'definition/bad_expression'
  | 'definition/expression_refused'
  | 'definition/expression_type'
  | 'definition/unknown_field'
  | 'definition/unknown_function'
  | 'definition/unknown_name';

/** A problem inside an expression, by offsets into its text. */
export interface ExpressionProblem {
  readonly code: ExpressionProblemCode;
  readonly message: string;
  readonly hint: string;
  readonly start: number;
  readonly end: number;
}

export type Parsed =
  | { readonly ast: ASTNode; readonly problems: readonly [] }
  | { readonly ast: null; readonly problems: readonly ExpressionProblem[] };

const environment = new Environment({
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  limits: {
    maxAstNodes: expressionLimits.nodes,
    maxDepth: expressionLimits.depth,
    maxListElements: 200,
    maxMapEntries: 100,
  },
});

/** Text to syntax tree, with everything refused that the language does not have. Never throws. */
export function parseExpression(text: string): Parsed {
  if (text.length > expressionLimits.characters) {
    return { ast: null, problems: [refused(`it is longer than ${expressionLimits.characters} characters`, 0, 1)] };
  }
  let ast: ASTNode;
  try {
    ast = environment.parse(text).ast;
  } catch (error) {
    return { ast: null, problems: [syntaxProblem(error, text)] };
  }
  const guard = new Guard();
  guard.visit(ast, 0);
  return guard.problems.length > 0 ? { ast: null, problems: guard.problems } : { ast, problems: [] };
}

class Guard {
  readonly problems: ExpressionProblem[] = [];
  #macros = 0;

  visit(node: ASTNode, nesting: number): void {
    switch (node.op) {
      case 'call':
        this.#call(node, node.args[0], node.args[1], nesting, false);
        return;
      case 'rcall':
        this.visit(node.args[1], nesting);
        this.#call(node, node.args[0], node.args[2], nesting, true);
        return;
      case 'value':
        this.#literal(node);
        return;
      case '.?':
      case '[?]':
        this.problems.push(refused('optional access is not part of the language; use `default`', node.start, node.end));
        return;
      case 'id':
        return;
      default:
        for (const child of childrenOf(node)) this.visit(child, nesting);
    }
  }

  #call(node: ASTNode, name: string, args: readonly ASTNode[], nesting: number, isMethod: boolean): void {
    const hint = refusedFunctions.get(name);
    const isMacro = isMethod && macroNames.has(name);
    const isSpecial = specialNames.has(name) && macroNames.has(name) === isMethod;
    if (hint !== undefined) {
      const start = nameStart(node, name);
      this.problems.push({
        code: 'definition/expression_refused',
        message: `The function \`${name}\` is not allowed in expressions.`,
        hint,
        start,
        end: start + name.length,
      });
    } else if (!functions.has(name) && !isSpecial) this.problems.push(unknownFunction(node, name, isMethod));
    if (isMacro && ++this.#macros === expressionLimits.macros + 1) {
      this.problems.push(
        refused(`it has more than ${expressionLimits.macros} of ${listed(macroNames)}`, node.start, node.end),
      );
    }
    if (isMacro && nesting === expressionLimits.nesting) {
      this.problems.push(refused(`${listed(macroNames)} are nested deeper than 2`, node.start, node.end));
    }
    for (const arg of args) this.visit(arg, isMacro ? nesting + 1 : nesting);
  }

  #literal(node: ASTNode): void {
    const value: unknown = node.args;
    if (typeof value !== 'object' || value === null) return;
    const what = ArrayBuffer.isView(value) ? 'bytes are' : 'unsigned numbers are';
    this.problems.push(refused(`${what} not part of the language`, node.start, node.end));
  }
}

/** Where the name of a called function stands: before its first bracket. */
export function nameStart(node: ASTNode, name: string): number {
  if (node.op === 'call') return node.start;
  const receiver = node.op === 'rcall' ? node.args[1] : null;
  const from = receiver ? receiver.end : node.start;
  const at = node.input.indexOf(name, from);
  return at < 0 ? node.start : at;
}

export function childrenOf(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case '!_':
    case '-_':
      return [node.args];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'map':
      return node.args.flat();
    default:
      return node.args;
  }
}

const listed = (names: ReadonlySet<string>) => [...names].map((name) => `\`${name}\``).join(', ');

function refused(reason: string, start: number, end: number): ExpressionProblem {
  return {
    code: 'definition/expression_refused',
    message: `The expression is refused: ${reason}.`,
    hint: 'Make it smaller, for instance by naming parts in a `set` step.',
    start,
    end,
  };
}

function unknownFunction(node: ASTNode, name: string, isMethod: boolean): ExpressionProblem {
  const known = [...functions.keys(), ...specialNames];
  const start = nameStart(node, name);
  const form = macroNames.has(name) ? `Write it behind a list: \`list.${name}(x, ...)\`.` : null;
  const guess = nearest(name, known);
  return {
    code: 'definition/unknown_function',
    message: `Expressions have no ${isMethod ? 'method' : 'function'} \`${name}\`.`,
    hint: form ?? (guess ? `Did you mean \`${guess}\`?` : 'All functions are listed in docs/expressions.md.'),
    start,
    end: start + name.length,
  };
}

function syntaxProblem(error: unknown, text: string): ExpressionProblem {
  const { code, summary, range } = error as {
    code?: unknown;
    summary?: unknown;
    range?: { start: number; end: number };
  };
  const start = Math.min(range?.start ?? 0, text.length);
  const end = Math.min(Math.max(range?.end ?? start + 1, start + 1), text.length);
  const said = String(summary ?? 'it cannot be read').slice(0, 200);
  if (code === 'limit_exceeded') return refused(said.replace(/^Exceeded /, 'it exceeds '), start, end);
  return {
    code: 'definition/bad_expression',
    message: `The expression cannot be read: ${said.replace(/\.$/, '')}.`,
    hint: 'Check brackets, quotes and operators at this place; text stands in quotes, fields behind `record.`.',
    start,
    end,
  };
}
