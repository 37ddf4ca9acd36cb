import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApi, type TestApi } from '../../support/api.js';
import { Browser } from '../../support/browser.js';
import { startTestEngine, type TestEngine } from '../../support/engine.js';
import { type PostOffice, startPostOffice } from '../../support/post-office.js';
import { until } from '../../support/until.js';

describe('letters over a mail server', () => {
  let engine: TestEngine;
  let api: TestApi;
  let office: PostOffice;
  beforeAll(async () => {
    [engine, office] = await Promise.all([startTestEngine({ hasWorker: false }), startPostOffice()]);
    api = await startTestApi(engine, {
      env: { SMTP_URL: office.url, MAIL_FROM: 'Pipewright <no-reply@example.test>' },
    });
  });
  afterAll(async () => {
    await api?.stop();
    await office?.stop();
    await engine?.stop();
  });

  test('the link of a real letter confirms an address, in the language of the person', async () => {
    const browser = new Browser(api);
    const who = { email: 'olena@example.test', password: 'harbour-lamp-cello' };
    await browser.call('POST', '/registrations', { ...who, name: 'Олена', language: 'uk', accountName: 'Гавань' });
    const letter = await until(async () => office.letters.find(({ to }) => to.includes(who.email)) ?? null);
    expect(letter.headers).toMatch(/^From: .*no-reply@example\.test/m);
    expect(letter.headers).toMatch(/^Content-Language: uk/m);
    expect(letter.headers).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(letter.text).toMatch(/[а-яіїєґ]{4,}/);
    const token = /token=(\S+)/.exec(letter.text)?.[1] ?? '';
    expect((await browser.call('POST', '/email-confirmations', { token })).body).toEqual({ state: 'confirmed' });
    expect((await browser.call('POST', '/sign-in', who)).body).toEqual({ state: 'signed_in' });
    expect((await browser.call('GET', '/me')).body.accounts).toMatchObject([{ name: 'Гавань', role: 'owner' }]);
  });
});
