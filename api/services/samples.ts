import type { StreamDeclaration } from '../../connectors/kit/index.js';
import { Failure } from '../../core/failures.js';
import type { JsonValue } from '../../core/json.js';
import { type SourceRecord, sourceKeyOf } from '../../core/record.js';
import { getConnection } from '../../store/connections-admin.js';
import type { AccountId } from '../../store/database.js';
import type { ApiContext, OpenedForApi } from '../context.js';

const askMs = 20_000;
/** How long records once read are looked at again, so that typing an expression asks the vendor once. */
const freshMs = 60_000;
const maxKept = 100;
export const maxSamples = 100;
const maxBytes = 1_000_000;
const shownCharacters = 300;

/** A stream with some of its records, as they are now. */
export interface Sampled {
  readonly stream: StreamDeclaration;
  readonly records: readonly Sample[];
}

export interface Sample {
  /** Null where the stream has no key. */
  readonly key: string | null;
  readonly record: SourceRecord;
}

interface Kept {
  readonly untilMs: number;
  readonly asked: Promise<Sampled>;
}

const kept = new Map<string, Kept>();

/** The first records of a stream as they are shown: long texts are cut. */
export async function listSamples(
  context: ApiContext,
  accountId: AccountId,
  connection: string,
  stream: string,
  limit: number,
) {
  const { records } = await readSamples(context, accountId, connection, stream);
  const items = records.slice(0, limit).map(({ key, record }) => ({ key, record: shortened(record) }));
  return { items, next: null };
}

/**
 * One page of a stream, kept for a minute: one question to the vendor however often a person asks. `noteUse` is called
 * before the vendor is asked, where the route itself leaves no line for it.
 */
export async function readSamples(
  context: ApiContext,
  accountId: AccountId,
  connection: string,
  stream: string,
  noteUse?: (connection: string) => Promise<void>,
): Promise<Sampled> {
  const row = await context.store.account(accountId, (tx) => getConnection(tx, connection));
  const place = JSON.stringify([accountId, row.id, row.settings, stream]);
  const now = Date.now();
  const known = kept.get(place);
  if (known !== undefined && known.untilMs > now) return known.asked;
  for (const [other, { untilMs }] of kept) if (untilMs <= now || kept.size >= maxKept) kept.delete(other);
  await noteUse?.(row.name);
  const asked = askSamples(context, accountId, row.id, stream);
  kept.set(place, { untilMs: now + freshMs, asked });
  try {
    return await asked;
  } catch (error) {
    kept.delete(place);
    throw error;
  }
}

async function askSamples(
  context: ApiContext,
  accountId: AccountId,
  connectionId: string,
  name: string,
): Promise<Sampled> {
  const opened = await context.openConnection(accountId, connectionId);
  try {
    const streams = await opened.connection.streams(AbortSignal.timeout(askMs));
    const stream = streams.find((each) => each.name === name);
    if (stream === undefined) throw unknownStream(opened, name, streams);
    return { stream, records: await firstRecords(opened, stream) };
  } finally {
    await opened.connection.close();
  }
}

async function firstRecords({ connection, row }: OpenedForApi, stream: StreamDeclaration): Promise<Sample[]> {
  const mode = stream.read?.modes.find((each) => each === 'full') ?? stream.read?.modes[0];
  if (mode === undefined) throw notReadable(row.name, stream.name);
  const key = stream.key ?? [];
  const reader = connection.reader({
    stream: stream.name,
    mode,
    key,
    cursorFields: mode === 'full' ? null : (stream.read?.cursor ?? null),
    start: null,
    lagMs: 0,
    where: {},
    skipsDeletions: true,
    period: null,
  });
  try {
    const page = await reader.readPage(null, null, AbortSignal.timeout(askMs));
    const samples: Sample[] = [];
    let bytes = 0;
    for (const [index, record] of page.records.slice(0, maxSamples).entries()) {
      bytes += JSON.stringify(record).length;
      if (bytes > maxBytes && samples.length > 0) break;
      samples.push({ key: key.length > 0 ? sourceKeyOf(record, key) : (page.sourceKeys?.[index] ?? null), record });
    }
    return samples;
  } finally {
    await reader.close?.();
  }
}

/** A value as it is shown: long texts and lists end early. */
export function shortened<Value extends JsonValue>(value: Value): Value;
export function shortened(value: JsonValue): JsonValue {
  if (typeof value === 'string') {
    return value.length > shownCharacters ? `${value.slice(0, shownCharacters)}…` : value;
  }
  if (Array.isArray(value)) return value.slice(0, 20).map((each) => shortened(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shortened(member)]));
}

function unknownStream(opened: OpenedForApi, name: string, streams: readonly StreamDeclaration[]): Failure {
  return new Failure('api/not_found', {
    message: `Connection \`${opened.row.name}\` has no stream \`${name}\`.`,
    hint: `Known streams: ${streams.map((each) => each.name).join(', ')}.`,
  });
}

function notReadable(connection: string, stream: string): Failure {
  return new Failure('api/bad_request', {
    message: `Stream \`${stream}\` of connection \`${connection}\` cannot be read.`,
    hint: 'Choose a stream that can be read.',
  });
}
