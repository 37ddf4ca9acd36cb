import { randomBytes, randomUUID } from 'node:crypto';
import { addAccount } from '../../store/accounts.js';
import type { TestApi } from './api.js';
import { signInPerson, type TestPerson } from './people.js';

/** An account with one thing of every kind, all of whose names hold `mark`. */
export interface Furnished {
  readonly accountId: string;
  readonly key: string;
  readonly owner: TestPerson;
  /** Ids by the kind of the resource, as the last word of the path before the parameter says it. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
}

const text = (id: string): string => `
pipeline: ${id}
title: Rows of ${id}
connections: { source: { connector: file }, out: { connector: file } }
flows:
  rows:
    from: { stream: source.rows, read: full, key: [id] }
    map: { id: id }
    to: { stream: out.copies, write: insert }
`;

export async function furnish(api: TestApi, mark: string): Promise<Furnished> {
  const accountId = randomUUID();
  const { store } = api.context;
  await store.system((tx) => addAccount(tx, { id: accountId, name: `${mark} account`, tariff: 'unlimited' }));
  const key = await api.makeKey(['admin'], accountId);
  const owner = await signInPerson(api, { email: `${mark}-owner@example.test`, member: { [accountId]: 'owner' } });
  const member = await signInPerson(api, { email: `${mark}-member@example.test`, member: { [accountId]: 'editor' } });
  const must = async (method: string, path: string, body?: unknown, person?: TestPerson) => {
    const answer = await (person?.call(method, path, body) ?? api.call(method, path, body, { key }));
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  };
  const settings = { streams: { rows: { path: `${mark}.csv` }, copies: { path: `${mark}-out.csv` } } };
  const source = await must('POST', '/connections', { name: `${mark}-file`, connector: 'file', settings });
  const sender = await must('POST', '/connections', {
    name: `${mark}-sender`,
    connector: 'webhook',
    settings: {
      stream: 'stream',
      streams: { orders: { key: 'id', event_id: 'event' } },
      signature: { header: 'X-Signature', algorithm: 'sha256', format: 'hex' },
    },
    secret: { signing_secret: `${mark}-signing-secret-1234` },
  });
  const connections = { source: `${mark}-file`, out: `${mark}-file` };
  const published = await must('POST', '/pipelines', { definition: text(`${mark}-pipe`), connections });
  await must('PUT', `/pipelines/${mark}-pipe/draft`, { definition: text(`${mark}-pipe`) });
  await must('PUT', `/pipelines/${mark}-draft/draft`, { definition: text(`${mark}-draft`) });
  const run = await must('POST', '/runs', { pipeline: `${mark}-pipe` });
  const preview = await must('POST', '/previews', { pipeline: `${mark}-pipe` });
  const migration = await must('POST', '/migrations', { definition: text(`${mark}-move`), connections });
  const hook = await must('POST', '/hooks', { connection: `${mark}-sender`, register: false });
  const spare = await must('POST', '/keys', { name: `${mark}-key`, scopes: ['read'] });
  const link = await must('POST', '/connect-links', { connection: sender.id });
  const support = await must('POST', '/support-links', undefined, owner);
  const endpoint = await must('POST', '/webhook-endpoints', {
    url: `https://127.0.0.1:9/${mark}`,
    kinds: ['run.failed'],
    description: `${mark} endpoint`,
  });
  const invitation = await must('POST', '/invitations', { email: `${mark}-guest@example.test`, role: 'viewer' }, owner);
  const letterId = randomUUID();
  const deliveryId = randomUUID();
  await store.account(accountId, async (tx) => {
    const flow = await tx.selectFrom('flow').select('id').executeTakeFirstOrThrow();
    await tx
      .insertInto('dead_letter')
      .values({
        id: letterId,
        account_id: accountId,
        pipeline_uid: published.uid,
        flow_id: flow.id,
        run_id: run.id,
        version: 1,
        source_key: `${mark}-key`,
        part: '',
        code: 'map/invalid_value',
        message: `${mark} is refused.`,
        hint: 'Mend it.',
        details: null,
        body: null,
      })
      .execute();
    const eventId = randomUUID();
    await tx
      .insertInto('event')
      .values({
        id: eventId,
        account_id: accountId,
        kind: 'run.failed',
        subject: mark,
        payload: '{}',
        noticed_at: null,
        mailed_at: null,
      })
      .execute();
    await tx
      .insertInto('webhook_delivery')
      .values({
        id: deliveryId,
        account_id: accountId,
        endpoint_id: endpoint.id,
        event_id: eventId,
        state: 'failed',
        next_try_at: null,
        last_status: null,
        last_error: null,
        delivered_at: null,
      })
      .execute();
  });
  const requestId = randomUUID();
  const partnerLinkId = randomUUID();
  await store.system(async (tx) => {
    await tx
      .insertInto('request')
      .values({
        id: requestId,
        account_id: accountId,
        user_id: owner.userId,
        email: owner.email,
        name: mark,
        kind: 'problem',
        subject: `${mark} subject`,
        language: 'en',
        partner_account_id: null,
        token_hash: randomBytes(32),
        mark: randomBytes(8).toString('hex'),
      })
      .execute();
    const partner = await addAccount(tx, { name: `${mark} partner`, tariff: 'unlimited' });
    await tx
      .insertInto('partner_link')
      .values({
        id: partnerLinkId,
        account_id: accountId,
        partner_account_id: partner,
        requested_by: mark,
        decided_by: null,
        decided_at: null,
      })
      .execute();
  });
  const sessions = (await must('GET', '/me/sessions', undefined, owner)).items as { id: string }[];
  return {
    accountId,
    key,
    owner,
    ids: {
      accounts: [accountId],
      pipelines: [`${mark}-pipe`, published.uid, `${mark}-draft`],
      migrations: [migration.id],
      runs: [run.id],
      'dead-letters': [letterId],
      previews: [preview.id],
      connections: [`${mark}-file`, source.id, sender.id],
      hooks: [hook.id],
      keys: [spare.id],
      'connect-links': [link.id],
      'support-links': [support.id],
      'support-visits': [support.id],
      'webhook-endpoints': [endpoint.id],
      deliveries: [deliveryId],
      invitations: [invitation.id],
      requests: [requestId],
      partners: [partnerLinkId],
      customers: [partnerLinkId],
      members: [owner.userId, member.userId],
      sessions: sessions.map((session) => session.id),
    },
  };
}
