import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { shownPages } from '../../../api/services/pages.js';
import { startTestApi, type TestApi } from '../../support/api.js';
import { startTestEngine, type TestEngine } from '../../support/engine.js';
import { signInPerson, type TestPerson } from '../../support/people.js';

describe('promotions and information pages', () => {
  let engine: TestEngine;
  let api: TestApi;
  let operator: TestPerson;

  beforeAll(async () => {
    engine = await startTestEngine({ hasWorker: false });
    api = await startTestApi(engine, {
      env: { CONTACT_EMAIL: 'help@example.test', COMPANY_DETAILS: 'Example Ltd\\nMain street 1' },
    });
    operator = await signInPerson(api, { staff: 'operator' });
  });

  afterAll(async () => {
    await api?.stop();
    await engine?.stop();
  });

  const visit = (path: string, language = 'en') =>
    api.call('GET', path, undefined, { key: null, headers: { 'accept-language': language } });
  const slugs = (body: { items: { slug: string }[] }) => body.items.map(({ slug }) => slug);

  test('everybody sees how to reach the company', async () => {
    expect((await visit('/contacts')).body).toEqual({
      email: 'help@example.test',
      phone: null,
      company: 'Example Ltd\nMain street 1',
    });
  });

  test('a promotion is shown between its dates only', async () => {
    const { body: page } = await operator.call('POST', '/pages', {
      kind: 'promotion',
      slug: 'summer',
      startsAt: '2027-06-01T00:00:00Z',
      endsAt: '2027-09-01T00:00:00Z',
      texts: { en: { title: 'Summer offer', body: 'Two months **free**.' } },
    });
    const seenAt = async (at: string) =>
      slugs(await shownPages(api.context, new Date(at), 'promotion', 'en')).includes('summer');
    expect(await seenAt('2027-07-01T00:00:00Z')).toBe(false);
    expect((await operator.call('POST', `/pages/${page.id}/publish`)).body.state).toBe('published');
    expect(await seenAt('2027-05-31T23:59:59Z')).toBe(false);
    expect(await seenAt('2027-06-01T00:00:00Z')).toBe(true);
    expect(await seenAt('2027-08-31T23:59:59Z')).toBe(true);
    expect(await seenAt('2027-09-01T00:00:00Z')).toBe(false);
    // The same over HTTP, at the real time.
    const put = (startsAt: string | null, endsAt: string | null) =>
      operator.call('PUT', `/pages/${page.id}`, {
        kind: 'promotion',
        slug: 'summer',
        startsAt,
        endsAt,
        texts: { en: { title: 'Summer offer', body: 'Two months **free**.' } },
      });
    expect(slugs((await visit('/pages?kind=promotion')).body)).not.toContain('summer');
    expect((await visit('/pages/promotion/summer')).status).toBe(404);
    await put('2020-01-01T00:00:00Z', null);
    expect(slugs((await visit('/pages?kind=promotion')).body)).toContain('summer');
    expect((await visit('/pages/promotion/summer')).body).toMatchObject({ body: 'Two months **free**.' });
    await put('2020-01-01T00:00:00Z', '2020-02-01T00:00:00Z');
    expect(slugs((await visit('/pages')).body)).not.toContain('summer');
    expect((await put('2020-02-01T00:00:00Z', '2020-01-01T00:00:00Z')).body.code).toBe('api/bad_request');
  });

  test('a page answers in the asked language, else in English, else in the first it has', async () => {
    const add = async (slug: string, texts: object) => {
      const { body } = await operator.call('POST', '/pages', { kind: 'information', slug, texts });
      await operator.call('POST', `/pages/${body.id}/publish`);
    };
    await add('about', { en: { title: 'About', body: '' }, pl: { title: 'O nas', body: '' } });
    await add('only-here', { ro: { title: 'Doar aici', body: '' } });
    const polish = await visit('/pages/information/about', 'pl');
    expect(polish.body).toMatchObject({ language: 'pl', title: 'O nas' });
    expect(polish.headers.get('content-language')).toBe('pl');
    expect((await visit('/pages/information/about', 'uk')).body.title).toBe('About');
    expect((await visit('/pages/information/only-here', 'uk')).body).toMatchObject({ language: 'ro' });
    const person = await signInPerson(api, { language: 'pl' });
    const own = await person.call('GET', '/pages/information/about', undefined, {
      headers: { 'accept-language': 'en' },
    });
    expect(own.body.title).toBe('O nas');
  });

  test('an edit on top of somebody else’s is refused, and so is a taken name', async () => {
    const texts = { en: { title: 'Terms', body: 'One.' } };
    const made = await operator.call('POST', '/pages', { kind: 'information', slug: 'terms', texts });
    const tag = made.headers.get('etag') ?? '';
    const edit = (ifMatch: string) =>
      operator.call(
        'PUT',
        `/pages/${made.body.id}`,
        { kind: 'information', slug: 'terms', texts },
        { headers: { 'if-match': ifMatch } },
      );
    expect((await edit(tag)).status).toBe(200);
    expect((await edit(tag)).body.code).toBe('api/precondition_failed');
    const twin = await operator.call('POST', '/pages', { kind: 'information', slug: 'terms', texts });
    expect(twin).toMatchObject({ status: 409, body: { code: 'page/slug_taken' } });
    expect((await operator.call('DELETE', `/pages/${made.body.id}`)).status).toBe(204);
    expect((await operator.call('GET', `/operator/pages/${made.body.id}`)).status).toBe(404);
  });

  test('customers and support change no pages', async () => {
    const owner = await signInPerson(api, { member: { [engine.accountId]: 'owner' } });
    const support = await signInPerson(api, { staff: 'support' });
    const body = { kind: 'information', slug: 'mine', texts: { en: { title: 'Mine', body: '' } } };
    for (const person of [owner, support]) {
      expect((await person.call('POST', '/pages', body)).body.code).toBe('api/forbidden');
      expect((await person.call('GET', '/operator/pages')).body.code).toBe('api/forbidden');
    }
    expect((await api.call('POST', '/pages', body)).body.code).toBe('api/forbidden');
  });
});
