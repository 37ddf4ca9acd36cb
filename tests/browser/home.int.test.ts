import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import type { TestPerson } from '../support/people.js';
import { type Bed, openBed } from './bed.js';

const definition = (id: string, title: string) => `
pipeline: ${id}
title: ${title}
connections: { crm: { connector: http }, copy: { connector: http } }
flows:
  contacts:
    from: { stream: crm.contacts, read: full }
    map: { name: name, email: email }
    to: { stream: copy.contacts, write: upsert }
`;

describe('home and the list of pipelines', () => {
  let bed: Bed;
  let source: RestCrmSandbox;
  let target: RestCrmSandbox;

  beforeAll(async () => {
    [bed, source, target] = await Promise.all([
      openBed(),
      startRestCrm({ seed: 1, records: 20 }),
      startRestCrm({ seed: 2 }),
    ]);
  });

  afterAll(async () => {
    await bed?.close();
    await Promise.all([source?.stop(), target?.stop()]);
  });

  const publish = async (person: TestPerson, id: string, title: string): Promise<void> => {
    for (const [name, crm] of [
      ['crm', source],
      ['copy', target],
    ] as const) {
      const settings = { service: 'rest-crm', base_url: crm.url };
      const secret = { token: crm.credentials.token ?? '' };
      await person.call('POST', '/connections', { name, connector: 'http', settings, secret });
    }
    const connections = { crm: 'crm', copy: 'copy' };
    expect((await person.call('POST', '/pipelines', { definition: definition(id, title), connections })).status).toBe(
      201,
    );
  };

  test('the list of pipelines follows a run to its end by itself', async () => {
    const { page, person } = await bed.signIn();
    await publish(person, 'followed', 'Followed contacts');
    const row = page.getByRole('row').filter({ hasText: 'Followed contacts' });
    const answered = page.waitForResponse(/\/api\/v1\/events/);
    await page.goto('/pipelines');
    await row.waitFor();
    await answered;
    expect(await row.getByText('done').count()).toBe(0);
    await page.getByLabel('Find by name').fill('followed');
    expect((await person.call('POST', '/runs', { pipeline: 'followed' })).status).toBe(201);
    await row.getByRole('link', { name: 'Run 1' }).getByText('done', { exact: true }).waitFor();
    await row.getByRole('img', { name: /The last run/ }).waitFor();
    // Nothing was taken out of a hand meanwhile.
    expect(await page.getByLabel('Find by name').inputValue()).toBe('followed');
  });

  test('home tells what needs somebody, and what has ended', async () => {
    const { page, person } = await bed.signIn();
    await publish(person, 'told', 'Told contacts');
    await page.goto('/');
    await page.getByRole('region', { name: 'Needs you' }).getByText('All is well').waitFor();
    await person.call('POST', '/runs', { pipeline: 'told' });
    const running = page.getByRole('region', { name: 'Running now' });
    await running.getByText('20 records written').waitFor();
    await running.getByRole('link', { name: 'Told contacts' }).click();
    await page.waitForURL(/\/runs\//);
  });

  test('records refused meanwhile wait behind a button, and what somebody has chosen stays chosen', async () => {
    const { page, person, accountId } = await bed.signIn();
    await publish(person, 'refusing', 'Refusing contacts');
    const refuse = (sourceKey: string) =>
      bed.api.context.store.account(accountId, async (tx) => {
        const { uid } = await tx.selectFrom('pipeline').select('uid').executeTakeFirstOrThrow();
        const flow = await tx.selectFrom('flow').select('id').executeTakeFirstOrThrow();
        await tx
          .insertInto('dead_letter')
          .values({
            id: uuidv7(),
            account_id: accountId,
            pipeline_uid: uid,
            flow_id: flow.id,
            run_id: uuidv7(),
            version: 1,
            source_key: sourceKey,
            part: '',
            code: 'map/invalid_value',
            message: 'Refused.',
            hint: 'Mend it.',
            details: null,
            body: null,
          })
          .execute();
      });
    await refuse('first-key');
    const answered = page.waitForResponse(/\/api\/v1\/events/);
    await page.goto('/dead-letters');
    await answered;
    await page.getByLabel('Choose first-key').check();
    await refuse('second-key');
    // The end of a run tells the page that there may be something new.
    await person.call('POST', '/runs', { pipeline: 'refusing' });
    const button = page.getByRole('button', { name: 'Show 1 new one' });
    await button.waitFor();
    expect(await page.getByText('second-key').count()).toBe(0);
    await button.click();
    await page.getByRole('link', { name: 'second-key' }).waitFor();
    expect(await page.getByLabel('Choose first-key').isChecked()).toBe(true);
    await page.goto('/');
    await page.getByRole('link', { name: /“Refusing contacts”: 2 records were refused/ }).waitFor();
  });

  test('a newcomer is shown the next steps until the first run has ended well', async () => {
    const { page, person } = await bed.signIn();
    await page.goto('/');
    const steps = page.getByRole('region', { name: 'Your first pipeline' });
    await steps.getByRole('link', { name: 'Connect two systems' }).waitFor();
    await publish(person, 'first', 'First contacts');
    await page.reload();
    await steps.getByRole('img', { name: 'done' }).nth(2).waitFor();
    await person.call('POST', '/runs', { pipeline: 'first' });
    await steps.waitFor({ state: 'detached' });
  });

  test('a request is filed from home, and its answer waits there', async () => {
    const { page, person } = await bed.signIn();
    await page.goto('/');
    await page.getByLabel('What it is about').selectOption('feature');
    await page.getByLabel('Subject').fill('Invoices as well');
    await page.getByLabel('Message').fill('Could invoices be moved?');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('link', { name: /^Request #\d+$/ }).waitFor();
    const { body: filed } = await person.call('GET', '/requests');
    const { person: operator } = await bed.signIn({ account: null, staff: 'operator' });
    await operator.call('POST', `/operator/requests/${filed.items[0].id}/messages`, { text: 'With the next release.' });
    await page.goto('/');
    await page.getByRole('link', { name: /was answered: Invoices as well/ }).click();
    await page.getByText('With the next release.').waitFor();
  });

  test('definitions are saved as a file, and brought into another account after a look at what that does', async () => {
    const first = await bed.signIn();
    await publish(first.person, 'carried', 'Carried contacts');
    await first.page.goto('/account');
    const download = first.page.waitForEvent('download');
    await first.page.getByRole('button', { name: 'Save the file' }).click();
    const file = await (await download).path();

    const { page, person } = await bed.signIn();
    await page.goto('/account');
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('row').filter({ hasText: 'carried' }).getByText('added', { exact: true }).waitFor();
    expect((await person.call('GET', '/pipelines')).body.items).toEqual([]);
    await page.getByRole('button', { name: 'Bring it in' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Bring it in' }).click();
    await page.getByRole('status').getByText('It is brought in.').waitFor();
    await page.getByRole('link', { name: 'Pipelines', exact: true }).click();
    await page.getByRole('row').filter({ hasText: 'Carried contacts' }).getByText('paused').waitFor();
  });

  test('the key of the second step stands as a code for cameras beside its text', async () => {
    const { page, person } = await bed.signIn({ width: 360, colorScheme: 'dark' });
    await page.goto('/profile');
    await page.getByRole('button', { name: 'Switch on' }).click();
    const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'Go on' }) });
    await form.getByLabel('Present password').fill(person.password);
    await form.getByRole('button', { name: 'Go on' }).click();
    const code = page.getByRole('img', { name: 'QR code with the key for your app' });
    await code.waitFor();
    const { width = 0, height = 0 } = (await code.boundingBox()) ?? {};
    expect(Math.round(width)).toBe(Math.round(height));
    expect(width).toBeGreaterThan(120);
  });
});
