/** How the ids of one table look: row numbers stay inside the sandbox, vendors show ids. */
export interface IdSpace {
  idOf(row: number): string;
  /** The row of an id, or -1; the row may not exist (yet). */
  rowOf(id: string): number;
  /** Remembers the id of a new row; `wanted` is an id chosen by the client, where the vendor allows it. */
  assign(row: number, wanted?: string): string;
}

/** Ids that count upwards from `first`: nothing needs to be stored. */
export function countedIds(first: number): IdSpace {
  const idOf = (row: number) => String(first + row);
  return {
    idOf,
    rowOf(id) {
      const number = Number(id);
      return Number.isInteger(number) && String(number) === id && number >= first ? number - first : -1;
    },
    assign: idOf,
  };
}

/** Ids made by `make` or given by the client (GUIDs, object ids): kept in a map. */
export function storedIds(make: (row: number) => string): IdSpace {
  const ids: string[] = [];
  const rows = new Map<string, number>();
  return {
    idOf: (row) => ids[row] ?? '',
    rowOf: (id) => rows.get(id) ?? -1,
    assign(row, wanted) {
      const id = wanted ?? make(row);
      ids[row] = id;
      rows.set(id, row);
      return id;
    },
  };
}
