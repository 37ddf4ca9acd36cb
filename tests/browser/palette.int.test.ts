import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Bed, openBed } from './bed.js';

const definition = (id: string, title: string) => `
pipeline: ${id}
title: ${title}
connections: { source: { connector: file }, out: { connector: file } }
flows:
  rows:
    from: { stream: source.rows, read: full, key: [id] }
    map: { id: id }
    to: { stream: out.copies, write: insert }
`;

describe('the command palette', () => {
  let bed: Bed;

  beforeAll(async () => {
    bed = await openBed({ hasWorker: false });
  });

  afterAll(async () => {
    await bed?.close();
  });

  test('opens a pipeline by keyboard alone, whatever the accents of its name', async () => {
    const { page, person } = await bed.signIn();
    await person.call('PUT', '/pipelines/umowy/draft', { definition: definition('umowy', 'Umowy z Łódzkiej spółki') });
    await page.goto('/runs');
    await page.getByRole('heading', { name: 'Runs' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByText('Umowy z Łódzkiej spółki').waitFor();
    await page.keyboard.type('umowy spolki');
    await page.getByRole('dialog').getByText('Umowy z Łódzkiej spółki').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/pipelines\/umowy/);
  });

  test('opens a run by its id', async () => {
    const { page } = await bed.signIn();
    const id = randomUUID();
    bed.expectTrouble(new RegExp(id));
    await page.goto('/');
    await page.getByRole('button', { name: /^Find/ }).click();
    await page.getByRole('dialog').getByRole('textbox').fill(id);
    await page.getByRole('dialog').getByText(`Run ${id}`).click();
    await page.waitForURL(new RegExp(`/runs/${id}`));
  });

  test('speaks the person’s language, and names no page that they may not open', async () => {
    const { page } = await bed.signIn({ role: 'viewer', language: 'uk' });
    await page.goto('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog');
    await palette.getByText('Підключення').first().waitFor();
    await palette.getByText('Сполучення клавіш').waitFor();
    expect(await palette.getByText('Ключі API').count()).toBe(0);
  });

  test('the shortcuts are told by a shortcut', async () => {
    const { page } = await bed.signIn();
    await page.goto('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Control+/');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor({ state: 'detached' });
  });
});
