import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { findApiKey, noteKeyUse } from '../../store/api-keys.js';
import type { ApiContext } from '../context.js';
import { isAddressAllowed } from './addresses.js';
import { unauthenticated } from './authorise.js';
import { type Caller, type Scope, visitor } from './caller.js';

const form = /^pw_([0-9a-z]{8})_([A-Za-z0-9_-]{43})$/;
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const noHash = Buffer.alloc(32);

export interface NewApiKey {
  /** Shown once: prefix, 8-character public id, 256-bit secret. */
  readonly text: string;
  readonly publicId: string;
  readonly secretHash: Buffer;
}

export function makeApiKey(): NewApiKey {
  const publicId = [...randomBytes(8)].map((byte) => alphabet[byte % 32]).join('');
  const secret = randomBytes(32).toString('base64url');
  return { text: `pw_${publicId}_${secret}`, publicId, secretHash: hashOf(secret) };
}

/**
 * The caller behind `Authorization: Bearer pw_...`. Throws `api/unauthenticated`, alike for unknown, wrong, expired and
 * revoked keys and for a key used from an address that it does not allow.
 */
export async function authenticateKey(context: ApiContext, authorization: string, address: string): Promise<Caller> {
  const [, publicId, secret] = form.exec(/^Bearer (.+)$/i.exec(authorization)?.[1] ?? '') ?? [];
  if (publicId === undefined || secret === undefined) throw unauthenticated();
  const row = await findApiKey(context.store, publicId);
  // Compared even where there is no such key, so that both take the same time.
  const isRight = timingSafeEqual(hashOf(secret), row?.secretHash ?? noHash);
  if (!isRight || row === null || row.isRevoked || row.isExpired) throw unauthenticated();
  if (!isAddressAllowed(row.allowedAddresses, address)) throw unauthenticated();
  if (row.isUseStale) void noteKeyUse(context.store, row.id).catch(() => undefined);
  return {
    ...visitor,
    kind: 'key',
    accountId: row.accountId,
    name: row.name,
    actor: `key:${publicId}`,
    scopes: row.scopes as readonly Scope[],
  };
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
