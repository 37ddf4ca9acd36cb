import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RestCrmSandbox } from '../../sandbox/rest-crm/sandbox.js';
import type { TestApi } from '../support/api.js';
import type { TestEngine } from '../support/engine.js';
import { signInPerson } from '../support/people.js';
import { connectCrm, startTwoCrms, type TwoCrms } from '../support/two-crms.js';

const definition = (id: string) => `
pipeline: ${id}
title: Copy the contacts
connections: { crm: { connector: http }, copy: { connector: http } }
flows:
  contacts:
    from: { stream: crm.contacts, read: full }
    map: { name: name, email: email }
    to: { stream: copy.contacts, write: upsert }
`;

describe('what was made is read back', () => {
  let crms: TwoCrms;
  let engine: TestEngine;
  let api: TestApi;
  let source: RestCrmSandbox;

  beforeAll(async () => {
    crms = await startTwoCrms(10);
    ({ engine, api, source } = crms);
  });

  afterAll(() => crms?.stop());

  test('versions of a pipeline; publishing the same text again makes none', async () => {
    const text = definition('kept-versions');
    expect(await api.call('POST', '/pipelines', { definition: text })).toMatchObject({ status: 201 });
    expect(await api.call('POST', '/pipelines', { definition: text })).toMatchObject({
      status: 200,
      body: { version: 1, isNew: false },
    });
    await api.call('PUT', '/pipelines/kept-versions/draft', { definition: text });
    expect(await api.call('POST', '/pipelines/kept-versions/publish', {})).toMatchObject({ status: 200 });
    expect((await api.call('GET', '/pipelines/kept-versions/versions')).body.items).toMatchObject([{ version: 1 }]);
    const { body } = await api.call('GET', '/pipelines/kept-versions/versions/1');
    expect(body).toMatchObject({ definition: text, connections: { crm: 'crm', copy: 'copy' } });
    expect((await api.call('GET', '/connections/crm/uses')).body.items).toContainEqual(
      expect.objectContaining({ pipeline: 'kept-versions' }),
    );
  });

  test('a migration with its counts', async () => {
    const started = await api.call('POST', '/migrations', { definition: definition('moved-once') });
    await engine.until(started.body.id);
    expect((await api.call('GET', `/migrations/${started.body.id}`)).body).toMatchObject({
      isOver: true,
      totals: { written: 10 },
    });
  });

  test('a connection with its streams, fields and values', async () => {
    await connectCrm(engine, 'looked-at', source);
    const renamed = await api.call('PATCH', '/connections/looked-at', { name: 'seen' });
    expect(renamed).toMatchObject({ status: 200, body: { name: 'seen' } });
    const names = (answer: { body: { items: { name: string }[] } }): string[] =>
      answer.body.items.map(({ name }) => name);
    expect(names(await api.call('GET', '/connections/seen/streams'))).toContain('contacts');
    expect(names(await api.call('GET', '/connections/seen/streams/deals/fields'))).toContain('stage');
    expect(await api.call('GET', '/connections/seen/streams/deals/fields/stage/values')).toMatchObject({ status: 200 });
  });

  test('an information page and a request as operators see them', async () => {
    const operator = await signInPerson(api, { staff: 'operator' });
    const { body: page } = await operator.call('POST', '/pages', {
      kind: 'information',
      slug: 'read-back',
      startsAt: null,
      endsAt: null,
      texts: { en: { title: 'About us', body: 'We move **records**.' } },
    });
    await operator.call('POST', `/pages/${page.id}/publish`);
    expect((await operator.call('GET', `/operator/pages/${page.id}`)).body.texts.en.title).toBe('About us');
    const slugs = (await operator.call('GET', '/operator/pages')).body.items.map(({ slug }: { slug: string }) => slug);
    expect(slugs).toContain('read-back');
    expect((await operator.call('POST', `/pages/${page.id}/unpublish`)).body.state).not.toBe('published');

    const owner = await signInPerson(api, { member: { [engine.accountId]: 'owner' } });
    const { body: request } = await owner.call('POST', '/requests', {
      kind: 'feature',
      subject: 'Two shops',
      text: 'Can both write into one CRM?',
    });
    await operator.call('POST', `/operator/requests/${request.id}/close`);
    expect(await operator.call('POST', `/operator/requests/${request.id}/reopen`)).toMatchObject({ status: 200 });
    expect((await operator.call('GET', '/staff')).body.items).not.toEqual([]);
  });
});
