import { Failure } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import type { CheckReport, ConnectionContext, OpenConnection, StreamDeclaration } from '../kit/index.js';
import { failureOf } from './answers.js';
import { sendBatch } from './batch.js';
import { CreatioClient } from './client.js';
import { allStreams, declare, streamOf } from './declaration.js';
import { CreatioReader } from './reading/reader.js';
import type { ObjectSchema } from './schema/columns.js';
import { Objects } from './schema/objects.js';
import { parseCreatioSettings } from './settings.js';
import { isStandardObject, standardStream } from './streams/index.js';
import type { StandardStream } from './streams/stream.js';
import { choicesOf, valuesOf } from './values-of-fields.js';
import { CreatioWriter } from './writing/writer.js';

/** Streams whose rights a check names: what nearly every pipeline moves. */
const checkedStreams = ['companies', 'contacts', 'leads', 'deals', 'products', 'activities'];
/** Descriptions of objects asked for at the same time. */
const descriptionsAtOnce = 6;

export function openCreatio(context: ConnectionContext): OpenConnection {
  const client = new CreatioClient(parseCreatioSettings(context.settings), context);
  return {
    check: (signal) => check(client, signal),
    streams: (signal) => describeStreams(client, signal),
    reader: (request) => new CreatioReader(client, request),
    writer: (request) => new CreatioWriter(client, request),
    lookup: (name, keys, signal) => lookUp(client, name, keys, signal),
    values: (stream, field, signal) => valuesOf(client, stream, field, signal),
    close: async () => undefined,
  };
}

/** One batch of tiny reads: proves the credentials, the address of the services, batches, and the rights to read. */
async function check(client: CreatioClient, signal: AbortSignal): Promise<CheckReport> {
  const streams = checkedStreams.flatMap((name) => standardStream(name) ?? []);
  const answers = await sendBatch(
    client,
    streams.map(({ set }) => ({ method: 'GET', url: `${set}?$top=1&$select=Id` }) as const),
    { signal, what: 'The check' },
  );
  const rightsFound: string[] = [];
  const rightsMissing: string[] = [];
  streams.forEach(({ name, set }, index) => {
    const answer = answers[index] ?? null;
    if (answer?.meaning === 'done') rightsFound.push(`read ${name}`);
    else if (answer?.meaning === 'no_rights') rightsMissing.push(`read ${name} (object ${set})`);
    // An object that a product does not have is no right that is missing.
    else if (answer !== null && answer.meaning !== 'missing' && answer.meaning !== 'publishing')
      throw failureOf(answer.said, answer.meaning, 'The check');
  });
  return { account: new URL(client.settings.baseUrl).host, rightsFound, rightsMissing };
}

/** The streams of the instance as they are now: columns and captions of the standard ones, types of all others. */
async function describeStreams(client: CreatioClient, signal: AbortSignal): Promise<readonly StreamDeclaration[]> {
  const { settings } = client;
  const objects = new Objects(client);
  const wanted = allStreams(settings);
  const schemas = new Map<StandardStream, ObjectSchema>();
  for (let start = 0; start < wanted.length; start += descriptionsAtOnce) {
    const some = wanted.slice(start, start + descriptionsAtOnce);
    const found = await Promise.all(some.map((stream) => objects.find(stream.set, signal)));
    some.forEach((stream, index) => {
      const schema = found[index];
      if (schema != null) schemas.set(stream, schema);
    });
  }
  const refersTo = [...schemas.values()].flatMap(({ columns }) => columns.flatMap((column) => column.refersTo ?? []));
  const choices = await choicesOf(client, refersTo, signal);
  const described = [...schemas].map(([stream, schema]) => declare(stream, schema, settings, choices));
  return settings.objects === null ? [...described, ...(await otherStreams(objects, client, signal))] : described;
}

async function otherStreams(
  objects: Objects,
  { settings }: CreatioClient,
  signal: AbortSignal,
): Promise<readonly StreamDeclaration[]> {
  const all = await objects.all(signal);
  const captions = new Map((await objects.list(signal)).map(({ name, caption }) => [name, caption]));
  return [...all.values()]
    .filter(({ name, columns }) => !isStandardObject(name) && columns.some((column) => column.name === 'Id'))
    .map((schema) =>
      declare(streamOf(schema.name), { ...schema, title: captions.get(schema.name) ?? schema.name }, settings),
    );
}

/** The bytes of files, by the `content_ref` of their records. */
async function lookUp(
  client: CreatioClient,
  name: string,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<readonly (JsonObject | null)[]> {
  if (name !== 'file_content') {
    throw new Failure('definition/invalid', {
      message: `There is no look-up \`${name}\`.`,
      hint: 'Known look-ups: file_content.',
    });
  }
  const answers: (JsonObject | null)[] = [];
  for (const key of keys) answers.push(await contentOf(client, key, signal));
  return answers;
}

async function contentOf(client: CreatioClient, key: string, signal: AbortSignal): Promise<JsonObject | null> {
  // Anything else would lead to another place of the instance.
  if (!/^[A-Za-z]\w*\([0-9a-f-]{36}\)\/[A-Za-z]\w*$/i.test(key)) return null;
  const what = 'The content of a file';
  const call = { method: 'GET', path: `/odata/${key}`, headers: { accept: '*/*' }, signal, what } as const;
  const { said, meaning, answer } = await client.send(call);
  if (meaning === 'missing') return null;
  if (answer.status >= 300) throw failureOf(said, meaning, what);
  const bytes = Buffer.from(answer.bytes);
  return { content: bytes.toString('base64'), size: bytes.length, type: answer.headers['content-type'] ?? null };
}
