import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Failure } from '../../core/failures.js';
import { findApiKey, noteKeyUse } from '../../store/api-keys.js';
import type { ApiContext, Caller, Scope } from '../context.js';

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

/** Who a request comes from. Throws `api/unauthenticated`, alike for unknown, wrong, expired and revoked keys. */
export async function authenticate(
  context: ApiContext,
  headers: { readonly authorization?: string | undefined },
): Promise<Caller> {
  const [, publicId, secret] = form.exec(/^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '') ?? [];
  if (publicId === undefined || secret === undefined) throw unauthenticated();
  const row = await findApiKey(context.store, publicId);
  // Compared even where there is no such key, so that both take the same time.
  const isRight = timingSafeEqual(hashOf(secret), row?.secretHash ?? noHash);
  if (!isRight || row === null || row.isRevoked || row.isExpired) throw unauthenticated();
  if (row.isUseStale) void noteKeyUse(context.store, row.id).catch(() => undefined);
  return { accountId: row.accountId, keyId: row.id, keyName: row.name, scopes: row.scopes as readonly Scope[] };
}

const includes: Record<Scope, readonly Scope[]> = {
  read: ['read', 'write', 'admin'],
  write: ['write', 'admin'],
  admin: ['admin'],
};

/** Throws `api/forbidden` unless the key has the scope, or a wider one. */
export function requireScope(caller: Caller, scope: Scope): void {
  if (caller.scopes.some((own) => includes[scope].includes(own))) return;
  throw new Failure('api/forbidden', {
    message: `This key may not do that: the scope \`${scope}\` is needed.`,
    hint: 'Use a key with that scope; `pipewright keys create --scope` makes one.',
  });
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function unauthenticated(): Failure {
  return new Failure('api/unauthenticated', {
    message: 'The request has no valid API key.',
    hint: 'Send `Authorization: Bearer pw_...`; the key of this installation stands in its data folder.',
  });
}
