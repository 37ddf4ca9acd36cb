import type { Connector, StreamDeclaration } from '../../connectors/kit/contract.js';
import { isJsonObject, type JsonValue } from '../../core/json.js';
import type { Plan } from '../plan/plan.js';
import type { Definition, DefinitionTest } from '../schema/definition.js';
import { didYouMean } from '../text/nearest.js';
import { parseText, type TextTree } from '../text/tree.js';
import { buildPlan } from './build-plan.js';
import type { CheckContext, SlotFacts } from './context.js';
import { shareOf } from './durations.js';
import { checkFlow } from './flow-checks.js';
import type { Problem } from './problems.js';
import { type Partly, prune } from './prune.js';
import { checkCycles } from './ref-checks.js';
import { Reporter } from './reporter.js';
import { suspectedSecrets } from './secrets.js';
import { definitionShape, mostProblems } from './shape.js';
import { checkTables } from './table-checks.js';
import { checkTests } from './test-checks.js';
import { checkTrigger } from './trigger-checks.js';

export interface CheckOptions {
  /** What messages call the text. */
  readonly file: string;
  readonly connectors: ReadonlyMap<string, Connector>;
  /** Streams as the account has them, by slot; null or absent where they are not known. */
  readonly streams?: Readonly<Record<string, readonly StreamDeclaration[] | null>>;
  /** Published plans of the account by pipeline id; absent where references to them cannot be checked. */
  readonly otherPipelines?: ReadonlyMap<string, Plan>;
}

export interface CheckedDefinition {
  /** Null as long as there is an error. */
  readonly plan: Plan | null;
  /** In-file tests; empty as long as there is an error. */
  readonly tests: readonly DefinitionTest[];
  /** All problems at once, by position. */
  readonly problems: Problem[];
}

/** Text to plan, or to everything that is wrong with it. Reads no files, asks no service, never throws. */
export function checkDefinition(text: string, options: CheckOptions): CheckedDefinition {
  const { tree, lines, problems } = parseText(text);
  const secrets = tree ? suspectedSecrets(tree) : [];
  const reporter = new Reporter(
    options.file,
    lines,
    tree,
    secrets.map((secret) => secret.range),
  );
  for (const problem of problems) reporter.addText(problem);
  if (!tree) return { plan: null, tests: [], problems: reporter.sorted() };
  for (const { path } of secrets) {
    reporter.report('definition/secret_suspected', path, {
      severity: 'warning',
      message: 'This looks like a password, key or token.',
      hint: 'Secrets belong to the connection: `pipewright connect add` takes them from the standard input.',
    });
  }
  const context = checkTree(tree, reporter, options);
  if (!context || reporter.hasErrors()) return { plan: null, tests: [], problems: reporter.sorted() };
  // Without errors nothing was left out, so the value has the whole shape of the grammar.
  const definition = tree.value as unknown as Definition;
  return { plan: buildPlan(definition, context.slots), tests: definition.tests ?? [], problems: reporter.sorted() };
}

function checkTree(tree: TextTree, reporter: Reporter, options: CheckOptions): CheckContext | null {
  const shape = definitionShape(tree.value);
  for (const problem of shape) reporter.report(problem.code, problem.path, problem);
  if (shape.length >= mostProblems) return null;
  const rest = prune(
    tree.value,
    shape.flatMap((problem) => (problem.prune ? [problem.prune] : [])),
  );
  if (!isJsonObject(rest)) return null;
  // What does not fit the grammar is gone; what is left may lack parts, which `Partly` says.
  const definition = rest as unknown as Partly<Definition>;
  const context: CheckContext = {
    reporter,
    definition,
    slots: slotFacts(tree.value, definition, reporter, options),
    flowNames: keysAt(tree.value, 'flows'),
    tableNames: keysAt(tree.value, 'values'),
    otherPipelines: options.otherPipelines ?? null,
    usedSlots: new Set(),
    usedTables: new Set(),
    isFlowPruned: shape.some(({ prune: left }) => left !== null && (left.length === 0 || left[0] === 'flows')),
    has: (path) => tree.at(path) !== null,
  };
  checkParts(context);
  return context;
}

function checkParts(context: CheckContext): void {
  const { definition } = context;
  checkTrigger(context);
  for (const [name, flow] of Object.entries(definition.flows ?? {})) if (flow) checkFlow(context, name, flow);
  checkCycles(context);
  checkRenames(context);
  checkTables(context);
  checkErrors(context);
  checkTests(context);
  checkUnused(context);
}

function slotFacts(
  value: JsonValue,
  definition: Partly<Definition>,
  reporter: Reporter,
  options: CheckOptions,
): ReadonlyMap<string, SlotFacts> {
  const slots = new Map<string, SlotFacts>();
  for (const name of keysAt(value, 'connections')) {
    const connectorId = definition.connections?.[name]?.connector ?? '';
    const connector = options.connectors.get(connectorId) ?? null;
    if (connectorId !== '' && !connector) {
      reporter.report('definition/unknown_connector', ['connections', name, 'connector'], {
        message: `The connector \`${connectorId}\` does not exist.`,
        hint: didYouMean(connectorId, options.connectors.keys(), 'connectors'),
      });
    }
    const declared = declaredStreams(connector);
    const streams = options.streams?.[name] ?? declared;
    slots.set(name, {
      connectorId,
      connector,
      isOpenEnded: declared === null,
      mayHaveMoreStreams: options.streams?.[name] == null && connector?.hasMoreStreams === true,
      streams: streams && streams.length > 0 ? new Map(streams.map((stream) => [stream.name, stream])) : null,
    });
  }
  return slots;
}

/** Without the settings of a connection a connector may not be able to tell its streams. */
function declaredStreams(connector: Connector | null): readonly StreamDeclaration[] | null {
  try {
    return connector?.declaredStreams({}) ?? null;
  } catch {
    return null;
  }
}

function keysAt(value: JsonValue, key: string): string[] {
  const part = isJsonObject(value) ? value[key] : undefined;
  return isJsonObject(part) ? Object.keys(part) : [];
}

function checkRenames(context: CheckContext): void {
  const before = new Map<string, string>();
  for (const [name, flow] of Object.entries(context.definition.flows ?? {})) {
    const old = flow?.renamed_from;
    if (old === undefined) continue;
    const path = ['flows', name, 'renamed_from'];
    const other = before.get(old);
    if (context.flowNames.includes(old) || other !== undefined) {
      context.reporter.report('definition/name_taken', path, {
        message:
          other === undefined ? `A flow \`${old}\` still exists.` : `\`${other}\` was renamed from \`${old}\` too.`,
        hint: 'Links of a flow can go on in one flow only.',
      });
    }
    before.set(old, name);
  }
}

function checkErrors(context: CheckContext): void {
  const text = context.definition.errors?.stop_when?.rejected;
  const share = text === undefined ? null : shareOf(text);
  if (text === undefined || (share !== null && share > 0)) return;
  context.reporter.report('definition/bad_duration', ['errors', 'stop_when', 'rejected'], {
    message: `The share \`${text}\` is not above 0% and at most 100%.`,
    hint: 'Write a percentage such as `5%`.',
  });
}

function checkUnused(context: CheckContext): void {
  if (context.isFlowPruned) return;
  for (const slot of context.slots.keys()) {
    if (!context.usedSlots.has(slot))
      reportUnused(context, ['connections', slot], `The slot \`${slot}\` is never used.`);
  }
  for (const table of context.tableNames) {
    if (!context.usedTables.has(table))
      reportUnused(context, ['values', table], `The value table \`${table}\` is never used.`);
  }
}

function reportUnused(context: CheckContext, path: readonly string[], message: string): void {
  context.reporter.report('definition/unused', path, {
    at: 'key',
    severity: 'warning',
    message,
    hint: 'Remove it, or use it.',
  });
}
