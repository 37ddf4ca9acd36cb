/** A record of a sandbox's state. */
export type Row = Readonly<Record<string, unknown>>;

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function rows(value: unknown): Row[] {
  return Array.isArray(value) ? value.filter(isRow) : [];
}

/** Text of a text, number or flag; empty where there is nothing. */
export function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** The id of a related record; none is written as null, 0 or not at all. */
export function idOf(value: unknown): string | null {
  const id = text(value);
  return id === '' || id === '0' ? null : id;
}

/** All streams of a sandbox as `GET <control>/state` shows them. */
export async function readState(control: string): Promise<Row> {
  const answer = await fetch(`${control}/state`);
  const body: unknown = await answer.json();
  if (!isRow(body) || !isRow(body.streams)) throw new Error(`${control}/state shows no streams.`);
  return body.streams;
}
