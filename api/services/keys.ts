import { Failure } from '../../core/failures.js';
import {
  type ApiKeyRow,
  type ApiKeyTerms,
  addApiKey,
  editApiKey,
  findOwnKey,
  getApiKey,
  listApiKeys,
  revokeApiKey,
} from '../../store/api-keys.js';
import type { AccountId, Tx } from '../../store/database.js';
import { isNetwork, isNetworkWithin } from '../access/addresses.js';
import { makeApiKey } from '../access/api-keys.js';
import { type Caller, type Scope, scopes as scopeOrder } from '../access/caller.js';
import type { ApiContext } from '../context.js';

export async function listAll(context: ApiContext, accountId: AccountId) {
  return { items: await context.store.account(accountId, listApiKeys), next: null };
}

export interface KeyRequest {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly allowedAddresses?: readonly string[];
  readonly expiresAt?: string | null;
}

/** The key's text is in this answer and nowhere else. `maker`: a key makes none that is wider than itself. */
export async function create(
  context: Pick<ApiContext, 'store'>,
  accountId: AccountId,
  request: KeyRequest,
  maker?: Caller,
) {
  const key = makeApiKey();
  const terms = termsOf(request);
  const row = await context.store.account(accountId, async (tx) => {
    requireWithin(await ownTerms(tx, maker), terms);
    return addApiKey(tx, accountId, { publicId: key.publicId, secretHash: key.secretHash, ...terms });
  });
  return { ...row, key: key.text };
}

export async function edit(context: ApiContext, caller: Caller, id: string, change: Partial<KeyRequest>) {
  return context.store.account(caller.accountId, async (tx) => {
    const own = await ownTerms(tx, caller);
    const before = await getApiKey(tx, id);
    if (before.revokedAt !== null) throw revoked(before.name);
    // Neither what it was nor what it becomes may be wider than the key that asks.
    requireWithin(own, before);
    const { expiresAt, ...rest } = change;
    const terms: ApiKeyTerms = {
      name: rest.name ?? before.name,
      scopes: rest.scopes ?? before.scopes,
      allowedAddresses: rest.allowedAddresses ?? before.allowedAddresses,
      expiresAt: expiresAt === undefined ? before.expiresAt : momentOf(expiresAt),
    };
    requireNetworks(terms.allowedAddresses);
    requireWithin(own, terms);
    return editApiKey(tx, id, terms);
  });
}

export async function revoke(context: ApiContext, accountId: AccountId, id: string): Promise<void> {
  await context.store.account(accountId, (tx) => revokeApiKey(tx, id));
}

function termsOf({ name, scopes, allowedAddresses = [], expiresAt = null }: KeyRequest): ApiKeyTerms {
  requireNetworks(allowedAddresses);
  return { name, scopes, allowedAddresses, expiresAt: momentOf(expiresAt) };
}

function momentOf(text: string | null): Date | null {
  if (text === null) return null;
  const moment = new Date(text);
  if (!Number.isNaN(moment.getTime())) return moment;
  throw new Failure('api/bad_request', {
    message: `\`${text}\` is no time that exists.`,
    hint: 'Write it as `2031-05-17T09:00:00Z`.',
  });
}

function requireNetworks(networks: readonly string[]): void {
  const wrong = networks.find((network) => !isNetwork(network));
  if (wrong === undefined) return;
  throw new Failure('api/bad_request', {
    message: `\`${wrong}\` is neither an address nor a network.`,
    hint: 'Write addresses as `203.0.113.7` and networks as `203.0.113.0/24` or `2001:db8::/32`.',
  });
}

/** What limits the maker; null for people, whose role was checked. */
async function ownTerms(tx: Tx, maker: Caller | undefined): Promise<ApiKeyRow | null> {
  return maker?.kind === 'key' ? findOwnKey(tx, maker.actor.slice('key:'.length)) : null;
}

function requireWithin(own: ApiKeyTerms | null, terms: ApiKeyTerms): void {
  if (own === null) return;
  const what = widerIn(own, terms);
  if (what === null) return;
  throw new Failure('api/forbidden', {
    message: `A key cannot make or edit one that is wider than itself: ${what}.`,
    hint: 'Use a wider key, or let a signed-in person do it.',
  });
}

function widerIn(own: ApiKeyTerms, terms: ApiKeyTerms): string | null {
  if (widest(terms.scopes) > widest(own.scopes)) return 'the scopes go beyond its own';
  if (own.expiresAt !== null && (terms.expiresAt === null || terms.expiresAt > own.expiresAt)) {
    return 'it would outlive it';
  }
  const isFree = own.allowedAddresses.length === 0;
  const isInside = (inner: string): boolean => own.allowedAddresses.some((outer) => isNetworkWithin(inner, outer));
  if (isFree || (terms.allowedAddresses.length > 0 && terms.allowedAddresses.every(isInside))) return null;
  return 'it would work from more addresses';
}

function widest(scopes: readonly string[]): number {
  return Math.max(-1, ...scopes.map((scope) => (scopeOrder as readonly string[]).indexOf(scope)));
}

function revoked(name: string): Failure {
  return new Failure('api/not_found', {
    message: `The API key \`${name}\` is revoked and cannot be edited.`,
    hint: 'Make a new one.',
  });
}
