import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { restCrmDefinition } from '../support/rest-crm-service.js';
import { until } from '../support/until.js';
import { type Bed, openBed, type SignedIn } from './bed.js';

const records = 1_500;
const definition = (id: string): string => `
pipeline: ${id}
title: Contacts of ${id}
connections: { crm: { connector: http }, copy: { connector: http } }
flows:
  contacts:
    from: { stream: crm.contacts, read: full }
    map: { name: name, email: email, phone: phone, position: position }
    to: { stream: copy.contacts, write: upsert, batch: 50 }
`;

describe('the page of a run', () => {
  let bed: Bed;

  beforeAll(async () => {
    bed = await openBed({ hasWorker: false, slices: { budgetMs: 3_000, pagesInFlight: 4 }, practice: { records } });
  });

  afterAll(async () => {
    await bed?.close();
  });

  const publish = async (
    { person }: SignedIn,
    id: string,
    target: { url: string; credentials: { token?: string } },
  ) => {
    const must = async (path: string, body: unknown) => {
      const answer = await person.call('POST', path, body);
      if (answer.status >= 300) throw new Error(answer.text);
    };
    const { crm } = bed.practice;
    const shared = { connector: 'http' };
    const source = { service: 'rest-crm', base_url: crm.url };
    await must('/connections', { ...shared, name: 'crm', settings: source, secret: { token: crm.credentials.token } });
    const own = restCrmDefinition({ repeat: 'find_then_create' });
    const settings = { service: 'own', base_url: target.url, definition: own };
    await must('/connections', { ...shared, name: 'copy', settings, secret: { token: target.credentials.token } });
    await must('/pipelines', { definition: definition(id), connections: { crm: 'crm', copy: 'copy' } });
  };

  test('follows it live through the death of its worker to an end where nothing is lost or doubled', async () => {
    const target = await startRestCrm({
      seed: 3,
      latencyMs: 60,
      settings: { idempotency_header: false, own_id_unique: false, max_batch: 50 },
    });
    try {
      const worker = await bed.engine.spawnWorker();
      const signedIn = await bed.signIn({ role: 'editor' });
      const { page } = signedIn;
      await publish(signedIn, 'killed', target);
      await page.goto('/pipelines/killed');
      await page.getByRole('button', { name: 'Run now' }).click();
      await page.getByText(/by hand, version 1, live/).waitFor();
      await until(async () => target.store.count('contacts') > records / 4);

      worker.signal('SIGKILL');
      await worker.ended;
      await page.getByText('Nothing has moved for some seconds').waitFor();
      const left = target.store.count('contacts');
      expect(left).toBeLessThan(records);

      const next = await bed.engine.spawnWorker();
      await page.getByText('Nothing has moved for some seconds').waitFor({ state: 'detached' });
      await page.getByText('adds up').waitFor({ timeout: 60_000 });
      await page.getByRole('button', { name: 'Replay' }).waitFor();
      const row = page.getByRole('row').filter({ hasText: 'contacts' });
      expect(await row.getByRole('cell').allInnerTexts()).toEqual(expect.arrayContaining(['1,500']));
      expect(target.store.count('contacts')).toBe(records);
      next.signal('SIGTERM');
      await next.ended;
    } finally {
      await target.stop();
    }
  }, 120_000);

  test('says why a run waits, until a new credential lets it go on', async () => {
    const { copy } = bed.practice;
    const worker = await bed.engine.spawnWorker();
    const signedIn = await bed.signIn({ role: 'editor' });
    const { page, person } = signedIn;
    await publish(signedIn, 'locked-out', copy);
    await person.call('PUT', '/connections/copy/secret', { secret: { token: 'of-somebody-who-left' } });
    await page.goto('/pipelines/locked-out');
    await page.getByRole('button', { name: 'Run now' }).click();
    await page.getByText('paused', { exact: true }).first().waitFor();
    await page.getByText('It does not go on by itself.').waitFor();
    await page.getByRole('link', { name: 'To the connection' }).click();
    await page.getByRole('heading', { name: 'copy' }).waitFor();
    await page.getByText('broken', { exact: true }).waitFor();
    await page.getByLabel('Bearer token', { exact: true }).fill(copy.credentials.token ?? '');
    await page.getByRole('button', { name: 'Reconnect' }).click();
    await page.getByText('The new credentials count from now on.').waitFor();
    await page.getByText('works', { exact: true }).first().waitFor();

    await page.getByRole('link', { name: 'Runs' }).click();
    await page.getByRole('row').filter({ hasText: 'locked-out' }).getByText('done').waitFor({ timeout: 60_000 });
    expect(copy.store.count('contacts')).toBe(records);
    worker.signal('SIGTERM');
    await worker.ended;
  }, 120_000);
});
