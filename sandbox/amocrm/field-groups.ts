import type { Answer } from '../kit/exchange.js';
import { isObject, type JsonObject } from '../kit/json.js';
import { badRequest, errors, hal, invalid, noContent, notFound } from './answers.js';
import { requestIdOf } from './attributes.js';
import { bodyOf, itemsOf } from './batches.js';
import { type Call, selfLink } from './call.js';
import type { FieldGroup } from './fields.js';
import { answerShortList } from './lists.js';

/** `/{owner}/custom_fields/groups`: the tabs of a card. */
export function answerGroups(call: Call, owner: string, id: string | undefined): Answer {
  const { method } = call.request;
  const groups = call.store.fields.groups(owner);
  const path = `${owner}/custom_fields/groups`;
  const shown = (group: FieldGroup): JsonObject => ({
    id: group.id,
    name: group.name,
    is_predefined: group.isPredefined,
    type: 'custom_field',
    entity_type: owner,
    sort: group.sort,
    fields: call.store.fields
      .list(owner)
      .filter(({ groupId }) => groupId === group.id)
      .map((field) => field.id),
    _links: selfLink(call, `${path}/${group.id}`),
  });
  if (id === undefined) {
    if (method === 'GET') return answerShortList(call, path, 'custom_field_groups', groups.map(shown));
    return method === 'POST' ? create(call, owner, groups, shown) : notFound();
  }
  const group = groups.find((known) => known.id === id);
  if (group === undefined) return notFound();
  if (method === 'GET') return hal(shown(group));
  if (method === 'DELETE') {
    if (group.isPredefined) return badRequest('The group can not be deleted');
    groups.splice(groups.indexOf(group), 1);
    call.request.effect({ effect: 'delete', stream: 'custom_field_groups', id, status: 200 });
    return noContent;
  }
  const item = bodyOf(call);
  if (method !== 'PATCH' || !isObject(item)) return notFound();
  if (typeof item.name === 'string') group.name = item.name;
  if (typeof item.sort === 'number') group.sort = item.sort;
  call.request.effect({ effect: 'update', stream: 'custom_field_groups', id, status: 200 });
  return hal(shown(group));
}

function create(call: Call, owner: string, groups: FieldGroup[], shown: (group: FieldGroup) => JsonObject): Answer {
  const items = itemsOf(call);
  const refused = items.flatMap((item, index) =>
    isObject(item) && typeof item.name === 'string' && item.name !== ''
      ? []
      : [{ request_id: requestIdOf(item, index), errors: [errors.missing('name')] }],
  );
  if (refused.length > 0) return invalid(refused);
  const made = items.filter(isObject).map((item, index) => {
    const id = `${owner.replace('/', '_')}_${call.store.now() * 100 + groups.length}`;
    const group = { id, name: String(item.name), sort: Number(item.sort ?? groups.length), isPredefined: false };
    groups.push(group);
    call.request.effect({ effect: 'create', stream: 'custom_field_groups', id, status: 201 });
    return { ...shown(group), request_id: requestIdOf(item, index) };
  });
  return hal({ _total_items: made.length, _embedded: { custom_field_groups: made } });
}
