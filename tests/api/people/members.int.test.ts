import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eraseNextAccount } from '../../../store/account-removal.js';
import { startTestApi, type TestApi } from '../../support/api.js';
import { startTestEngine, type TestEngine } from '../../support/engine.js';
import { lettersTo, tokenOf } from '../../support/letters.js';
import { signInPerson, type TestPerson } from '../../support/people.js';
import { until } from '../../support/until.js';

describe('members of an account, its partners and its end', () => {
  let engine: TestEngine;
  let api: TestApi;
  beforeAll(async () => {
    engine = await startTestEngine({ hasWorker: false });
    api = await startTestApi(engine);
  });
  afterAll(async () => {
    await api.stop();
    await engine.stop();
  });

  async function account(owner: TestPerson, name: string): Promise<string> {
    return (await owner.call('POST', '/accounts', { name })).body.id;
  }

  const inAccount = (id: string) => ({ headers: { 'pipewright-account': id } });

  test('somebody is invited, accepts, gets another role and is removed', async () => {
    const [owner, guest, other] = [await signInPerson(api), await signInPerson(api), await signInPerson(api)];
    const id = await account(owner, 'Circle');
    const invited = await owner.call('POST', '/invitations', { email: guest.email.toUpperCase(), role: 'viewer' });
    expect(invited.status).toBe(201);
    expect((await lettersTo(api, guest.email, 'invitation'))[0]?.text).toContain(`/invitations/${invited.body.id}`);
    expect((await guest.call('GET', '/me/invitations')).body.items).toMatchObject([
      { accountName: 'Circle', role: 'viewer' },
    ]);
    expect((await other.call('GET', '/me/invitations')).body.items).toEqual([]);
    expect((await other.call('POST', `/me/invitations/${invited.body.id}/accept`)).status).toBe(404);
    expect((await guest.call('POST', `/me/invitations/${invited.body.id}/accept`)).body).toEqual({ accountId: id });
    expect((await guest.call('POST', `/me/invitations/${invited.body.id}/accept`)).status).toBe(404);
    const again = await owner.call('POST', '/invitations', { email: guest.email, role: 'viewer' });
    expect(again.body.code).toBe('member/already_member');
    expect((await guest.call('GET', '/members')).body.items.map((each: { role: string }) => each.role)).toEqual([
      'owner',
      'viewer',
    ]);
    expect((await guest.call('POST', '/invitations', { email: 'x@example.test', role: 'viewer' })).status).toBe(403);
    expect((await owner.call('PATCH', `/members/${guest.userId}`, { role: 'editor' })).status).toBe(204);
    expect((await guest.call('GET', '/me')).body.account).toMatchObject({ id, role: 'editor' });
    expect((await owner.call('DELETE', `/members/${guest.userId}`)).status).toBe(204);
    expect((await guest.call('GET', '/me')).body).toMatchObject({ account: null, accounts: [] });
    expect((await guest.call('GET', '/members', undefined, inAccount(id))).status).toBe(404);
  });

  test('an invitation can be declined, withdrawn and runs out', async () => {
    const [owner, guest] = [await signInPerson(api), await signInPerson(api)];
    await account(owner, 'Doors');
    const invite = async () =>
      (await owner.call('POST', '/invitations', { email: guest.email, role: 'viewer' })).body.id;
    const declined = await invite();
    expect((await guest.call('POST', `/me/invitations/${declined}/decline`)).status).toBe(204);
    const withdrawn = await invite();
    expect((await owner.call('DELETE', `/invitations/${withdrawn}`)).status).toBe(204);
    const old = await invite();
    await api.context.store.system((tx) =>
      tx
        .updateTable('auth.invitation')
        .set({ expiresAt: new Date(0) })
        .where('id', '=', old)
        .execute(),
    );
    for (const id of [declined, withdrawn, old]) {
      expect((await guest.call('POST', `/me/invitations/${id}/accept`)).body.code).toBe('api/not_found');
    }
    expect((await owner.call('GET', '/invitations')).body.items).toEqual([]);
  });

  test('an account keeps an owner, and admins make none', async () => {
    const owner = await signInPerson(api);
    const id = await account(owner, 'Crown');
    const admin = await signInPerson(api, { member: { [id]: 'admin' } });
    const toSelf = { role: 'owner' };
    expect((await admin.call('PATCH', `/members/${admin.userId}`, toSelf)).body.code).toBe('member/owner_needed');
    expect((await admin.call('POST', '/invitations', { email: 'y@example.test', role: 'owner' })).body.code).toBe(
      'member/owner_needed',
    );
    expect((await admin.call('DELETE', `/members/${owner.userId}`)).body.code).toBe('member/owner_needed');
    expect((await owner.call('POST', '/account/leave')).body.code).toBe('member/last_owner');
    expect((await owner.call('PATCH', `/members/${owner.userId}`, { role: 'admin' })).body.code).toBe(
      'member/last_owner',
    );
    const second = await signInPerson(api, { member: { [id]: 'owner' } });
    const both = await Promise.all([owner.call('POST', '/account/leave'), second.call('POST', '/account/leave')]);
    expect(both.map((answer) => answer.status).sort()).toEqual([204, 409]);
    expect((await admin.call('PATCH', '/account', { name: 'Crown and Anchor' })).body.name).toBe('Crown and Anchor');
  });

  test('a partner sees states once the customer accepted, and nothing else', async () => {
    const [customer, agent, nosy] = [await signInPerson(api), await signInPerson(api), await signInPerson(api)];
    const customerAccount = await account(customer, 'Customer');
    const agency = await account(agent, 'Agency');
    await account(nosy, 'Nosy');
    const alike = await Promise.all(
      [
        { account: customerAccount },
        { account: '01890a5d-ac96-774b-bcce-b302099a8057' },
        { ownerEmail: customer.email },
        { ownerEmail: 'nobody@example.test' },
      ].map((body) => agent.call('POST', '/customers', body)),
    );
    expect(alike.map(({ status, text }) => [status, text])).toEqual(alike.map(() => [202, '']));
    expect((await agent.call('POST', '/customers', {})).status).toBe(400);
    expect((await lettersTo(api, customer.email, 'partner_asks')).length).toBe(1);
    expect((await agent.call('GET', '/customers')).body.items).toEqual([]);
    expect((await agent.call('GET', '/pipelines', undefined, inAccount(customerAccount))).status).toBe(404);

    const [link] = (await customer.call('GET', '/partners')).body.items;
    expect(link).toMatchObject({ partnerName: 'Agency', state: 'requested' });
    expect((await nosy.call('POST', `/partners/${link.id}/accept`)).status).toBe(404);
    expect((await agent.call('POST', `/partners/${link.id}/accept`)).status).toBe(404);
    expect((await customer.call('POST', `/partners/${link.id}/accept`)).status).toBe(204);
    expect((await lettersTo(api, agent.email, 'partner_decided')).length).toBe(1);
    expect((await agent.call('GET', '/me')).body.customers).toEqual([
      { id: customerAccount, name: 'Customer', partnerAccountId: agency },
    ]);
    const seen = inAccount(customerAccount);
    expect((await agent.call('GET', '/pipelines', undefined, seen)).status).toBe(200);
    expect((await agent.call('GET', '/runs', undefined, seen)).status).toBe(200);
    for (const path of ['/connections', '/members', '/keys', '/dead-letters', '/views/v_record_map', '/partners']) {
      expect([path, (await agent.call('GET', path, undefined, seen)).status]).toEqual([path, 403]);
    }
    expect((await agent.call('POST', '/runs', { pipeline: 'none' }, seen)).status).toBe(403);
    expect((await customer.call('POST', `/partners/${link.id}/end`)).status).toBe(204);
    expect((await agent.call('GET', '/pipelines', undefined, seen)).status).toBe(404);
  });

  test('a partner’s view of a pipeline and a run holds no definition, connection or name', async () => {
    const owner = await signInPerson(api, { member: { [engine.accountId]: 'owner' } });
    const agent = await signInPerson(api);
    await account(agent, 'Watchers');
    await agent.call('POST', '/customers', { account: engine.accountId });
    const [link] = (await owner.call('GET', '/partners', undefined, inAccount(engine.accountId))).body.items;
    await owner.call('POST', `/partners/${link.id}/accept`, undefined, inAccount(engine.accountId));
    await engine.connect('place', 'file', { path: '.' }, null);
    const definition = `
pipeline: canary
title: Canary
connections: { place: { connector: file } }
flows:
  lines:
    from: { stream: place.in, read: full, file: in.csv, key: id }
    map: { id: id, secret_word: '"CANARYVALUE"' }
    to: { stream: place.out, write: upsert, file: out.csv, match_on: [id] }
`;
    const published = await owner.call('PUT', '/pipelines/canary/draft', { definition }, inAccount(engine.accountId));
    expect(published.status).toBeLessThan(300);
    const seen = await agent.call('GET', '/pipelines/canary', undefined, inAccount(engine.accountId));
    expect(seen.status).toBe(200);
    expect(seen.body).toMatchObject({ id: 'canary', definition: null, connections: {}, flows: [] });
    expect(seen.text).not.toContain('CANARYVALUE');
  });

  test('an account is deleted in two steps, and its data with it', async () => {
    const owner = await signInPerson(api);
    const id = await account(owner, 'Sandcastle');
    const admin = await signInPerson(api, { member: { [id]: 'admin' } });
    const key = await api.makeKey(['admin'], id);
    const connection = { name: 'crm', connector: 'webhook', settings: {}, secret: null };
    await api.call('POST', '/connections', connection, { key });
    expect((await admin.call('POST', '/account/deletion', { password: admin.password })).status).toBe(403);
    expect((await owner.call('POST', '/account/deletion', { password: 'wrong-wrong' })).body.code).toBe(
      'person/password_wrong',
    );
    expect((await owner.call('POST', '/account/deletion', { password: owner.password })).status).toBe(202);
    const token = await tokenOf(api, owner.email, 'account_deletion_asked');
    const second = await signInPerson(api, { member: { [id]: 'owner' } });
    expect((await second.call('POST', '/account/deletion/confirm', { token })).body.code).toBe('person/token_invalid');
    await owner.call('POST', '/account/deletion', { password: owner.password });
    const fresh = await tokenOf(api, owner.email, 'account_deletion_asked');
    expect((await owner.call('POST', '/account/deletion/confirm', { token: fresh })).status).toBe(204);
    expect((await api.call('GET', '/pipelines', undefined, { key })).status).toBe(401);
    expect((await owner.call('GET', '/me')).body.accounts).toEqual([]);
    for (const each of [owner, second]) expect((await lettersTo(api, each.email, 'account_deleted')).length).toBe(1);
    await until(async () => {
      await eraseNextAccount(api.context.store);
      const rows = await api.context.store.system((tx) =>
        tx.selectFrom('account').select('id').where('id', '=', id).execute(),
      );
      return rows.length === 0;
    });
  });

  test('those who run the installation are named by operators alone, and read kept letters', async () => {
    const operator = await signInPerson(api, { staff: 'operator' });
    const helper = await signInPerson(api);
    expect((await helper.call('GET', '/staff')).status).toBe(403);
    expect((await operator.call('POST', '/staff', { email: helper.email, role: 'support' })).status).toBe(204);
    expect((await operator.call('POST', '/staff', { email: 'no@example.test', role: 'support' })).status).toBe(404);
    expect((await helper.call('GET', '/me')).body.staff).toBe('support');
    expect((await helper.call('GET', '/mails')).status).toBe(403);
    const letter = await until(async () => {
      const { items } = (await operator.call('GET', '/mails?limit=1')).body;
      return items[0]?.state === 'kept' ? items[0] : null;
    });
    expect((await operator.call('GET', `/mails/${letter.id}`)).body.text).toContain('http://');
    expect((await operator.call('DELETE', `/staff/${helper.userId}`)).status).toBe(204);
    expect((await helper.call('GET', '/me')).body.staff).toBe(null);
  });
});
