import { Failure } from '../../../core/failures.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import { AccountCache } from '../../kit/account-cache.js';
import { textAt } from '../../kit/json-path.js';
import { failureOf } from '../answers.js';
import { rowsOf } from '../batch.js';
import type { CreatioClient } from '../client.js';
import { queryOf } from '../odata.js';
import { type Column, kindOfCode, type ObjectSchema, readOnlyNames } from './columns.js';
import { parseMetadata } from './metadata.js';

/** What is known of instances for five minutes: objects, columns, captions. */
const known = new AccountCache(300_000);

export interface ListedObject {
  readonly name: string;
  readonly caption: string;
  /** The object's number, the same in every place that refers to objects. */
  readonly uId: string;
}

/** Asks an instance for its objects; each question is asked once for all who need it at the same time. */
export class Objects {
  constructor(readonly client: CreatioClient) {}

  /**
   * The columns of one object with captions and date-only columns, which OData does not tell. Null where there is no
   * such object. An instance that keeps that service closed is asked for its metadata document.
   */
  find(name: string, signal: AbortSignal): Promise<ObjectSchema | null> {
    return this.#keep(`object ${name}`, async () => {
      const what = `The description of object \`${name}\``;
      const { said, meaning } = await this.client.send({
        method: 'POST',
        path: '/DataService/json/SyncReply/RuntimeEntitySchemaRequest',
        body: { Name: name },
        signal,
        what,
      });
      const schema = isJsonObject(said.body) ? said.body.schema : undefined;
      const described = meaning === 'done' && isJsonObject(schema) ? schemaOf(schema, name) : null;
      if (described?.isComplete === true) return described;
      if (meaning === 'transient' || meaning === 'rate_limited') throw failureOf(said, meaning, what);
      return (await this.all(signal)).get(name) ?? null;
    });
  }

  /** All objects by name, from the metadata document: megabytes that take the instance seconds to build. */
  all(signal: AbortSignal): Promise<ReadonlyMap<string, ObjectSchema>> {
    return this.#keep('metadata', async () => {
      const what = 'The metadata document';
      const { said } = await this.client.call({
        method: 'GET',
        path: '/odata/$metadata',
        headers: { accept: 'application/xml' },
        signal,
        what,
      });
      const objects = parseMetadata(said.text);
      if (objects.size > 0) return objects;
      throw unanswered(what, said.status);
    });
  }

  /** All objects with captions and numbers; empty where the user may not see them. */
  list(signal: AbortSignal): Promise<readonly ListedObject[]> {
    return this.#keep('list', async () => {
      const what = 'The list of objects';
      const { said, meaning } = await this.client.send({
        method: 'GET',
        path: '/odata/SysSchema',
        query: queryOf({ $filter: "ManagerName eq 'EntitySchemaManager'", $select: 'Name,Caption,UId' }),
        signal,
        what,
      });
      if (meaning === 'transient' || meaning === 'rate_limited') throw failureOf(said, meaning, what);
      if (meaning !== 'done') return [];
      return rowsOf(said.body, what).flatMap((row) => {
        const name = textAt(row, ['Name']);
        const uId = textAt(row, ['UId'])?.toLowerCase() ?? '';
        return name === null ? [] : [{ name, caption: textAt(row, ['Caption']) || name, uId }];
      });
    });
  }

  #keep<T>(name: string, load: () => Promise<T>): Promise<T> {
    return known.get(`${this.client.connectionId} ${this.client.settings.baseUrl}`, name, load);
  }
}

function schemaOf(schema: JsonObject, name: string): ObjectSchema {
  const columnsOf = isJsonObject(schema.columns) ? schema.columns : {};
  const items = columnsOf.items ?? columnsOf.Items;
  const all = isJsonObject(items) ? Object.values(items).filter(isJsonObject) : [];
  const columns = all.flatMap((item) => columnOf(item) ?? []);
  const shown = all.find((item) => item.uId === schema.primaryDisplayColumnUId);
  return {
    name,
    title: captionOf(schema.caption) ?? name,
    columns,
    caption: textAt(schema, ['primaryDisplayColumnName']) ?? (shown && textAt(shown, ['name'])) ?? 'Name',
    isComplete: columns.length > 0,
  };
}

function columnOf(item: JsonObject): Column | null {
  const kind = kindOfCode(Number(item.dataValueType));
  const own = textAt(item, ['name']);
  if (kind === null || own === null) return null;
  const name = kind === 'lookup' ? `${own}Id` : own;
  const title = captionOf(item.caption);
  const refersTo = textAt(item, ['referenceSchemaName']);
  return {
    name,
    kind,
    ...(title !== null && { title }),
    ...(item.isRequired === true && name !== 'Id' && { isRequired: true }),
    ...(readOnlyNames.has(name) && { isReadOnly: true }),
    ...(kind === 'lookup' && { refersTo: refersTo ?? own }),
  };
}

/** A caption is text, or text by culture: English first, else the first that says something. */
function captionOf(value: JsonValue | undefined): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (!isJsonObject(value)) return null;
  const english = value['en-US'];
  if (typeof english === 'string' && english !== '') return english;
  const said = Object.values(value).find((text) => typeof text === 'string' && text !== '');
  return typeof said === 'string' ? said : null;
}

function unanswered(what: string, status: number): Failure {
  return new Failure('vendor/unavailable', {
    message: `${what} was not answered (status ${status}).`,
    hint: 'The request is repeated; if this stays, the instance is down.',
    details: { status, wasSent: false },
  });
}
