import { Failure } from '../../core/failures.js';
import type { CreatioClient } from './client.js';
import { mergedColumns, streamOf } from './declaration.js';
import type { ObjectSchema } from './schema/columns.js';
import { Objects } from './schema/objects.js';
import { standardStream, standardStreams } from './streams/index.js';
import type { StandardStream } from './streams/stream.js';
import type { Columns } from './values.js';

/** A stream with what the instance says of its object. */
export interface KnownStream {
  readonly stream: StandardStream;
  readonly schema: ObjectSchema;
  readonly columns: Columns;
}

/** The stream of that name, standard or of the object's own name; throws where the instance has no such object. */
export async function knownStream(client: CreatioClient, name: string, signal: AbortSignal): Promise<KnownStream> {
  const stream = standardStream(name) ?? streamOf(name);
  const isName = /^[A-Za-z][A-Za-z0-9_]*$/.test(name);
  const schema = isName ? await new Objects(client).find(stream.set, signal) : null;
  if (schema === null) throw unknownStream(name, stream.set);
  return { stream, schema, columns: new Map(mergedColumns(stream, schema).map((column) => [column.name, column])) };
}

function unknownStream(name: string, set: string): Failure {
  const what = name === set ? '' : ` (object \`${set}\`)`;
  return new Failure('read/unknown_stream', {
    message: `The instance has no stream \`${name}\`${what}.`,
    hint: `Standard streams: ${standardStreams
      .map((stream) => stream.name)
      .sort()
      .join(', ')}; any other object goes by its own name, with capitals as the instance writes them.`,
  });
}
