import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Bed, openBed } from './bed.js';

const draft = 'pipeline: visited\ntitle: Visited\nconnections: {}\nflows: {}\n';

describe('a visit of the support', () => {
  let bed: Bed;

  beforeAll(async () => {
    bed = await openBed({ hasWorker: false });
    // The server breaks off what it was telling when the visit is over.
    bed.expectTrouble(/\/api\/v1\/events net::ERR_INCOMPLETE_CHUNKED_ENCODING/);
  });

  afterAll(async () => {
    await bed?.close();
  });

  /** The customer makes a link; somebody of the support opens it. */
  const visit = async () => {
    const customer = await bed.signIn({ role: 'owner' });
    expect((await customer.person.call('PUT', '/pipelines/visited/draft', { definition: draft })).status).toBe(201);
    await customer.page.goto('/account');
    await customer.page.getByRole('button', { name: 'Make a support link' }).click();
    await customer.page.getByText('Give this link to the support').waitFor();
    const link = await customer.page.getByRole('status').getByRole('textbox').inputValue();
    const support = await bed.signIn({ staff: 'support', account: null });
    await support.page.goto(link);
    await support.page.getByRole('button', { name: 'Begin the visit' }).click();
    await support.page.getByText('Support visit: Workshop').waitFor();
    return { customer, support, link };
  };

  test('is opened by the customer’s link, shows a banner on every page, changes nothing, and is ended', async () => {
    const { customer, support } = await visit();
    const { page } = support;
    await page.getByRole('link', { name: 'Pipelines' }).click();
    await page.getByRole('link', { name: 'visited' }).first().waitFor();
    await page.getByRole('link', { name: 'Connections' }).click();
    await page.getByText('Support visit: Workshop').waitFor();
    expect(await page.getByRole('link', { name: 'Add a connection' }).count()).toBe(0);

    await customer.page.reload();
    await customer.page.getByText('the support is looking').waitFor();
    await page.getByRole('button', { name: 'End the visit' }).click();
    await page.getByText('Support visit: Workshop').waitFor({ state: 'detached' });
    await customer.page.reload();
    await customer.page.getByText('over', { exact: true }).waitFor();
    expect(await customer.page.getByText('the support is looking').count()).toBe(0);
  });

  test('is ended by the customer at once, and its link opens nothing again', async () => {
    bed.expectTrouble(/answered 404: GET \/api\/v1\//);
    const { customer, support, link } = await visit();
    await customer.page.reload();
    await customer.page.getByRole('button', { name: 'End the visit' }).click();
    await customer.page.getByRole('dialog').getByRole('button', { name: 'End the visit' }).click();
    await customer.page.getByText('withdrawn', { exact: true }).waitFor();

    await support.page.reload();
    await support.page.getByText('Support visit: Workshop').waitFor({ state: 'detached' });
    await support.page.goto('about:blank');
    await support.page.goto(link);
    await support.page.getByRole('button', { name: 'Begin the visit' }).click();
    await support.page.getByRole('alert').waitFor();
  });
});
