import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addAccount } from '../../store/accounts.js';
import { signInPerson } from '../support/people.js';
import { type Bed, openBed } from './bed.js';

describe('pages of those who run the installation', () => {
  let bed: Bed;

  beforeAll(async () => {
    bed = await openBed({
      hasWorker: false,
      env: { CONTACT_EMAIL: 'help@example.test', CONTACT_PHONE: '+48 22 555 01 02' },
    });
  });

  afterAll(async () => {
    await bed?.close();
  });

  const newAccount = (name: string, tariff: string): Promise<string> =>
    bed.api.context.store.system((tx) => addAccount(tx, { name, tariff }));

  test('a visitor’s request is answered by an operator and read by the visitor', async () => {
    const subject = `Deals of an old CRM ${randomUUID()}`;
    const visitor = await bed.page();
    await visitor.goto('/');
    await visitor.getByText('+48 22 555 01 02').waitFor();
    await visitor.getByLabel('Your name').fill('Anna Nowak');
    await visitor.getByLabel('E-mail for the answer').fill(`${randomUUID()}@example.test`);
    await visitor.getByLabel('Subject').fill(subject);
    await visitor.getByLabel('Message').fill('How long does it take?');
    await visitor.getByRole('button', { name: 'Send' }).click();
    const link = visitor.getByRole('link', { name: 'The conversation' });
    await link.waitFor();

    const { page: operator } = await bed.signIn({ account: null, staff: 'operator' });
    await operator.goto(`/operator/requests?state=open&search=${encodeURIComponent(subject)}`);
    await operator.getByRole('link', { name: subject }).click();
    await operator.getByText('How long does it take?').waitFor();
    await operator.getByLabel('Your answer').fill('About an hour.');
    await operator.getByRole('button', { name: 'Send the answer' }).click();
    await operator.getByText('answered', { exact: true }).waitFor();

    await link.click();
    await visitor.getByRole('heading', { name: subject }).waitFor();
    await visitor.getByText('About an hour.').waitFor();

    await operator.getByRole('button', { name: 'Close the request' }).click();
    await operator.getByRole('button', { name: 'Open again' }).waitFor();
    await operator.getByRole('link', { name: 'Everybody’s requests' }).first().click();
    await operator.getByLabel('State').selectOption('closed');
    await operator.waitForURL(/state=closed/);
    await operator.getByRole('link', { name: subject }).waitFor();
  });

  test('a promotion is written with a live preview, published, and read by a stranger in another language', async () => {
    const { page } = await bed.signIn({ account: null, staff: 'operator' });
    const slug = `offer-${randomUUID().slice(0, 8)}`;
    await page.goto('/operator/pages');
    await page.getByRole('link', { name: 'New page' }).click();
    await page.getByLabel('Kind').selectOption('promotion');
    await page.getByLabel('Name in the address').fill(slug);
    await page.getByLabel('Title').fill(`Offer ${slug}`);
    await page.getByLabel('Text', { exact: true }).fill('Two months **free**.');
    const preview = page.getByRole('region', { name: 'As visitors see it' });
    await preview.getByText('free', { exact: true }).waitFor();
    expect(await preview.locator('strong').textContent()).toBe('free');
    await page.getByRole('tab', { name: 'Polski' }).click();
    await page.getByLabel('Title').fill(`Oferta ${slug}`);
    await page.getByLabel('Text', { exact: true }).fill('Dwa miesiące za darmo.\n\n- bez karty\n- bez umowy');
    await page.getByRole('region', { name: 'As visitors see it' }).getByText('bez karty').waitFor();
    await page.getByRole('button', { name: 'Create the draft' }).click();
    await page.getByRole('heading', { level: 1, name: `Offer ${slug}` }).waitFor();

    const stranger = await bed.page({ language: 'pl' });
    await stranger.goto('/promotions');
    await stranger.getByRole('heading', { level: 1, name: 'Promocje' }).waitFor();
    expect(await stranger.getByText(`Oferta ${slug}`).count()).toBe(0);

    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('shown', { exact: true }).waitFor();
    await stranger.reload();
    await stranger.getByRole('link', { name: `Oferta ${slug}` }).click();
    await stranger.getByRole('heading', { level: 1, name: `Oferta ${slug}` }).waitFor();
    await stranger.getByRole('listitem').filter({ hasText: 'bez umowy' }).waitFor();

    await page.getByRole('button', { name: 'Make it a draft again' }).click();
    await page.getByRole('button', { name: 'Publish' }).waitFor();
    await stranger.goto('/');
    await stranger.getByRole('heading', { level: 1 }).waitFor();
    expect(await stranger.getByText(`Oferta ${slug}`).count()).toBe(0);
  });

  test('what somebody else changed meanwhile is not written over', async () => {
    const { page, person } = await bed.signIn({ account: null, staff: 'operator' });
    const slug = `terms-${randomUUID().slice(0, 8)}`;
    const body = { kind: 'information', slug, texts: { en: { title: 'Terms', body: 'First.' } } };
    const { body: made } = await person.call('POST', '/pages', body);
    await page.goto(`/operator/pages/${made.id}`);
    await page.getByLabel('Text', { exact: true }).fill('Mine.');
    // What is published is what was saved.
    expect(await page.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true);
    await person.call('PUT', `/pages/${made.id}`, { ...body, texts: { en: { title: 'Terms', body: 'Theirs.' } } });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Text', { exact: true }).inputValue()).toBe('Mine.');
    expect((await person.call('GET', `/operator/pages/${made.id}`)).body.texts.en.body).toBe('Theirs.');
  });

  test('an account is put on another tariff, whose limit then answers with a clear message', async () => {
    const name = `Small ${randomUUID().slice(0, 8)}`;
    const accountId = await newAccount(name, 'business');
    const owner = await bed.signIn({ account: accountId });
    for (let number = 0; number < 2; number += 1) await signInPerson(bed.api, { member: { [accountId]: 'viewer' } });

    const { page: operator } = await bed.signIn({ account: null, staff: 'operator' });
    await operator.goto('/operator/tariffs');
    await operator.getByLabel('Name, e-mail of a member, or id').fill(name);
    await operator.getByRole('button', { name: 'Search' }).click();
    await operator.getByRole('link', { name }).click();
    await operator.getByText('3 of 10').waitFor();
    await operator.getByRole('button', { name: 'Put on it: Start' }).click();
    await operator.getByRole('dialog').getByRole('button', { name: 'Put on it' }).click();
    await operator.getByText('3 of 3').waitFor();

    await owner.page.goto('/members');
    await owner.page.getByLabel('E-mail').fill('guest@example.test');
    await owner.page.getByRole('button', { name: 'Invite' }).click();
    await owner.page
      .getByRole('alert')
      .getByText(/Tariff start has room for 3 members|Tariff `start` has room for `3` members/)
      .waitFor();
    await owner.page.goto('/audit?action=tariff.assigned');
    await owner.page.getByRole('cell', { name: 'start' }).waitFor();
  });

  test('staff is named and taken back, and the log of the installation is whole', async () => {
    const somebody = await signInPerson(bed.api);
    const { page } = await bed.signIn({ account: null, staff: 'operator' });
    await page.goto('/operator/staff');
    await page.getByLabel('E-mail').fill(somebody.email);
    await page.getByLabel('Role').selectOption('support');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('cell', { name: somebody.email }).waitFor();
    await page.getByRole('button', { name: new RegExp(`^Remove: ${somebody.email.split('@')[0]}`) }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('cell', { name: somebody.email }).waitFor({ state: 'detached' });

    await page.getByRole('link', { name: 'Installation log' }).click();
    await page.getByRole('cell', { name: 'staff.removed' }).first().waitFor();
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByRole('status').getByText(/whole/).waitFor();
  });

  test('a letter that no server took is read by an operator and handed over', async () => {
    const email = `${randomUUID()}@example.test`;
    const { person } = await bed.signIn();
    await person.call('POST', '/invitations', { email, role: 'viewer' });
    const { page } = await bed.signIn({ account: null, staff: 'operator' });
    await page.goto('/operator/mailbox');
    await page.getByRole('row').filter({ hasText: email }).filter({ hasText: 'kept here' }).getByRole('link').click();
    await page.getByRole('button', { name: 'Open the letter' }).click();
    await page.getByRole('link', { name: /\/invitations\// }).waitFor();
  });

  test('support and members find no pages of operators in their menu', async () => {
    const { page: support } = await bed.signIn({ account: null, staff: 'support' });
    await support.goto('/');
    await support.getByRole('link', { name: 'Support visits' }).waitFor();
    expect(await support.getByRole('link', { name: 'Staff' }).count()).toBe(0);
    const { page: member } = await bed.signIn();
    await member.goto('/');
    await member.getByRole('heading', { name: 'Home' }).waitFor();
    expect(await member.getByText('Installation', { exact: true }).count()).toBe(0);
  });
});
