import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { until } from '../support/until.js';
import { type Bed, openBed } from './bed.js';

const text = `pipeline: mapped # kept as it is
connections: { crm: { connector: http }, copy: { connector: http } }
flows:
  # people first
  contacts:
    from: { stream: crm.contacts }
    map:
      position: position # as they call it
    to: { stream: copy.contacts }
  deals:
    from: { stream: crm.deals }
    map:
      name: name
      stage: { from: stage, values: stages }
    to: { stream: copy.deals }
values:
  stages:
    new: qualified # by hand
`;

/** Gives the deals of a sandbox these stages in turn. */
async function stages(sandbox: RestCrmSandbox, names: readonly string[]): Promise<void> {
  const deals = sandbox.store.records('deals') as unknown as { id: string }[];
  for (const [index, { id }] of deals.entries()) {
    const fields = { stage: names[index % names.length] };
    const answer = await fetch(`${sandbox.control}/touch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ stream: 'deals', ids: [id], fields }),
    });
    expect(answer.status).toBe(200);
  }
}

describe('the mapping of a pipeline', () => {
  let bed: Bed;
  let crm: RestCrmSandbox;
  let copy: RestCrmSandbox;

  beforeAll(async () => {
    [crm, copy] = [await startRestCrm({ seed: 1, records: 20 }), await startRestCrm({ seed: 2, records: 20 })];
    await stages(crm, ['qualified', 'won']);
    await stages(copy, ['qualified', 'won', 'lost']);
    bed = await openBed({ hasWorker: false });
  });

  afterAll(async () => {
    await Promise.all([crm?.stop(), copy?.stop()]);
    await bed?.close();
  });

  /** An account with two connected sandboxes and a draft. */
  const begin = async (definition = text) => {
    const signed = await bed.signIn();
    const { person } = signed;
    for (const [name, sandbox] of [
      ['crm', crm],
      ['copy', copy],
    ] as const) {
      const settings = { service: 'rest-crm', base_url: sandbox.url };
      const secret = { token: sandbox.credentials.token };
      await person.call('POST', '/connections', { name, connector: 'http', settings, secret });
    }
    await person.call('PUT', '/pipelines/mapped/draft', { definition });
    const stored = async (): Promise<string> => (await person.call('GET', '/pipelines/mapped/draft')).body.definition;
    const untilStored = (wanted: string) =>
      until(async () => ((await stored()) === wanted ? true : null)).catch(async () => {
        expect(await stored()).toBe(wanted);
      });
    return { ...signed, stored, untilStored };
  };
  const source = (page: Page, field: string) =>
    page.getByRole('button', { name: new RegExp(`^Source field ${field}\\s`) });
  const target = (page: Page, field: string) =>
    page.getByRole('button', { name: new RegExp(`^Target field ${field}\\s`) });
  const line = (from: string, to: string) => `.mapping-line-mapped[data-source="${from}"][data-target="${to}"]`;

  test('fields are mapped by click, by keyboard and by drag, with samples beside them', async () => {
    const { page, untilStored } = await begin();
    await page.goto('/pipelines/mapped/flows/contacts/mapping');
    const sample = crm.store.records('contacts')[0] as unknown as { name: string };
    await page.getByText(sample.name).first().waitFor();
    await page.getByText('1 required field has no value yet').waitFor();
    await source(page, 'name').click();
    await target(page, 'name').click();
    await page.locator(line('name', 'name')).waitFor({ state: 'attached' });
    expect(await page.getByText('required field has no value yet').count()).toBe(0);
    await source(page, 'email').focus();
    await page.keyboard.press('Enter');
    await target(page, 'email').focus();
    await page.keyboard.press('Enter');
    await source(page, 'phone').dragTo(target(page, 'phone'));
    await target(page, 'phone').getByText('← phone').waitFor();
    await untilStored(
      text.replace(
        '# as they call it\n',
        '# as they call it\n      name: name\n      email: email\n      phone: phone\n',
      ),
    );
    await page.getByRole('button', { name: 'Remove the mapping of name' }).click();
    await page.getByText('1 required field has no value yet').waitFor();
    await untilStored(
      text.replace('# as they call it\n', '# as they call it\n      email: email\n      phone: phone\n'),
    );
  });

  test('lines follow the lists when these are scrolled', async () => {
    const { page } = await begin();
    await page.goto('/pipelines/mapped/flows/contacts/mapping');
    const drawn = page.locator(line('position', 'position'));
    await drawn.waitFor({ state: 'attached' });
    const before = await drawn.getAttribute('d');
    await page
      .locator('.mapping-list')
      .first()
      .evaluate((list) => list.scrollBy(0, 120));
    await until(async () => ((await drawn.getAttribute('d')) === before ? null : true));
  });

  test('suggestions are accepted all at once, and never touch what is mapped', async () => {
    const { page, untilStored } = await begin();
    await page.goto('/pipelines/mapped/flows/deals/mapping');
    await page.getByRole('button', { name: 'Map amount from amount' }).waitFor();
    await page.getByRole('button', { name: /^Accept all \d+ suggestions$/ }).click();
    await untilStored(
      text.replace(
        'values: stages }\n',
        'values: stages }\n      amount: amount\n      currency: currency\n      contact_id: { ref: contacts, by: contact_id }\n      closes_on: closes_on\n',
      ),
    );
  });

  test('an expression with a mistake shows its place; corrected it shows results on live records', async () => {
    const { page, untilStored } = await begin();
    await page.goto('/pipelines/mapped/flows/contacts/mapping?field=name');
    const details = page.getByRole('dialog', { name: 'How name gets its value' });
    await details.getByText('Expression', { exact: true }).click();
    const field = details.getByRole('textbox', { name: 'Expression' });
    await field.fill('upper(record.nmae)');
    await details.getByText('At character 14').waitFor();
    expect(await details.locator('mark').textContent()).toBe('nmae');
    await field.fill('upper(record.name)');
    const { name } = crm.store.records('contacts')[0] as unknown as { name: string };
    await details.getByText(name.toUpperCase()).waitFor();
    await details.getByRole('button', { name: 'Save the field' }).click();
    await untilStored(
      text.replace('# as they call it\n', '# as they call it\n      name: { expr: "upper(record.name)" }\n'),
    );
  });

  test('conversions and defaults of a field change that field alone', async () => {
    const { page, untilStored } = await begin();
    await page.goto('/pipelines/mapped/flows/deals/mapping');
    await target(page, 'amount').click();
    const details = page.getByRole('dialog', { name: 'How amount gets its value' });
    await details.getByRole('combobox', { name: 'Source field' }).fill('amount');
    await details.getByLabel('Convert to').selectOption('money');
    await details.getByText('`as: money` has no `currency`').waitFor();
    await details.getByRole('combobox', { name: 'Currency (code or field)' }).fill('EUR');
    await details.getByLabel('Write something else').check();
    await details.getByRole('button', { name: 'Save the field' }).click();
    await untilStored(
      text.replace(
        'values: stages }\n',
        'values: stages }\n      amount: { from: amount, as: money, currency: EUR, default: null }\n',
      ),
    );
  });

  test('a value table is filled with the values of both sides, entry by entry', async () => {
    const { page, untilStored } = await begin();
    await page.goto('/pipelines/mapped/flows/deals/mapping?field=stage');
    const details = page.getByRole('dialog', { name: 'How stage gets its value' });
    await details.getByRole('button', { name: 'Open the table stages' }).click();
    await page.getByRole('heading', { name: 'Values of stages' }).waitFor();
    await page.getByText(/values? ha(s|ve) no counterpart/).waitFor();
    await page.getByRole('row', { name: 'won' }).getByText('not mapped').waitFor();
    await page.getByRole('button', { name: /^Accept/ }).click();
    await untilStored(text.replace('# by hand\n', '# by hand\n    qualified: qualified\n    won: won\n'));
    await page.getByText('Every value has its counterpart.').waitFor();
    await page.getByRole('combobox', { name: 'Target value of won' }).click();
    await page.getByRole('option', { name: 'lost' }).click();
    await page.getByRole('button', { name: 'Remove the pair of qualified' }).click();
    await untilStored(text.replace('# by hand\n', '# by hand\n    won: lost\n'));
    await page.getByRole('link', { name: 'Mapping of deals' }).click();
    await target(page, 'stage').getByText('stage → stages').waitFor();
  });

  test('colleagues of two accounts are paired by a field that is equal at both sides', async () => {
    const begun = text.replace(
      'values: stages }\n',
      'values: stages }\n      owner: { from: owner, values: people }\n',
    );
    const { page, untilStored } = await begin(begun);
    await page.goto('/pipelines/mapped/values/people?flow=deals&field=owner');
    await page.getByLabel('Values of the source').selectOption({ label: 'records of users' });
    await page.getByLabel('Values of the target').selectOption({ label: 'records of users' });
    await page.getByRole('button', { name: 'Pair them by it' }).click();
    await page.getByText('This table is built from the connected accounts.').waitFor();
    await untilStored(`${begun}  people: { from: crm.users, to: copy.users, match: email }\n`);
  });

  test('somebody who may only look sees the fields and changes nothing', async () => {
    const { page, accountId } = await begin();
    await page.close();
    const viewer = await bed.signIn({ account: accountId, role: 'viewer' });
    await viewer.page.goto('/pipelines/mapped/flows/contacts/mapping');
    await target(viewer.page, 'position').getByText('← position').waitFor();
    expect(await viewer.page.getByRole('button', { name: /^(Accept|Map |Remove)/ }).count()).toBe(0);
    await target(viewer.page, 'position').click();
    const details = viewer.page.getByRole('dialog', { name: 'How position gets its value' });
    await details.getByRole('table', { name: 'Results on live records' }).waitFor();
    expect(await details.getByRole('button', { name: 'Save the field' }).count()).toBe(0);
  });
});
