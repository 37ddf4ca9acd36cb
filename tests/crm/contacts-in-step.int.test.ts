import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../core/json.js';
import type { AmoCrmSandbox } from '../../sandbox/amocrm/sandbox.js';
import type { BitrixSandbox } from '../../sandbox/bitrix24/sandbox.js';
import { addToOutbox } from '../../store/outbox.js';
import { until } from '../support/until.js';
import { readState, rows, text } from './comparison/json.js';
import { withConsent } from './consent.js';
import { type Department, exampleText, type Office, openOffice, startAmo, startBitrix } from './departments.js';

describe('contacts of Bitrix24 are kept in step with amoCRM', () => {
  let office: Office;
  let crm: Department<BitrixSandbox>;
  let amo: Department<AmoCrmSandbox>;
  let published: JsonObject;

  beforeAll(async () => {
    const starting = [openOffice(), startBitrix({ records: 120 }), startAmo()] as const;
    [office, crm, amo] = await Promise.all(starting);
    crm = await withConsent(crm);
    await Promise.all([office.connect('crm', crm), office.connect('amo', amo)]);
    const body = { definition: exampleText('contacts-in-step'), createFields: true };
    const answer = await office.api.call('POST', '/pipelines', body);
    if (answer.status !== 201) throw new Error(answer.text);
    published = answer.body;
    await until(async () => (await statesAtAmo()).length === 60 && (await isQuiet()));
  });

  afterAll(async () => {
    await office?.stop();
    await Promise.all([crm?.sandbox.stop(), amo?.sandbox.stop()]);
  });

  test('publishing binds the events at the portal, at the address of our own intake', async () => {
    expect(published.hooks).toMatchObject([{ connection: 'crm', isRegistered: true }]);
    const handlers = (await (await fetch(`${crm.sandbox.control}/handlers`)).json()) as JsonObject[];
    expect(handlers.map(({ event }) => event).sort()).toEqual([
      'ONCRMCONTACTADD',
      'ONCRMCONTACTDELETE',
      'ONCRMCONTACTUPDATE',
    ]);
    for (const { url } of handlers) expect(String(url)).toMatch(new RegExp(`^${office.api.address}/hooks/[\\w-]{43}`));
  });

  test('a changed and a new contact arrive by their events, without a poll', async () => {
    const polls = await countRuns('poll');
    const [changed = ''] = await idsAtPortal();
    await touch({ ids: [changed], fields: { LAST_NAME: 'Changed', NAME: 'Anna' } });
    await touch({ op: 'create', fields: { NAME: 'Brand', LAST_NAME: 'New' } });
    await until(async () => {
      const names = (await statesAtAmo()).map(({ name }) => name);
      return names.includes('Brand New') && names.some((name) => /^Anna .*Changed$/.test(name));
    });
    expect(await namesAtAmo()).toEqual(await namesAtPortal());
    expect(await countRuns('poll')).toBe(polls);
  });

  test('what no event told is brought by the reconciling poll', async () => {
    await control({ webhook_lose: 1 });
    const ids = (await idsAtPortal()).slice(5, 15);
    await touch({ ids, fields: { LAST_NAME: 'Unheard {n}' } });
    await touch({ op: 'create', fields: { NAME: 'Unheard', LAST_NAME: 'Newcomer' } });
    await control({ webhook_lose: 0 });
    const [told = ''] = (await idsAtPortal()).slice(20);
    await touch({ ids: [told], fields: { LAST_NAME: 'Heard' } });
    await until(async () => (await namesAtAmo()).some((name) => name.endsWith('Heard')));
    expect((await namesAtAmo()).filter((name) => name.includes('Unheard'))).toEqual([]);
    await poll();
    await until(async () => (await namesAtAmo()).filter((name) => name.includes('Unheard')).length === 11);
    expect(await namesAtAmo()).toEqual(await namesAtPortal());
  });

  test('a deleted contact is marked: at once by its event, else by a poll after an hour', async () => {
    const [deleted = '', silent = ''] = (await idsAtPortal()).slice(30);
    await touch({ ids: [deleted], fields: { NAME: 'Gone', SECOND_NAME: '', LAST_NAME: 'Away' } });
    await touch({ ids: [silent], fields: { NAME: 'Gone', SECOND_NAME: '', LAST_NAME: 'Silently' } });
    await until(async () => (await namesAtAmo()).filter((name) => name.startsWith('Gone ')).length === 2);
    await touch({ op: 'delete', ids: [deleted] });
    await until(async () => (await stateAtAmo('Gone Away')) === 'deleted');

    await control({ webhook_lose: 1 });
    await touch({ op: 'delete', ids: [silent] });
    await touch({ ids: (await idsAtPortal()).slice(40, 41), fields: { LAST_NAME: 'Quietly' } });
    await control({ webhook_lose: 0 });
    await poll();
    await until(async () => (await namesAtAmo()).some((name) => name.endsWith('Quietly')) && (await isQuiet()));
    expect(await stateAtAmo('Gone Silently')).toBe('in step');

    // The hour is over: the next poll that finds a change also asks for all contacts by their ids.
    await letAnHourPass();
    await control({ webhook_lose: 1 });
    await touch({ ids: (await idsAtPortal()).slice(41, 42), fields: { LAST_NAME: 'Later' } });
    await control({ webhook_lose: 0 });
    await poll();
    await until(async () => (await stateAtAmo('Gone Silently')) === 'deleted');
    expect((await statesAtAmo()).filter(({ state }) => state === 'deleted')).toHaveLength(2);
    expect((await statesAtAmo()).length).toBe((await idsAtPortal()).length + 2);
  });

  /** The time of the reconciling poll has come. */
  async function poll(): Promise<void> {
    const { store } = office.engine.engine.dependencies;
    await store.system((tx) =>
      tx
        .updateTable('pipeline')
        .set({ next_due_at: new Date(0) })
        .execute(),
    );
    await store.account(office.engine.accountId, (tx) => addToOutbox(tx, office.engine.accountId, 'wake_poll', {}));
  }

  async function letAnHourPass(): Promise<void> {
    const compared = new Date(Date.now() - 3_660_000);
    await office.engine.engine.dependencies.store.system((tx) =>
      tx.updateTable('flow').set({ keys_compared_at: compared }).execute(),
    );
  }

  async function countRuns(kind: string): Promise<number> {
    const [row] = await office.engine.rows<{ n: number }>('select count(*)::int as n from run where kind = $1', [kind]);
    return row?.n ?? 0;
  }

  async function isQuiet(): Promise<boolean> {
    const [row] = await office.engine.rows<{ n: number }>(
      'select (select count(*) from touched)::int + (select count(*) from run where ended_at is null)::int as n',
    );
    return row?.n === 0;
  }

  async function control(settings: JsonObject): Promise<void> {
    await order('settings', settings);
  }

  async function touch(more: JsonObject): Promise<void> {
    await order('touch', { stream: 'contacts', count: 1, ...more });
  }

  async function order(route: string, body: JsonObject): Promise<void> {
    const answer = await fetch(`${crm.sandbox.control}/${route}`, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(await answer.text());
  }

  const contactsAtPortal = async () => rows((await readState(crm.sandbox.control)).contacts);
  const idsAtPortal = async () => (await contactsAtPortal()).map(({ id }) => text(id));

  async function namesAtPortal(): Promise<string[]> {
    const nameOf = (row: JsonObject): string =>
      [row.name, row.secondName, row.lastName].map(text).filter(Boolean).join(' ');
    return (await contactsAtPortal()).map((row) => nameOf(row as JsonObject)).sort();
  }

  /** Of the contacts that are not marked as deleted. */
  const namesAtAmo = async () =>
    (await statesAtAmo())
      .filter(({ state }) => state !== 'deleted')
      .map(({ name }) => name)
      .sort();
  const stateAtAmo = async (wanted: string) => (await statesAtAmo()).find(({ name }) => name === wanted)?.state;

  async function statesAtAmo(): Promise<{ name: string; state: string }[]> {
    return rows((await readState(amo.sandbox.control)).contacts).map((row) => {
      const field = rows(row.custom_fields_values).find(({ field_name }) => /bitrix24/i.test(text(field_name)));
      return { name: text(row.name), state: text(rows(field?.values)[0]?.value) };
    });
  }
});
