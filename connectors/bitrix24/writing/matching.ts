import type { JsonObject } from '../../../core/json.js';
import { keyText, type SourceRecord } from '../../../core/record.js';
import type { FoundRecord } from '../../kit/index.js';
import type { PortalClient } from '../client.js';
import { foldOf, textsOf } from '../reading/compare.js';
import { findRecords } from '../reading/reader.js';
import type { Source } from '../reading/source.js';

/** Which field of several is asked for: the one that tells most. */
const telling = ['ID', 'ORIGIN_ID', 'XML_ID', 'EMAIL', 'PHONE'];

/**
 * Finds records by natural fields: asked by one of them, compared by all. Letter case tells records apart only where
 * one of them fits exactly.
 */
export async function findMatches(
  client: PortalClient,
  source: Source,
  fields: readonly string[],
  values: readonly (readonly string[])[],
  signal: AbortSignal,
): Promise<readonly FoundRecord[]> {
  const best = telling.find((name) => fields.includes(name)) ?? fields[0];
  if (best === undefined) return [];
  const column = fields.indexOf(best);
  const asked = values.flatMap((row) => row[column] ?? []);
  const records = await findRecords(client, source, best, asked, signal);
  const byText = new Map<string, SourceRecord[]>();
  const fold = foldOf(best);
  for (const record of records) {
    for (const text of new Set(textsOf(record, best).map(fold)))
      byText.set(text, [...(byText.get(text) ?? []), record]);
  }
  return values.flatMap((row) => {
    const candidates = byText.get(fold(row[column] ?? '')) ?? [];
    const hits = candidates.filter((record) => fits(record, fields, row, true));
    const exact = hits.filter((record) => fits(record, fields, row, false));
    return (exact.length > 0 ? exact : hits).map((record) => ({
      targetKey: keyText(record[source.keyField]) ?? '',
      askedFor: JSON.stringify(row),
      fields: record as JsonObject,
    }));
  });
}

function fits(record: SourceRecord, fields: readonly string[], row: readonly string[], isFolded: boolean): boolean {
  return fields.every((field, index) => {
    const fold = isFolded ? foldOf(field) : (text: string): string => text;
    const wanted = fold(row[index] ?? '');
    return textsOf(record, field).some((text) => fold(text) === wanted);
  });
}
