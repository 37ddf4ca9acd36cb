import { Failure } from '../../core/failures.js';
import { type ConnectionRow, listConnections } from '../../store/connections.js';
import type { Tx } from '../../store/database.js';

/** What slots of a definition are asked to be bound to, by slot: a connection's name or uuid. */
export type WantedBindings = Readonly<Record<string, string>>;

export interface Bindings {
  /** Slot -> connection uuid, as a version keeps it. */
  readonly ids: Readonly<Record<string, string>>;
  readonly rows: ReadonlyMap<string, ConnectionRow>;
}

/**
 * Finds a connection for every slot: the one asked for, else the one of the version before, else one that is named as
 * the slot. Throws `definition/unbound_slot` with every slot that has none, or has one of another connector.
 */
export async function bindSlots(
  tx: Tx,
  slots: Readonly<Record<string, { readonly connector: string }>>,
  wanted: WantedBindings,
  former: Readonly<Record<string, string>>,
): Promise<Bindings> {
  const all = await listConnections(tx);
  const problems: string[] = [];
  const rows = new Map<string, ConnectionRow>();
  for (const name of Object.keys(wanted)) {
    if (!Object.hasOwn(slots, name)) problems.push(`there is no slot \`${name}\``);
  }
  for (const [slot, { connector }] of Object.entries(slots)) {
    const asked = wanted[slot];
    const row =
      asked !== undefined
        ? all.find((each) => each.name === asked || each.id === asked)
        : (all.find((each) => each.id === former[slot]) ?? all.find((each) => each.name === slot));
    if (row === undefined) {
      problems.push(asked === undefined ? `slot \`${slot}\` has no connection` : `there is no connection \`${asked}\``);
    } else if (row.connector !== connector) {
      problems.push(
        `slot \`${slot}\` needs connector \`${connector}\`, connection \`${row.name}\` is \`${row.connector}\``,
      );
    } else rows.set(slot, row);
  }
  if (problems.length > 0) throw unbound(problems, all);
  return { ids: Object.fromEntries([...rows].map(([slot, row]) => [slot, row.id])), rows };
}

function unbound(problems: readonly string[], all: readonly ConnectionRow[]): Failure {
  const names = all.map((row) => row.name).join(', ');
  return new Failure('definition/unbound_slot', {
    message: `The slots of this definition cannot be bound: ${problems.join('; ')}.`,
    hint:
      names === ''
        ? 'Add a connection with `pipewright connect add` and name it with `--connection slot=name`.'
        : `Name a connection for each slot with \`--connection slot=name\`; known connections: ${names}.`,
    details: { problems: [...problems] },
  });
}
