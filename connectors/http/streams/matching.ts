import { Failure } from '../../../core/failures.js';
import type { JsonObject } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import type { FoundRecord } from '../../kit/index.js';
import type { ServiceStream } from '../service.js';
import type { Finder } from './finder.js';

/**
 * Finds records by natural fields: asked by the one field that the service searches, compared by all. Letter case
 * tells records apart only where one of them fits exactly.
 */
export async function findMatches(
  finder: Finder,
  stream: ServiceStream,
  fields: readonly string[],
  values: readonly (readonly string[])[],
  signal: AbortSignal,
): Promise<readonly FoundRecord[]> {
  const column = fields.findIndex((name) => finder.canFind(name));
  const field = fields[column];
  if (field === undefined) throw cannotSearch(finder.stream, fields, Object.keys(stream.read?.find ?? {}));
  const records = await finder.find(field, values.map((row) => row[column] ?? '').filter(Boolean), signal, true);
  const byText = new Map<string, FoundHit[]>();
  for (const record of records) {
    const text = JSON.stringify(fields.map((name) => keyText(record[name]) ?? ''));
    const hit = { text, targetKey: keyText(record[stream.key[0] as string]) ?? '', fields: record as JsonObject };
    byText.set(text.toLowerCase(), [...(byText.get(text.toLowerCase()) ?? []), hit]);
  }
  return values.flatMap((row) => {
    const askedFor = JSON.stringify(row);
    const hits = byText.get(askedFor.toLowerCase()) ?? [];
    const exact = hits.filter(({ text }) => text === askedFor);
    return (exact.length > 0 ? exact : hits).map((hit) => ({
      targetKey: hit.targetKey,
      askedFor,
      fields: hit.fields,
    }));
  });
}

interface FoundHit {
  readonly text: string;
  readonly targetKey: string;
  readonly fields: JsonObject;
}

function cannotSearch(stream: string, fields: readonly string[], known: readonly string[]): Failure {
  return new Failure('definition/invalid', {
    message: `Stream \`${stream}\` cannot be searched by \`${fields.join('`, `')}\`.`,
    hint: `Fields that can be searched: ${known.join(', ') || 'none'}.`,
  });
}
