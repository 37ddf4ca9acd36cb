import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Bed, openBed, type SignedIn } from './bed.js';

const definition = (id: string): string => `
pipeline: ${id}
title: Rows of ${id}
connections: { source: { connector: file }, out: { connector: file } }
trigger: { every: 1h }
flows:
  rows:
    from: { stream: source.rows, read: full, key: [id] }
    map: { id: id }
    to: { stream: out.copies, write: insert }
`;

describe('the end of a pipeline', () => {
  let bed: Bed;

  beforeAll(async () => {
    bed = await openBed({ hasWorker: false });
  });

  afterAll(async () => {
    await bed?.close();
  });

  const publish = async ({ person }: SignedIn, id: string): Promise<void> => {
    const settings = { streams: { rows: { path: `${id}.csv` }, copies: { path: `${id}-out.csv` } } };
    const file = await person.call('POST', '/connections', { name: 'file', connector: 'file', settings });
    expect(file.status).toBe(201);
    const connections = { source: 'file', out: 'file' };
    const published = await person.call('POST', '/pipelines', { definition: definition(id), connections });
    expect(published.status).toBeLessThan(300);
  };

  test('is asked for once more, says what stops, stays and goes, and leaves the list', async () => {
    const signedIn = await bed.signIn({ role: 'editor' });
    const { page, person } = signedIn;
    await publish(signedIn, 'retired');
    await page.goto('/pipelines');
    await page.getByRole('link', { name: 'Rows of retired' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete “Rows of retired”?' });
    await dialog.getByText('It is not started again').waitFor();
    await dialog.getByText('The records that it has written stay').waitFor();
    await dialog.getByText('kept for 30 days').waitFor();
    await dialog.getByRole('button', { name: 'Back' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect((await person.call('GET', '/pipelines/retired')).status).toBe(200);

    await page.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('“Rows of retired” is deleted.').waitFor();
    await page.waitForURL(/\/pipelines$/);
    await page.getByRole('link', { name: 'Rows of retired' }).waitFor({ state: 'detached' });
    expect((await person.call('GET', '/pipelines/retired')).status).toBe(404);
  });

  test('is no business of somebody who may only look', async () => {
    const signedIn = await bed.signIn({ role: 'editor' });
    await publish(signedIn, 'kept');
    const { page } = await bed.signIn({ role: 'viewer', account: signedIn.accountId });
    await page.goto('/pipelines/kept');
    await page.getByRole('heading', { name: 'Rows of kept' }).waitFor();
    expect(await page.getByRole('button', { name: 'Delete' }).count()).toBe(0);
  });
});
