import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type BitrixSandbox, startBitrix24 } from '../../sandbox/bitrix24/sandbox.js';
import { type Bed, openBed, type SignedIn } from './bed.js';

const definition = (id: string): string => `
pipeline: ${id}
title: Deals of ${id}
connections: { crm: { connector: bitrix24 }, out: { connector: file } }
flows:
  deals:
    from: { stream: crm.deals, read: full }
    map: { id: ID, title: TITLE }
    to: { stream: out.deals, write: insert }
`;

describe('connections', () => {
  let bed: Bed;
  let portal: BitrixSandbox;

  beforeAll(async () => {
    [bed, portal] = await Promise.all([openBed({ hasWorker: false }), startBitrix24({ seed: 1, records: 20 })]);
  });

  afterAll(async () => {
    await bed?.close();
    await portal?.stop();
  });

  const add = async (
    { person }: SignedIn,
    name: string,
    connector: string,
    settings: object,
    secret: object | null = null,
  ) => {
    const answer = await person.call('POST', '/connections', { name, connector, settings, secret });
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.body.id as string;
  };
  const addPortal = (signedIn: SignedIn, name: string, webhook = portal.credentials.webhook_url) =>
    add(signedIn, name, 'bitrix24', { base_url: portal.url }, { webhook });

  test('one is added by its form, which says who may do it and where the vendor tells how', async () => {
    const { page } = await bed.signIn({ role: 'editor' });
    await page.goto('/connections');
    await page.getByRole('link', { name: 'Add a connection' }).click();
    await page.getByRole('link', { name: 'Bitrix24' }).click();
    await page.getByText('This takes an administrator of that system').waitFor();
    const instructions = page.getByRole('link', { name: /The vendor’s instructions/ });
    expect(await instructions.getAttribute('href')).toMatch(/^https:\/\/apidocs\.bitrix24\.com\//);

    await page.getByLabel('Name', { exact: false }).first().fill('head-office');
    await page.getByText('Type in keys').click();
    await page.getByLabel('Portal').fill(portal.url);
    await page.getByLabel('Incoming webhook', { exact: true }).fill(portal.credentials.webhook_url ?? '');
    await page.getByRole('button', { name: 'Add and check' }).click();
    await page.getByRole('heading', { name: 'head-office' }).waitFor();
    await page.getByText(/^It works:/).waitFor();
    await page.getByText('Rights found:').waitFor();
    await page.getByText('scope crm').waitFor();
    expect(await page.getByText('Rights missing:').count()).toBe(0);
  });

  test('a check names the rights that are missing, and better credentials bring them', async () => {
    const signedIn = await bed.signIn({ role: 'editor' });
    const { page } = signedIn;
    const id = await addPortal(signedIn, 'narrow', portal.credentials.narrow_webhook_url);
    await page.goto(`/connections/${id}`);
    await page.getByRole('button', { name: 'Check now' }).click();
    await page.getByText('Rights missing:').waitFor();
    await page.getByText('scope crm').waitFor();

    await page.getByText('Enter new credentials').click();
    await page
      .getByLabel(/webhook/i)
      .first()
      .fill(portal.credentials.webhook_url ?? '');
    await page.getByRole('button', { name: 'Reconnect' }).click();
    await page.getByText('The new credentials count from now on.').waitFor();
    await page.getByRole('button', { name: 'Check now' }).click();
    await page.getByText('Rights found:').waitFor();
    expect(await page.getByText('Rights missing:').count()).toBe(0);
  });

  test('one that is used is renamed without harm, and is not removed before its pipelines let it go', async () => {
    const signedIn = await bed.signIn({ role: 'editor' });
    const { page, person } = signedIn;
    const id = await addPortal(signedIn, 'portal');
    await add(signedIn, 'files', 'file', { streams: { deals: { path: 'deals.csv' } } });
    const connections = { crm: 'portal', out: 'files' };
    const published = await person.call('POST', '/pipelines', { definition: definition('in-use'), connections });
    expect(published.status).toBeLessThan(300);

    await page.goto(`/connections/${id}`);
    await page.getByLabel(/^Name/).fill('portal-berlin');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await page.getByRole('heading', { name: 'portal-berlin' }).waitFor();
    await page.getByText('Deals of in-use').first().waitFor();

    await page.getByRole('button', { name: 'Remove the connection' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove portal-berlin?' });
    await dialog.getByText('1 pipeline uses it.').waitFor();
    await dialog.getByText('Deals of in-use').waitFor();
    await dialog.getByRole('button', { name: 'Remove the connection' }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await dialog.getByRole('alert').textContent()).toContain('in-use');
    await dialog.getByRole('button', { name: 'Back' }).click();

    expect((await person.call('DELETE', '/pipelines/in-use')).status).toBeLessThan(300);
    await page.reload();
    await page.getByText('No published pipeline uses it.').waitFor();
    await page.getByRole('button', { name: 'Remove the connection' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove the connection' }).click();
    await page.getByText('portal-berlin is removed.').waitFor();
    await page.waitForURL(/\/connections$/);
    await page.getByRole('link', { name: 'files' }).waitFor();
    expect(await page.getByRole('link', { name: 'portal-berlin' }).count()).toBe(0);
  });

  test('somebody who may only look is offered no change', async () => {
    const signedIn = await bed.signIn({ role: 'editor' });
    const id = await addPortal(signedIn, 'seen');
    const { page } = await bed.signIn({ role: 'viewer', account: signedIn.accountId });
    await page.goto(`/connections/${id}`);
    await page.getByRole('heading', { name: 'seen' }).waitFor();
    await page.getByRole('button', { name: 'Check now' }).waitFor();
    expect(await page.getByRole('button', { name: /Remove|Save|Reconnect/ }).count()).toBe(0);
  });
});
