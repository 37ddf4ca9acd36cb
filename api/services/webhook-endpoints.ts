import { randomBytes } from 'node:crypto';
import { Failure } from '../../core/failures.js';
import type { AccountId } from '../../store/database.js';
import { recordEventFor } from '../../store/events.js';
import { listDeliveries, redeliver } from '../../store/webhook-deliveries.js';
import {
  addEndpoint,
  changeEndpoint,
  type EndpointChanges,
  type EndpointRow,
  getEndpoint,
  listEndpoints,
  readSecrets,
  removeEndpoint,
  storeSecrets,
} from '../../store/webhook-endpoints.js';
import type { ApiContext } from '../context.js';
import { afterOf, limitOf, type PageQuery, pageOf, uuidForm } from '../http/paging.js';

/** For so long after a rotation deliveries are signed with the former secret too. */
const formerHours = 24;

export async function listAll(context: ApiContext, accountId: AccountId) {
  return { items: await context.store.account(accountId, listEndpoints), next: null };
}

export async function getOne(context: ApiContext, accountId: AccountId, id: string) {
  return context.store.account(accountId, (tx) => getEndpoint(tx, id));
}

/** The secret is in this answer and nowhere else. */
export async function add(
  context: ApiContext,
  accountId: AccountId,
  request: { readonly url: string; readonly kinds: readonly string[]; readonly description?: string },
) {
  await context.checkOutgoing(request.url);
  const secret = makeSecret();
  const row = await context.store.account(accountId, async (tx) => {
    const { url, kinds, description = '' } = request;
    const id = await addEndpoint(tx, context.vault, accountId, { url, kinds: unique(kinds), description }, secret);
    return getEndpoint(tx, id);
  });
  return { ...row, secret };
}

export async function change(context: ApiContext, accountId: AccountId, id: string, changes: EndpointChanges) {
  await context.store.account(accountId, (tx) => getEndpoint(tx, id));
  if (changes.url !== undefined) await context.checkOutgoing(changes.url);
  return context.store.account(accountId, async (tx) => {
    await changeEndpoint(tx, id, { ...changes, ...(changes.kinds && { kinds: unique(changes.kinds) }) });
    return getEndpoint(tx, id);
  });
}

export async function remove(context: ApiContext, accountId: AccountId, id: string): Promise<void> {
  await context.store.account(accountId, async (tx) => {
    await getEndpoint(tx, id);
    await removeEndpoint(tx, id);
  });
}

export async function rotate(context: ApiContext, accountId: AccountId, id: string) {
  const secret = makeSecret();
  return context.store.account(accountId, async (tx) => {
    await getEndpoint(tx, id);
    const { current } = await readSecrets(tx, context.vault, accountId, id);
    const until = new Date(Date.now() + formerHours * 3_600_000).toISOString();
    await storeSecrets(tx, context.vault, accountId, id, { current: secret, former: { secret: current, until } });
    return { ...(await getEndpoint(tx, id)), secret };
  });
}

/** Queues an event that says nothing but that it arrives. */
export async function test(context: ApiContext, accountId: AccountId, id: string) {
  return context.store.account(accountId, async (tx) => {
    refuseDisabled(await getEndpoint(tx, id));
    const deliveryId = await recordEventFor(tx, accountId, id, {
      kind: 'webhook.test',
      subject: id,
      payload: { endpoint: { id } },
      needsNotice: false,
    });
    return { deliveryId };
  });
}

export async function deliveriesOf(context: ApiContext, accountId: AccountId, id: string, query: PageQuery) {
  const limit = limitOf(query);
  const before = afterOf(query, uuidForm);
  return context.store.account(accountId, async (tx) => {
    await getEndpoint(tx, id);
    return pageOf(await listDeliveries(tx, id, before, limit + 1), limit, (last) => last.id);
  });
}

export async function deliverAgain(context: ApiContext, accountId: AccountId, id: string, deliveryId: string) {
  return context.store.account(accountId, async (tx) => {
    refuseDisabled(await getEndpoint(tx, id));
    await redeliver(tx, id, deliveryId);
    return { deliveryId };
  });
}

/** As Standard Webhooks write it: the bytes of the key in base64 behind a mark. */
function makeSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

function unique(kinds: readonly string[]): string[] {
  return [...new Set(kinds)];
}

function refuseDisabled(endpoint: EndpointRow): void {
  if (endpoint.state === 'active') return;
  throw new Failure('webhook/endpoint_disabled', {
    message: `Webhook endpoint \`${endpoint.id}\` is disabled.`,
    hint: 'Set its `state` to `active` first.',
  });
}
