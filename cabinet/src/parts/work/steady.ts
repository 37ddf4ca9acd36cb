import { useState } from 'react';

interface Row {
  readonly id: string;
}

/**
 * A list that is asked again and again: rows that are shown follow what happens to them, new ones wait until somebody
 * asks for them, so that nothing moves under a hand. `rows` undefined: not answered yet.
 */
export function useSteady<Shown extends Row>(rows: readonly Shown[] | undefined, view: string) {
  const [held, setHeld] = useState<{ readonly view: string; readonly rows: readonly Shown[] } | null>(null);
  const isOther = held === null || held.view !== view;
  if (rows !== undefined && (isOther || (held.rows.length === 0 && rows.length > 0))) setHeld({ view, rows });
  const fresh = new Map(rows?.map((row) => [row.id, row]));
  const known = new Set(held?.rows.map((row) => row.id));
  return {
    rows: held?.rows.map((row) => fresh.get(row.id) ?? row),
    newCount: isOther ? 0 : (rows ?? []).filter((row) => !known.has(row.id)).length,
    showNew: () => rows !== undefined && setHeld({ view, rows }),
  };
}
