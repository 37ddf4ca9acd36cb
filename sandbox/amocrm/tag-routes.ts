import type { Answer } from '../kit/exchange.js';
import { isObject, type JsonObject, own } from '../kit/json.js';
import { errors, hal, type ItemErrors, invalid, notFound } from './answers.js';
import { requestIdOf } from './attributes.js';
import { itemsOf } from './batches.js';
import { listOf } from './brackets.js';
import type { Call } from './call.js';
import { answerShortList } from './lists.js';
import type { EntityName } from './streams.js';

/** `/{entity}/tags`: the list and new ones; a tag that is there already is answered as it is. */
export function answerTags(call: Call, entity: EntityName): Answer {
  const { store, request, query } = call;
  const book = store.tags[entity];
  if (request.method === 'GET') {
    const filter = own(query, 'filter');
    const names = isObject(filter) ? listOf(own(filter, 'name')) : [];
    const ids = isObject(filter) ? listOf(own(filter, 'id')).map(Number) : [];
    const text = String(own(query, 'query') ?? '').toLowerCase();
    const tags: JsonObject[] = book
      .all()
      .filter(({ id, name }) => (names.length === 0 || names.includes(name)) && (ids.length === 0 || ids.includes(id)))
      .filter(({ name }) => name.toLowerCase().includes(text))
      .map((tag) => ({ ...tag, color: null }));
    return answerShortList(call, `${entity}/tags`, 'tags', tags);
  }
  if (request.method !== 'POST') return notFound();
  const items = itemsOf(call);
  const refused: ItemErrors[] = items.flatMap((item, index) =>
    isObject(item) && typeof item.name === 'string' && item.name !== ''
      ? []
      : [{ request_id: requestIdOf(item, index), errors: [errors.missing('name')] }],
  );
  if (refused.length > 0) return invalid(refused);
  const tags = items.map((item, index) => {
    const name = isObject(item) ? String(item.name) : '';
    const isNew = book.idOf(name) === undefined;
    const id = book.ensure(name);
    request.effect({ effect: 'create', stream: 'tags', id: String(id), externalId: name, status: isNew ? 201 : 304 });
    return { id, name, color: null, request_id: requestIdOf(item, index) };
  });
  return hal({ _total_items: tags.length, _embedded: { tags } });
}
