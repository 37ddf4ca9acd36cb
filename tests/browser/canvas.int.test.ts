import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { until } from '../support/until.js';
import { type Bed, openBed } from './bed.js';

const empty = `# Drawn by hand
pipeline: drawn
title: Everything to the new CRM
connections: {}
flows: {}
`;

const drawn = `# Drawn by hand
pipeline: drawn
title: Everything to the new CRM
connections:
  old: { connector: http }
  new: { connector: http }
trigger: { every: 5m }
flows:
  companies:
    from: { stream: old.companies, read: full }
    map:
      name: name
    to: { stream: new.companies, write: upsert }
  contacts:
    from: { stream: old.contacts, read: full }
    map:
      name: name
      company_id: { ref: companies, by: company_id }
    to: { stream: new.contacts, write: upsert }
  deals:
    from: { stream: old.deals, read: full }
    steps:
      - where: "record.stage != 'lost'"
    map:
      name: name
      contact_id: { ref: contacts, by: contact_id }
    to: { stream: new.deals, write: upsert, match_on: [name] }
errors: { drift: dead_letter }
`;

const text = `# ours
pipeline: drawn # the id

connections: { old: { connector: http }, new: { connector: http } }
flows:
  # first of all
  companies:
    from: { stream: old.companies, read: full } # all of them
    map:
      name: name # as it is
    to: { stream: new.companies, write: upsert }
`;

describe('the canvas of a pipeline', () => {
  let bed: Bed;
  let crm: RestCrmSandbox;

  beforeAll(async () => {
    [bed, crm] = await Promise.all([openBed({ hasWorker: false }), startRestCrm({ seed: 1, records: 5 })]);
  });

  afterAll(async () => {
    await crm?.stop();
    await bed?.close();
  });

  const begin = async (definition: string, options: Parameters<Bed['signIn']>[0] = {}) => {
    const { page, person } = await bed.signIn(options);
    for (const name of ['old', 'new']) {
      const settings = { service: 'rest-crm', base_url: crm.url };
      await person.call('POST', '/connections', {
        name,
        connector: 'http',
        settings,
        secret: { token: crm.credentials.token },
      });
    }
    await person.call('PUT', '/pipelines/drawn/draft', { definition });
    await page.goto('/pipelines/drawn');
    const stored = async (): Promise<string> => (await person.call('GET', '/pipelines/drawn/draft')).body.definition;
    const untilStored = (wanted: string) =>
      until(async () => ((await stored()) === wanted ? true : null)).catch(async () => {
        expect(await stored()).toBe(wanted);
      });
    return { page, person, stored, untilStored };
  };

  const palette = (page: Page, name: string) =>
    page.getByRole('toolbar', { name: 'Add and undo' }).getByRole('button', { name, exact: true });
  const node = (page: Page, id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
  const form = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

  const add = async (page: Page, kind: string, title: string, values: Readonly<Record<string, string>>) => {
    await palette(page, kind).click();
    const box = form(page, title);
    for (const [label, value] of Object.entries(values))
      await box.getByLabel(label, { exact: false }).first().fill(value);
    await box.getByRole('button', { name: 'Add', exact: true }).click();
    await box.waitFor({ state: 'detached' });
  };

  /** A click on the text of the editor, whose lines stand in one box. */
  const typeInto = async (page: Page, line: string, keys: string) => {
    await page.locator('.view-line', { hasText: line }).first().click();
    await page.keyboard.press('End');
    await page.keyboard.type(keys);
  };

  test('three flows are drawn, and the text is exactly what a person would have written', async () => {
    const { page, untilStored } = await begin(empty);
    await page.getByText('Add a connection for each service').waitFor();
    for (const name of ['old', 'new']) await add(page, 'Connection', 'Add a connection', { Name: name });
    for (const name of ['companies', 'contacts', 'deals']) {
      await add(page, 'Flow', 'Add a flow', { Name: name, Source: `old.${name}`, Target: `new.${name}` });
      await node(page, `flow:${name}`).waitFor();
      await node(page, `map:${name}:0`).click();
      const fields = page.getByRole('form', { name: 'Add a field' });
      await fields.getByLabel('Field of the target').fill('name');
      await fields.getByLabel('From the source').fill('name');
      await fields.getByRole('button', { name: 'Add' }).click();
      await page.getByRole('button', { name: 'Remove name' }).waitFor();
    }
    await palette(page, 'Step').click();
    await form(page, 'Add a step').getByLabel('Condition').fill("record.stage != 'lost'");
    await form(page, 'Add a step').getByRole('button', { name: 'Add', exact: true }).click();
    await node(page, 'step:deals:0').waitFor();
    for (const [flow, to] of [
      ['contacts', 'companies'],
      ['deals', 'contacts'],
    ] as const) {
      // A line from the frame of one flow to the fields of another asks for the field.
      await node(page, `flow:${to}`)
        .locator('.react-flow__handle')
        .dragTo(node(page, `map:${flow}:0`).locator('[data-handleid="refers"]'));
      const box = form(page, 'Refer to another flow');
      const field = `${to === 'companies' ? 'company' : 'contact'}_id`;
      await box.getByLabel('Field of the target').fill(field);
      await box.getByLabel('By', { exact: false }).fill(field);
      await box.getByRole('button', { name: 'Add', exact: true }).click();
      await page.locator(`.react-flow__edge[data-id="${to}>map:${flow}:0>${field}"]`).waitFor({ state: 'attached' });
    }
    await node(page, 'trigger').click();
    await page.getByLabel('What starts it').selectOption('every');
    await node(page, 'errors').click();
    await page.getByLabel('When a field is gone or changed').selectOption('dead_letter');
    await node(page, 'target:deals:0').click();
    await page.getByRole('combobox', { name: 'Find by fields' }).fill('name');
    await page.keyboard.press('Enter');
    await untilStored(drawn);
  });

  test('what is typed is drawn, what is drawn keeps the comments, and one history takes both back', async () => {
    const { page, stored, untilStored } = await begin(text);
    await page.locator('.view-line', { hasText: 'as it is' }).waitFor();
    await node(page, 'flow:companies').waitFor();
    await page.locator('.view-line', { hasText: 'as it is' }).click();
    await page.keyboard.press('Control+End');
    // The editor indents new lines as the ones before them.
    await page.keyboard.insertText('  users: # typed\n  from: { stream: old.users }\nto: { stream: new.users }');
    await node(page, 'target:users:0').waitFor();
    const typed = `${text}  users: # typed\n    from: { stream: old.users }\n    to: { stream: new.users }`;
    await node(page, 'source:companies').click();
    await page.getByLabel('What is read').selectOption('incremental');
    const changed = typed.replace('read: full', 'read: incremental');
    await untilStored(changed);
    await page.locator('.view-line', { hasText: 'read: incremental }' }).waitFor();
    await palette(page, 'Undo').click();
    await untilStored(typed);
    await page.locator('.view-line', { hasText: '# typed' }).click();
    await until(async () => {
      await page.keyboard.press('Control+z');
      return (await node(page, 'flow:users').count()) === 0 ? true : null;
    });
    await untilStored(text);
    await palette(page, 'Redo').click();
    await node(page, 'flow:users').waitFor();
    await until(async () => ((await stored()).includes('# typed') ? true : null));
    await page.reload();
    await page.locator('.view-line', { hasText: '# typed' }).waitFor();
    await node(page, 'flow:users').waitFor();
  });

  test('a problem stands on its part and on its line', async () => {
    const { page, untilStored } = await begin(text);
    await node(page, 'source:companies').click();
    const stream = form(page, 'Settings of Source').getByLabel('Stream');
    await stream.fill('none.companies');
    await page.keyboard.press('Enter');
    await untilStored(text.replace('old.companies', 'none.companies'));
    await node(page, 'source:companies').getByRole('img', { name: '1 error' }).waitFor();
    await page.locator('.squiggly-error').first().waitFor();
    await form(page, 'Settings of Source').getByRole('alert').waitFor();
  });

  test('a text that cannot be read leaves the last picture, which cannot be changed', async () => {
    const { page } = await begin(text);
    await page.locator('.view-line', { hasText: 'as it is' }).waitFor();
    await typeInto(page, 'write: upsert', '\n  broken: {{');
    await page.getByText('The text cannot be read just now').waitFor();
    await node(page, 'flow:companies').waitFor();
    expect(await palette(page, 'Flow').isDisabled()).toBe(true);
    await palette(page, 'Undo').click();
  });

  test('completion offers the fields of the live account', async () => {
    const { page } = await begin(text);
    await page.locator('.view-line', { hasText: 'as it is' }).waitFor();
    await typeInto(page, 'as it is', '\nem');
    await page
      .locator('.suggest-widget.visible')
      .getByRole('option', { name: /^email/ })
      .first()
      .click();
    await page.locator('.view-line', { hasText: 'email:' }).waitFor();
    await page.keyboard.type('em');
    await page
      .locator('.suggest-widget.visible')
      .getByRole('option', { name: /^email/ })
      .first()
      .waitFor();
  });

  test('a part that was moved stands there after the page is loaded again, and the text is as before', async () => {
    const { page, person, stored } = await begin(text);
    await node(page, 'flow:companies').waitFor();
    await node(page, 'flow:companies').locator('.frame-title').hover();
    const box = await node(page, 'flow:companies').locator('.frame-title').boundingBox();
    await page.mouse.down();
    await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 60, { steps: 4 });
    await page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 90, { steps: 4 });
    await page.mouse.up();
    const place = await until(async () => {
      const { body } = await person.call('GET', '/pipelines/drawn/layout');
      return body.positions['flow:companies'] ?? null;
    });
    await page.reload();
    await node(page, 'flow:companies').waitFor();
    const shown = await node(page, 'flow:companies').getAttribute('style');
    expect(shown).toContain(`translate(${place.x}px, ${place.y}px)`);
    expect(await stored()).toBe(text);
  });

  test('what is chosen is removed by a key, and what is dragged from the palette comes to the flow below', async () => {
    const { page, untilStored } = await begin(text);
    await node(page, 'flow:companies').waitFor();
    await palette(page, 'Step').dragTo(node(page, 'map:companies:0'));
    const box = form(page, 'Add a step');
    await box.getByLabel('Condition').fill('record.id != null');
    await box.getByRole('button', { name: 'Add', exact: true }).click();
    await node(page, 'step:companies:0').waitFor();
    const added = text.replace('    map:\n', '    steps:\n      - where: "record.id != null"\n    map:\n');
    await untilStored(added);
    await node(page, 'step:companies:0').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Delete');
    await untilStored(text);
    await page.keyboard.press('Control+z');
    await untilStored(added);
  });

  test('everything is done by keyboard and without the picture on a phone', async () => {
    const { page, untilStored } = await begin(text, { width: 360, height: 740 });
    await page.getByRole('button', { name: 'companies: Fields' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove name' }).focus();
    await page.keyboard.press('Enter');
    await untilStored(text.replace('    map:\n      name: name # as it is\n', '    map: {} # as it is\n'));
    await page.getByRole('radiogroup', { name: 'Views of the definition' }).getByText('Definition').click();
    await page.getByRole('textbox', { name: 'Definition' }).focus();
    await page.keyboard.press('Control+z');
    await untilStored(text);
  });
});
