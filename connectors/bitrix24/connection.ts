import { Failure } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import type {
  ConnectionContext,
  FieldDeclaration,
  NewField,
  OpenConnection,
  Reader,
  ReadRequest,
  StreamDeclaration,
  WriteRequest,
  Writer,
} from '../kit/index.js';
import { checkPortal } from './check.js';
import { isFailed, PortalClient } from './client.js';
import { ListReader } from './reading/reader.js';
import { portalOf } from './settings.js';
import { activities, activityWriting } from './streams/activities.js';
import { Comments } from './streams/comments.js';
import { DealProducts } from './streams/deal-product-writing.js';
import { dealProductsReader } from './streams/deal-products.js';
import { itemStream, plainStreams, sorted, standardStreams } from './streams/declaration.js';
import { commentsName, type Entity, entities, entityOf, smartProcess } from './streams/entities.js';
import { fieldValues } from './streams/field-values.js';
import { itemTarget } from './streams/item-writing.js';
import { itemSource } from './streams/items.js';
import { createFields } from './streams/new-fields.js';
import { plainSource } from './streams/plain.js';
import { plainTarget } from './streams/plain-writing.js';
import { products, productWriting } from './streams/products.js';
import { smallStreams, smartProcesses } from './streams/references.js';
import { declaredFields, known, parseSchema } from './streams/schema.js';
import { smallReader } from './streams/small-reader.js';
import { tasks, taskWriting } from './streams/tasks.js';
import { eventsOf, secretParameter } from './webhook.js';
import type { Target } from './writing/target.js';
import { BatchWriter } from './writing/writer.js';

/** One portal in use. */
export class PortalConnection implements OpenConnection {
  readonly #client: PortalClient;

  constructor(context: ConnectionContext) {
    this.#client = new PortalClient(portalOf(context.settings), context);
  }

  check(signal: AbortSignal) {
    return checkPortal(this.#client, signal);
  }

  /** Standard streams, those of smart processes, and the fields of each as this portal has them. */
  async streams(signal: AbortSignal): Promise<readonly StreamDeclaration[]> {
    const portal = this.#client.portal;
    const found = (await smartProcesses(this.#client, signal)).map((row) =>
      smartProcess(Number(row.entityTypeId), String(row.title ?? row.entityTypeId)),
    );
    const listed = portal.smartProcesses.map((typeId) => smartProcess(typeId));
    const all = [...entities, ...found, ...listed.filter(({ stream }) => !found.some((one) => one.stream === stream))];
    const fields = await this.#fieldsOf(all, signal);
    const items = all.map((entity, index) => itemStream(entity, fields[index] ?? entity.fields, fields[index] == null));
    const others = standardStreams(portal).filter(({ name }) => !items.some((item) => item.name === name));
    return sorted([...items, ...others]);
  }

  /** Fields of all types in one request; null for a type that this user may not see. */
  async #fieldsOf(all: readonly Entity[], signal: AbortSignal): Promise<(FieldDeclaration[] | null)[]> {
    const { connectionId } = this.#client.context;
    return known.get(connectionId, `streams ${all.map(({ typeId }) => typeId)}`, async () => {
      const fields: (FieldDeclaration[] | null)[] = [];
      for (let start = 0; start < all.length; start += 50) {
        const some = all.slice(start, start + 50);
        const answers = await this.#client.batch(
          some.map(({ typeId }) => ({
            method: 'crm.item.fields',
            params: { entityTypeId: typeId, useOriginalUfNames: 'Y' },
          })),
          { signal },
        );
        answers.forEach((answer, index) => {
          const entity = some[index] as Entity;
          if (!isFailed(answer)) fields.push(declaredFields(entity, parseSchema(entity, answer.result)));
          else if (answer.failure.kind === 'rejected' || answer.failure.kind === 'auth') fields.push(null);
          else throw answer.failure;
        });
      }
      return fields;
    });
  }

  reader(request: ReadRequest): Reader {
    const { stream } = request;
    const entity = entityOf(stream);
    if (entity !== null) return new ListReader(this.#client, itemSource(this.#client, entity), request);
    const owner = entities.find((one) => commentsName(one) === stream);
    if (owner !== undefined) return new Comments(this.#client, owner).reader(request.where);
    if (stream === 'deal_products') return dealProductsReader(this.#client, entityOf('deals') as Entity);
    const plain = plainStreams.find(({ name }) => name === stream);
    if (plain !== undefined) return new ListReader(this.#client, plainSource(plain), request);
    const small = smallStreams.find(({ name }) => name === stream);
    if (small !== undefined) return smallReader(this.#client, small, request.where);
    throw this.#unknown(stream);
  }

  writer({ stream }: WriteRequest): Writer {
    return new BatchWriter(this.#client, this.#target(stream));
  }

  #target(stream: string): Target {
    const entity = entityOf(stream);
    if (entity !== null) return itemTarget(this.#client, entity);
    const owner = entities.find((one) => commentsName(one) === stream);
    if (owner !== undefined) return new Comments(this.#client, owner).target;
    if (stream === 'deal_products') return new DealProducts(this.#client, entityOf('deals') as Entity).target;
    if (stream === 'activities') return plainTarget(this.#client, activities, activityWriting);
    if (stream === 'products') return plainTarget(this.#client, products, productWriting);
    if (stream === 'tasks') return plainTarget(this.#client, tasks, taskWriting);
    throw this.#unknown(stream);
  }

  async createFields(stream: string, fields: readonly NewField[], signal: AbortSignal) {
    return createFields(this.#client, this.#entity(stream), fields, signal);
  }

  async values(stream: string, field: string, signal: AbortSignal) {
    const entity = entityOf(stream);
    return entity === null ? [] : fieldValues(this.#client, entity, field, signal);
  }

  /** Only an application may bind events; for an incoming webhook a person makes an outgoing one in the portal. */
  async registerWebhook(url: string, secret: string, streams: readonly string[], signal: AbortSignal) {
    const events = [...new Set(streams.flatMap(eventsOf))];
    if (this.#client.portal.auth === 'webhook') throw byHand(events);
    const handler = new URL(url);
    handler.searchParams.set(secretParameter, secret);
    await this.#bindings('event.bind', handler.href, events, signal);
    return { handler: handler.href, events };
  }

  async removeWebhook(registration: JsonObject, signal: AbortSignal): Promise<void> {
    const events = Array.isArray(registration.events) ? registration.events.map(String) : [];
    await this.#bindings('event.unbind', String(registration.handler ?? ''), events, signal);
  }

  /** Events are bound and unbound in one request; one that is bound already, or not any more, is as it shall be. */
  async #bindings(method: string, handler: string, events: readonly string[], signal: AbortSignal): Promise<void> {
    for (let start = 0; start < events.length; start += 50) {
      const commands = events.slice(start, start + 50).map((event) => ({ method, params: { event, handler } }));
      for (const answer of await this.#client.batch(commands, { signal }))
        if (isFailed(answer) && !/already|not found|не найден|уже/i.test(answer.failure.message)) throw answer.failure;
    }
  }

  #entity(stream: string): Entity {
    const entity = entityOf(stream);
    if (entity !== null) return entity;
    throw this.#unknown(stream);
  }

  #unknown(stream: string): Failure {
    return new Failure('read/unknown_stream', {
      message: `Connector \`bitrix24\` has no stream \`${stream}\` for this.`,
      hint: `Known streams: ${standardStreams(this.#client.portal)
        .map(({ name }) => name)
        .join(', ')}, items_<type id>.`,
    });
  }

  async close(): Promise<void> {
    // Holds nothing open.
  }
}

function byHand(events: readonly string[]): Failure {
  return new Failure('webhook/not_offered', {
    message: 'Bitrix24 lets no incoming webhook bind events.',
    hint: `Make an outgoing webhook in the portal for ${events.join(', ') || 'the wanted events'}, with the intake address and its application token; or connect with OAuth.`,
  });
}
