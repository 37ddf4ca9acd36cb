import type { Connector, StreamDeclaration } from '../../connectors/kit/contract.js';
import type { Plan } from '../plan/plan.js';
import type { Definition } from '../schema/definition.js';
import { didYouMean } from '../text/nearest.js';
import type { TextPath } from '../text/problem.js';
import { parseStream } from './paths.js';
import type { Partly } from './prune.js';
import type { Reporter } from './reporter.js';

/** What is known of a slot: its connector and, where they can be known, its streams. */
export interface SlotFacts {
  readonly connectorId: string;
  readonly connector: Connector | null;
  readonly streams: ReadonlyMap<string, StreamDeclaration> | null;
  /** True where what the connector offers depends on the connection (declarative services). */
  readonly isOpenEnded: boolean;
  /** True where only the account could say whether a stream exists. */
  readonly mayHaveMoreStreams: boolean;
}

/** Everything that the checks of single places share. */
export interface CheckContext {
  readonly reporter: Reporter;
  readonly definition: Partly<Definition>;
  readonly slots: ReadonlyMap<string, SlotFacts>;
  /** All names as they stand in the text, also of what is itself wrong. */
  readonly flowNames: readonly string[];
  readonly tableNames: readonly string[];
  readonly otherPipelines: ReadonlyMap<string, Plan> | null;
  readonly usedSlots: Set<string>;
  readonly usedTables: Set<string>;
  /** True where parts of flows did not fit the grammar: what they used is then not known. */
  readonly isFlowPruned: boolean;
  /** Whether the text has something at this place, even if it does not fit the grammar. */
  has(path: TextPath): boolean;
}

export interface FoundStream {
  readonly slot: string;
  readonly stream: string;
  readonly facts: SlotFacts | null;
  /** Null where the connection's streams are not known here. */
  readonly declaration: StreamDeclaration | null;
}

/** Looks up `<slot>.<stream>` and reports what of it does not exist. Null where nothing can be said of it. */
export function findStream(context: CheckContext, text: string | undefined, path: TextPath): FoundStream | null {
  if (text === undefined) return null;
  const parts = parseStream(text);
  if (!parts) return null;
  const { slot, stream } = parts;
  const facts = context.slots.get(slot);
  if (!facts) {
    context.reporter.report('definition/unknown_slot', path, {
      message: `The slot \`${slot}\` is not under \`connections\`.`,
      hint: didYouMean(slot, context.slots.keys(), 'slots'),
    });
    return null;
  }
  context.usedSlots.add(slot);
  const declaration = facts.streams?.get(stream) ?? null;
  if (facts.streams && !declaration && !facts.mayHaveMoreStreams) {
    context.reporter.report('definition/unknown_stream', path, {
      message: `Stream \`${text}\` is not known to connector \`${facts.connectorId}\`.`,
      hint: didYouMean(stream, facts.streams.keys(), 'streams'),
    });
  }
  return { slot, stream, facts, declaration };
}

/** Reports a field that a closed stream does not have. */
export function checkField(
  context: CheckContext,
  declaration: StreamDeclaration | null,
  field: string,
  path: TextPath,
  where: string,
): void {
  if (!declaration || declaration.isOpen || declaration.fields.some((each) => each.name === field)) return;
  context.reporter.report('definition/unknown_field', path, {
    message: `The field \`${field}\` is not known in ${where}.`,
    hint: didYouMean(
      field,
      declaration.fields.map((each) => each.name),
      'fields',
    ),
  });
}

export function listOfTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}
