import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, test } from '@jest/globals';
import { startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { type Bed, openBed } from './bed.js';

let bed: Bed;
let crm: any;
beforeAll(async () => {
  [bed, crm] = await Promise.all([openBed({ hasWorker: false }), startRestCrm({ seed: 1, records: 5 })]);
});
afterAll(async () => {
  await crm.stop();
  await bed.close();
});
test("typing", async () => {
  const { page, person } = await bed.signIn();
  await person.call("PUT", "/pipelines/drawn/draft", { definition: "pipeline: drawn\nconnections: {}\nflows:\n  companies:\n    to: { stream: a.b }\n" });
  await page.goto("/pipelines/drawn");
  await page.locator(".view-line", { hasText: "companies" }).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText("  users: # typed\n    from: { stream: old.users }\n    to: { stream: new.users }\n");
  await page.waitForTimeout(2500);
  await page.screenshot({ path: "/tmp/canvas-typing.png" });
  console.log((await person.call("GET", "/pipelines/drawn/draft")).body.definition);
}, 60_000);
test.each(['light', 'dark', 'phone'] as const)(
  '%s',
  async (kind) => {
    const { page, person } = await bed.signIn(
      kind === 'phone' ? { width: 360, height: 740 } : { colorScheme: kind, width: 1440, height: 1000 },
    );
    for (const name of ['old', 'new'])
      await person.call('POST', '/connections', {
        name,
        connector: 'http',
        settings: { service: 'rest-crm', base_url: crm.url },
        secret: { token: crm.credentials.token },
      });
    const definition = readFileSync('definitions/examples/crm-migration.yaml', 'utf8').replace(
      'old.deals',
      'none.deals',
    );
    await person.call('PUT', '/pipelines/crm-migration/draft', { definition });
    await page.goto('/pipelines/crm-migration');
    await page.locator('.react-flow__node').first().waitFor();
    if (kind !== 'phone') await page.locator('.view-line').first().waitFor();
    await page.getByRole('button', { name: 'Check' }).click();
    await page.waitForTimeout(1500);
    await page.screenshot({ path: `/tmp/canvas-${kind}.png`, fullPage: true });
    await page.locator('.react-flow__node[data-id="map:deals:0"]').dispatchEvent('click');
    await page.waitForTimeout(500);
    const change = page.getByRole('button', { name: 'Change contact_id' });
    if (await change.count()) await change.click();
    await page.waitForTimeout(800);
    await page.screenshot({ path: `/tmp/canvas-${kind}-form.png`, fullPage: true });
    if (kind === 'light') {
      await page.locator('.view-line', { hasText: 'tax_id' }).first().click();
      await page.keyboard.press('End');
      await page.keyboard.type('\n');
      await page.keyboard.press('Control+Space');
      await page.waitForTimeout(1500);
      await page.screenshot({ path: '/tmp/canvas-complete.png' });
      await page.keyboard.press('Escape');
      await page.locator('.view-line span', { hasText: 'upsert' }).first().hover();
      await page.waitForTimeout(1500);
      await page.screenshot({ path: '/tmp/canvas-hover.png' });
    }
  },
  60_000,
);
