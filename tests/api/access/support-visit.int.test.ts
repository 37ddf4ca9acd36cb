import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { queryOnce } from '../../../runtime/postgres-connection.js';
import { noteEndedVisits } from '../../../store/support-links.js';
import { startTestApi, type TestApi } from '../../support/api.js';
import { startTestEngine, type TestEngine } from '../../support/engine.js';
import { signInPerson, type TestPerson } from '../../support/people.js';
import { until } from '../../support/until.js';

describe('a support visit', () => {
  let engine: TestEngine;
  let api: TestApi;
  let owner: TestPerson;
  let helper: TestPerson;
  let account: { headers: Record<string, string> };

  beforeAll(async () => {
    engine = await startTestEngine({ hasWorker: false });
    api = await startTestApi(engine);
    owner = await signInPerson(api, { member: { [engine.accountId]: 'owner' } });
    account = { headers: { 'pipewright-account': engine.accountId } };
  });
  // Somebody who is on no visit yet.
  beforeEach(async () => {
    helper = await signInPerson(api, { staff: 'support' });
  });
  afterAll(async () => {
    await api?.stop();
    await engine?.stop();
  });

  const makeLink = async (): Promise<{ id: string; token: string }> => {
    const made = await owner.call('POST', '/support-links');
    expect(made.status).toBe(201);
    return made.body;
  };
  const open = (token: string, person = helper) => person.call('POST', '/support-links/open', { token });
  const look = (person = helper, path = '/pipelines') => person.call('GET', path, undefined, account);
  const linesOf = async (action: string) => (await owner.call('GET', `/audit?action=${action}`)).body.items;

  test('begins with the link of an owner, shows its banner, and is told to the customer with both names', async () => {
    expect((await look()).status).toBe(404);
    const { id, token } = await makeLink();
    const opened = await open(token);
    expect(opened).toMatchObject({ status: 201, body: { id, accountId: engine.accountId, accountName: 'Test' } });
    const seen = await look();
    expect(seen.status).toBe(200);
    expect(seen.headers.get('pipewright-support-visit')).toBe(`until=${opened.body.endsAt}`);
    const refused = await helper.call('DELETE', '/pipelines/none', undefined, account);
    expect(refused.body.code).toBe('api/forbidden');
    expect(refused.headers.get('pipewright-support-visit')).toContain('until=');
    for (const action of ['support.opened', 'support.looked']) {
      const [line] = await linesOf(action);
      expect(line).toMatchObject({ actor: `support:${helper.email}`, onBehalfOf: owner.email });
    }
    expect((await linesOf('support.looked'))[0].details).toMatchObject({ route: 'listPipelines' });
    expect((await owner.call('GET', '/support-links')).body.items[0]).toMatchObject({
      id,
      state: 'visiting',
      openedBy: helper.email,
    });
  });

  test('sees neither secrets nor records nor the log, and changes nothing', async () => {
    await open((await makeLink()).token);
    const paths = [
      '/keys',
      '/audit',
      '/support-links',
      '/views/v_audit',
      '/views/v_record_map',
      '/views/v_dead_letters',
    ];
    for (const path of paths) expect([path, (await look(helper, path)).status]).toEqual([path, 403]);
    const made = await helper.call('POST', '/support-links', undefined, account);
    expect(made.body.code).toBe('api/forbidden');
  });

  test('a link opens once, for one sign-in, and only for people of the support', async () => {
    const { token } = await makeLink();
    const stranger = await signInPerson(api, { member: { [engine.accountId]: 'owner' } });
    expect((await open(token, stranger)).body.code).toBe('api/forbidden');
    expect((await api.call('POST', '/support-links/open', { token })).body.code).toBe('api/forbidden');
    const first = await signInPerson(api, { staff: 'support' });
    const second = await signInPerson(api, { staff: 'operator' });
    const answers = await Promise.all([open(token, first), open(token, second), open(token, first)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409]);
    expect((await open('A'.repeat(43), first)).status).toBe(404);
    const [inside, outside] = answers[1]?.status === 201 ? [second, first] : [first, second];
    expect((await look(inside)).status).toBe(200);
    expect((await look(outside)).status).toBe(404);
  });

  test('a link is too old after ten minutes, a visit after an hour, and the customer is told of its end', async () => {
    const late = await makeLink();
    const ended = await makeLink();
    await open(ended.token);
    await queryOnce(
      engine.database.ownerUrl,
      `update support_link set expires_at = now() - interval '1 second', ends_at = case when opened_at is null then null else now() - interval '1 second' end where id in ('${late.id}', '${ended.id}')`,
    );
    expect((await open(late.token)).body.code).toBe('support/link_spent');
    await noteEndedVisits(engine.engine.dependencies.store, engine.engine.dependencies.vault.keys);
    const [line] = (await owner.call('GET', `/audit?action=support.ended&object=${ended.id}`)).body.items;
    expect(line).toMatchObject({ actor: `support:${helper.email}`, onBehalfOf: owner.email });
    expect(await noteEndedVisits(engine.engine.dependencies.store, engine.engine.dependencies.vault.keys)).toBe(0);
  });

  test('withdrawn, it is over at the next request, and an open stream closes', async () => {
    const person = await signInPerson(api, { staff: 'support' });
    const { id, token } = await makeLink();
    await open(token, person);
    const stream = await fetch(`${api.address}/api/v1/events`, {
      headers: { cookie: person.cookie, ...account.headers },
    });
    expect(stream.status).toBe(200);
    const closed = stream.text().then(
      () => true,
      () => true,
    );
    expect((await owner.call('DELETE', `/support-links/${id}`)).status).toBe(204);
    expect((await look(person)).status).toBe(404);
    expect(await closed).toBe(true);
    const lines = (await owner.call('GET', `/audit?object=${id}`)).body.items;
    expect(lines.map((line: { action: string }) => line.action)).toEqual([
      'support.ended',
      'support_link.withdrawn',
      'support.opened',
    ]);
    expect((await owner.call('GET', '/audit/verify')).body).toMatchObject({ isWhole: true });
  });

  test('the person of the support may leave', async () => {
    const person = await signInPerson(api, { staff: 'support' });
    await open((await makeLink()).token, person);
    const [visit] = (await person.call('GET', '/support-visits')).body.items;
    expect((await helper.call('DELETE', `/support-visits/${visit.id}`)).body.code).toBe('support/visit_over');
    expect((await person.call('DELETE', `/support-visits/${visit.id}`)).status).toBe(204);
    expect((await person.call('GET', '/support-visits')).body.items).toEqual([]);
    expect((await look(person)).status).toBe(404);
    expect(await until(async () => ((await linesOf('support.ended')).length > 0 ? true : null))).toBe(true);
  });
});
