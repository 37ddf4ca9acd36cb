import { randomBytes } from 'node:crypto';
import type { Role, StaffRole } from '../../api/access/caller.js';
import type { ApiAnswer, CallOptions, TestApi } from './api.js';

/** Somebody with a confirmed address, signed in by the real library; `call` sends the cookie and our own Origin. */
export interface TestPerson {
  readonly userId: string;
  readonly email: string;
  readonly password: string;
  readonly cookie: string;
  call(method: string, path: string, body?: unknown, options?: CallOptions): Promise<ApiAnswer>;
}

export interface PersonOptions {
  readonly email?: string;
  /** The accounts they belong to. */
  readonly member?: Readonly<Record<string, Role>>;
  readonly staff?: StaffRole;
  readonly language?: string;
}

export async function signInPerson(api: TestApi, options: PersonOptions = {}): Promise<TestPerson> {
  const { identity, store } = api.context;
  const email = options.email ?? `${randomBytes(6).toString('hex')}@example.test`;
  const password = randomBytes(12).toString('base64url');
  const name = email.split('@')[0] ?? email;
  await identity.api.signUpEmail({
    body: { email, password, name, ...(options.language && { language: options.language }) },
  });
  const userId = await store.system(async (tx) => {
    const user = await tx
      .updateTable('auth.user')
      .set({ emailVerified: true })
      .where('email', '=', email)
      .returning('id')
      .executeTakeFirstOrThrow();
    for (const [accountId, role] of Object.entries(options.member ?? {})) {
      await tx
        .insertInto('auth.member')
        .values({ id: crypto.randomUUID(), organizationId: accountId, userId: user.id, role, createdAt: new Date() })
        .execute();
    }
    if (options.staff !== undefined)
      await tx.insertInto('staff').values({ user_id: user.id, role: options.staff }).execute();
    return user.id;
  });
  const { headers } = await identity.api.signInEmail({ body: { email, password }, returnHeaders: true });
  const cookie = headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return {
    userId,
    email,
    password,
    cookie,
    call: (method, path, body, call = {}) =>
      api.call(method, path, body, {
        ...call,
        key: call.key ?? null,
        headers: { cookie, origin: api.context.publicUrl.origin, ...call.headers },
      }),
  };
}
