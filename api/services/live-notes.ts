import { readAll } from '../../connectors/kit/read-all.js';
import { errorText, isFailure } from '../../core/failures.js';
import { type Keyed, keyIn, matchValues } from '../../definitions/compile/matched-table.js';
import type { Plan, ValueTablePlan } from '../../definitions/plan/plan.js';
import type { ConnectionRow } from '../../store/connections.js';
import type { AccountId } from '../../store/database.js';
import type { ApiContext } from '../context.js';
import { findMissingFields, type StreamsBySlot } from './new-fields.js';

const askMs = 30_000;
const maxNamed = 20;

/**
 * What a look at the connected accounts shows beyond the definition's own problems, as sentences: rights that are
 * missing, fields that publishing would create, keys of value tables without a counterpart.
 */
export async function liveNotes(
  context: ApiContext,
  accountId: AccountId,
  plan: Plan,
  connections: ReadonlyMap<string, ConnectionRow>,
  streams: StreamsBySlot,
): Promise<string[]> {
  const notes: string[] = [];
  for (const [slot, row] of connections) notes.push(...(await rightsOf(context, accountId, slot, row)));
  for (const { slot, stream, fields } of findMissingFields(plan, streams)) {
    const names = fields.map((field) => `\`${field.name}\``).join(', ');
    notes.push(`Publishing with \`--create-fields\` would create in \`${slot}.${stream}\`: ${names}.`);
  }
  for (const [name, table] of Object.entries(plan.values)) {
    if (table.kind === 'matched')
      notes.push(...(await unmatchedOf(context, accountId, name, table, connections, streams)));
  }
  return notes;
}

async function rightsOf(
  context: ApiContext,
  accountId: AccountId,
  slot: string,
  row: ConnectionRow,
): Promise<string[]> {
  const opened = await context.openConnection(accountId, row.id);
  try {
    const { rightsMissing } = await opened.connection.check(AbortSignal.timeout(askMs));
    return rightsMissing.map((right) => `Connection \`${row.name}\` (slot \`${slot}\`) lacks a right: ${right}.`);
  } catch (error) {
    return [`Connection \`${row.name}\` could not be checked: ${isFailure(error) ? error.message : errorText(error)}`];
  } finally {
    await opened.connection.close();
  }
}

async function unmatchedOf(
  context: ApiContext,
  accountId: AccountId,
  name: string,
  table: Extract<ValueTablePlan, { kind: 'matched' }>,
  connections: ReadonlyMap<string, ConnectionRow>,
  streams: StreamsBySlot,
): Promise<string[]> {
  const side = async ({ slot, stream }: { slot: string; stream: string }): Promise<Keyed> => {
    const declaration = streams[slot]?.find((candidate) => candidate.name === stream);
    const row = connections.get(slot);
    if (declaration === undefined || row === undefined) return [];
    const opened = await context.openConnection(accountId, row.id);
    try {
      return await readAll(opened.connection, declaration, AbortSignal.timeout(askMs));
    } finally {
      await opened.connection.close();
    }
  };
  try {
    const from = await side(table.from);
    const pairs = { ...matchValues(table, from, await side(table.to)), ...table.also };
    const keys = from.map(([key, record]) => keyIn(table.from, key, record)).filter((key) => key !== null);
    const left = keys.filter((key) => !Object.hasOwn(pairs, key));
    if (left.length === 0) return [];
    const named = left.slice(0, maxNamed).map((key) => `\`${key}\``);
    const more = left.length > maxNamed ? ` and ${left.length - maxNamed} more` : '';
    return [
      `Table \`${name}\` has no counterpart for ${left.length} of ${from.length} keys: ${named.join(', ')}${more}.`,
    ];
  } catch (error) {
    return [`Table \`${name}\` could not be matched: ${isFailure(error) ? error.message : errorText(error)}`];
  }
}
