import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { addAccount } from '../../store/accounts.js';
import type { TestApi } from './api.js';
import { signInPerson, type TestPerson } from './people.js';

/** What a caller of the matrix is, as its rights are looked up in the table. */
export type Part =
  | { readonly is: 'visitor' | 'support visit' | 'partner' }
  /** Refused before any right is looked at: 401 for a bad key, 404 for an account that is none of theirs. */
  | { readonly is: 'outsider'; readonly status: 401 | 404 }
  | { readonly is: 'key'; readonly scope: 'none' | 'read' | 'run' | 'write' | 'admin' }
  | { readonly is: 'member'; readonly role: 'viewer' | 'editor' | 'admin' | 'owner' }
  | { readonly is: 'staff'; readonly role: 'support' | 'operator' };

export interface CastMember {
  readonly name: string;
  readonly part: Part;
  readonly headers: Readonly<Record<string, string>>;
}

/** Everybody who may ever ask of `accountId`, and everybody who may not. */
export async function makeCast(api: TestApi, accountId: string): Promise<readonly CastMember[]> {
  const { store } = api.context;
  const [foreignAccount, partnerAccount] = [randomUUID(), randomUUID()];
  await store.system(async (tx) => {
    await addAccount(tx, { id: foreignAccount, name: 'Foreign', tariff: 'unlimited' });
    await addAccount(tx, { id: partnerAccount, name: 'Partner', tariff: 'unlimited' });
    await tx
      .insertInto('partner_link')
      .values({
        id: randomUUID(),
        account_id: accountId,
        partner_account_id: partnerAccount,
        state: 'accepted',
        requested_by: 'test',
        decided_by: 'test',
        decided_at: new Date(),
      })
      .execute();
  });
  const here = { 'pipewright-account': accountId };
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
  const as = (person: TestPerson) => ({ cookie: person.cookie, origin: api.context.publicUrl.origin });
  const person = (options: Parameters<typeof signInPerson>[1]) => signInPerson(api, options);
  const madeKey = async (more: object) =>
    (await api.call('POST', '/keys', { name: 'cast', scopes: ['admin'], ...more })).body;

  const cast: CastMember[] = [{ name: 'visitor', part: { is: 'visitor' }, headers: {} }];
  for (const scope of ['none', 'read', 'run', 'write', 'admin'] as const) {
    const key = await api.makeKey(scope === 'none' ? [] : [scope], accountId);
    cast.push({ name: `key ${scope}`, part: { is: 'key', scope }, headers: bearer(key) });
  }
  const far = await madeKey({ allowedAddresses: ['203.0.113.0/24'] });
  const expired = await madeKey({ expiresAt: '2020-01-01T00:00:00Z' });
  const revoked = await madeKey({});
  await api.call('DELETE', `/keys/${revoked.id}`);
  for (const [name, { key }] of Object.entries({
    'key elsewhere': far,
    'key expired': expired,
    'key revoked': revoked,
  })) {
    cast.push({ name, part: { is: 'outsider', status: 401 }, headers: bearer(key) });
  }
  for (const role of ['viewer', 'editor', 'admin', 'owner'] as const) {
    const member = await person({ member: { [accountId]: role } });
    cast.push({ name: role, part: { is: 'member', role }, headers: as(member) });
  }
  const stranger = await person({ member: { [foreignAccount]: 'owner' } });
  cast.push({ name: 'foreign owner', part: { is: 'outsider', status: 404 }, headers: { ...as(stranger), ...here } });
  const helper = await person({ staff: 'support' });
  cast.push({ name: 'support uninvited', part: { is: 'outsider', status: 404 }, headers: { ...as(helper), ...here } });
  cast.push({ name: 'support at home', part: { is: 'staff', role: 'support' }, headers: as(helper) });
  const operator = await person({ staff: 'operator' });
  cast.push({ name: 'operator', part: { is: 'staff', role: 'operator' }, headers: as(operator) });
  cast.push({ name: 'operator inside', part: { is: 'outsider', status: 404 }, headers: { ...as(operator), ...here } });
  const owner = await person({ member: { [accountId]: 'owner' } });
  const visitor = await person({ staff: 'support' });
  const link = await owner.call('POST', '/support-links');
  await visitor.call('POST', '/support-links/open', { token: link.body.token });
  cast.push({ name: 'support visit', part: { is: 'support visit' }, headers: { ...as(visitor), ...here } });
  const partner = await person({ member: { [partnerAccount]: 'editor' } });
  cast.push({ name: 'partner', part: { is: 'partner' }, headers: { ...as(partner), ...here } });
  return cast;
}

export interface RawAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A request as it is, with any method, path and bytes; an answer that goes on is left after its head. */
export function ask(
  address: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string | Buffer,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const url = new URL(address);
    const sent = httpRequest(
      {
        host: url.hostname,
        port: url.port,
        method,
        path,
        headers: {
          ...(body !== undefined && {
            'content-type': 'application/json',
            'content-length': String(Buffer.byteLength(body)),
          }),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        const done = (): void =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          });
        if ((response.headers['content-type'] ?? '').startsWith('text/event-stream')) {
          response.destroy();
          done();
          return;
        }
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('end', done);
        response.once('error', reject);
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });
}

/** So many at once, in order of the list. */
export async function inLanes<Item, Result>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (;;) {
      const index = next;
      next += 1;
      if (index >= items.length) return;
      results[index] = await work(items[index] as Item);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
