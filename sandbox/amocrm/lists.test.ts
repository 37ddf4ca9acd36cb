import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { isObject, type JsonObject } from '../kit/json.js';
import { type CalmAccount, calmAccount, embeddedIn } from './calm-account.js';

let account: CalmAccount;

beforeEach(async () => {
  account = await calmAccount({ records: 300 });
});

afterEach(() => account.crm.stop());

const idsOf = (records: readonly JsonObject[]) => records.map(({ id }) => Number(id));
const nextOf = (body: JsonObject): string | undefined => {
  const next = isObject(body._links) ? body._links.next : undefined;
  return isObject(next) ? String(next.href) : undefined;
};

async function walk(path: string): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  let next: string | undefined = `/api/v4/${path}`;
  while (next !== undefined) {
    const answer = await account.caller.get(next.replace(account.crm.url, ''));
    found.push(...embeddedIn(answer));
    next = answer.status === 204 ? undefined : nextOf(answer.body);
  }
  return found;
}

async function withSettings(settings: JsonObject, act: () => Promise<void>): Promise<void> {
  const before = { ...account.crm.settings };
  await account.caller.control('settings', settings);
  try {
    await act();
  } finally {
    Object.assign(account.crm.settings, before);
  }
}

describe('lists of amoCRM', () => {
  test('are hal+json pages with links and without a total, 50 records unless asked', async () => {
    const { status, headers, body } = await account.get('leads');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/hal+json');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(body._page).toBe(1);
    expect(body).not.toHaveProperty('_total_items');
    expect(embeddedIn({ body } as never)).toHaveLength(50);
  });

  test('end where there is no next link, which keeps the whole question', async () => {
    const first = await account.get('leads?limit=250&order[updated_at]=asc&filter[updated_at][from]=1&with=contacts');
    const next = new URL(nextOf(first.body) ?? '');
    expect(Object.fromEntries(next.searchParams)).toEqual({
      limit: '250',
      page: '2',
      'order[updated_at]': 'asc',
      'filter[updated_at][from]': '1',
      with: 'contacts',
    });
    const all = await walk('leads?limit=250&order[updated_at]=asc');
    expect(new Set(idsOf(all)).size).toBe(300);
    const moments = all.map((lead) => Number(lead.updated_at));
    expect([...moments].sort((one, other) => one - other)).toEqual(moments);
    expect(new Set(moments).size).toBeLessThan(300);
  });

  test('answer nothing with 204 and no body, beyond the last page as well as for an empty filter', async () => {
    for (const path of ['leads?page=99', 'leads?filter[id][]=1', 'leads/1', 'leads?query=nobodyiscalledso']) {
      const { status, text } = await account.get(path);
      expect([path, status, text]).toEqual([path, 204, '']);
    }
    expect((await account.get('tasks/1')).status).toBe(404);
  });

  test('cut a limit of more than 250 down', async () => {
    expect(await account.list('leads?limit=1000')).toHaveLength(250);
  });

  test('shift when records leave them between two pages: one is missed, as at the vendor', async () => {
    const first = await account.list('contacts?limit=100');
    await account.caller.control('touch', { stream: 'contacts', op: 'delete', ids: [String(first[0]?.id)] });
    const second = await account.list('contacts?limit=100&page=2');
    expect(Number(second[0]?.id)).toBe(Number(first.at(-1)?.id) + 2);
  });

  test('filter by ids, numbers, ranges, statuses and owners', async () => {
    const [lead] = await account.list('leads?limit=1');
    const query = (text: string) => walk(`leads?limit=250&${text}`);
    expect(idsOf(await query(`filter[id][]=${Number(lead?.id)}&filter[id][]=${Number(lead?.id) + 3}`))).toHaveLength(2);
    const cheap = await query('filter[price][from]=1&filter[price][to]=50000');
    expect(cheap.length).toBeGreaterThan(0);
    expect(cheap.every(({ price }) => Number(price) >= 1 && Number(price) <= 50_000)).toBe(true);
    const won = await query(
      `filter[statuses][0][pipeline_id]=${Number(lead?.pipeline_id)}&filter[statuses][0][status_id]=142`,
    );
    expect(won.every((found) => found.status_id === 142 && found.pipeline_id === lead?.pipeline_id)).toBe(true);
    const own = await query(`filter[responsible_user_id][]=${Number(lead?.responsible_user_id)}`);
    expect(own.length).toBeGreaterThan(10);
    expect(await query(`filter[name]=${encodeURIComponent(String(lead?.name))}`)).toHaveLength(1);
    const shipped = account.crm.store.fields.called('leads', 'Дата отгрузки')?.id ?? 0;
    expect((await query(`filter[custom_fields_values][${shipped}][from]=1710000000`)).length).toBeGreaterThan(3);
  });

  test('order by id, made and changed, both ways, and nothing else', async () => {
    const down = idsOf(await account.list('leads?limit=250&order[id]=desc'));
    expect(down).toEqual([...down].sort((one, other) => other - one));
    const made = (await account.list('leads?limit=250&order[created_at]=desc')).map((lead) => Number(lead.created_at));
    expect(made).toEqual([...made].sort((one, other) => other - one));
    const odd = idsOf(await account.list('leads?limit=5&order[price]=asc'));
    expect(odd).toEqual([...odd].sort((one, other) => one - other));
  });

  test('silently ignore every filter when the account has the filter flag off', async () => {
    await withSettings({ api_filters: false }, async () => {
      const { body } = await account.get('account?with=is_api_filter_enabled');
      expect(body.is_api_filter_enabled).toBe(false);
      expect(await account.list('leads?limit=250&filter[id][]=1')).toHaveLength(250);
      expect((await account.get('tasks?filter[id][]=1')).status).toBe(204);
    });
  });

  test('find phones loosely by their last digits, e-mails and names by the whole', async () => {
    const make = (name: string, phone: string, email: string) =>
      account.make('contacts', {
        name,
        custom_fields_values: [
          { field_code: 'PHONE', values: [{ value: phone }] },
          { field_code: 'EMAIL', values: [{ value: email }] },
        ],
      });
    const one = await make('Zygmunt Iksiński', '+7 (912) 345-67-80', 'Z.Iks@example.com');
    const other = await make('Another', '8 800 345 67 80', 'another@example.com');
    expect(idsOf(await account.list('contacts?query=9123456780'))).toEqual([one, other]);
    expect(idsOf(await account.list('contacts?query=z.iks@example.com'))).toEqual([one]);
    expect(idsOf(await account.list('contacts?query=iksi%C5%84ski'))).toEqual([one]);
    await account.patch(`contacts/${one}`, { custom_fields_values: [{ field_code: 'EMAIL', values: null }] });
    expect((await account.get('contacts?query=z.iks@example.com')).status).toBe(204);
  });

  test('find records by a custom field and log that as a lookup of the own id', async () => {
    const field = account.crm.store.fields.byCode('leads', 'EXTERNAL_ID')?.id ?? 0;
    const id = await account.make('leads', {
      custom_fields_values: [{ field_id: field, values: [{ value: 'own-1' }] }],
    });
    const after = account.crm.log.lastSeq;
    expect(idsOf(await account.list(`leads?filter[custom_fields_values][${field}][]=own-1`))).toEqual([id]);
    expect(idsOf(await account.list(`leads?filter[custom_fields_values][${field}][]=OWN-2`))).toEqual([]);
    expect(account.crm.log.list(after).map(({ effect, external_id: key, id: found }) => [effect, key, found])).toEqual([
      ['lookup', 'own-1', String(id)],
      ['lookup', 'OWN-2', null],
    ]);
  });

  test('show parts of a lead only when they are asked for', async () => {
    const [plain] = await account.list('leads?limit=1');
    const [full] = await account.list('leads?limit=1&with=contacts,catalog_elements,loss_reason,source_id');
    expect(Object.keys(isObject(plain?._embedded) ? plain._embedded : {})).toEqual(['tags', 'companies']);
    expect(Object.keys(isObject(full?._embedded) ? full._embedded : {})).toEqual(
      expect.arrayContaining(['contacts', 'catalog_elements', 'loss_reason']),
    );
    expect(full).toHaveProperty('source_id');
    expect(plain).not.toHaveProperty('source_id');
  });

  test('show deleted leads alone with only_deleted', async () => {
    const id = await account.make('leads', { name: 'Gone' });
    await account.caller.control('touch', { stream: 'leads', op: 'delete', ids: [String(id)] });
    expect((await account.get(`leads/${id}`)).status).toBe(204);
    const gone = await account.list('leads?with=only_deleted');
    expect(idsOf(gone)).toContain(id);
    expect(gone.every((lead) => lead.is_deleted === true)).toBe(true);
  });

  test('answer 304 when nothing changed since, as far as that is switched on', async () => {
    const later = new Date(account.crm.kit.clock.now() + 60_000).toUTCString();
    expect((await account.get('leads', { 'if-modified-since': later })).status).toBe(304);
    expect((await account.get('leads', { 'if-modified-since': new Date(0).toUTCString() })).status).toBe(200);
  });

  test('may have short pages that lose nothing, and break down when a heavy filter asks for too much', async () => {
    await withSettings({ short_pages: 0.7 }, async () => {
      expect(new Set(idsOf(await walk('companies?limit=20'))).size).toBe(60);
      const sizes = await Promise.all(
        [1, 2].map(async (page) => (await account.list(`companies?limit=20&page=${page}`)).length),
      );
      expect(Math.min(...sizes)).toBeLessThan(20);
    });
    await withSettings({ heavy_limit: 100 }, async () => {
      const broken = await account.get('leads?limit=250&filter[price][from]=1');
      expect([broken.status, broken.text.includes('nginx')]).toEqual([504, true]);
      expect((await account.get('leads?limit=100&filter[price][from]=1')).status).toBe(200);
    });
  });

  test('hide a late record from lists for a while, but not from its own address', async () => {
    await account.caller.control('faults', { seed: 3, rate: 1, kinds: ['late_visible'] });
    const id = await account.make('leads', { name: 'Late' });
    await account.caller.control('faults', { rate: 0 });
    expect((await account.get(`leads?filter[id][]=${id}`)).status).toBe(204);
    expect((await account.get(`leads/${id}`)).status).toBe(200);
    account.crm.kit.clock.advance(2000);
    expect((await account.get(`leads?filter[id][]=${id}`)).status).toBe(200);
  });
});
