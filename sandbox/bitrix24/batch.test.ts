import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { asObject, PortalCaller } from './client.js';
import { type BitrixSandbox, startBitrix24 } from './sandbox.js';

let portal: BitrixSandbox;
let caller: PortalCaller;

beforeAll(async () => {
  portal = await startBitrix24({ records: 120, settings: { bucket_size: 0 } });
  caller = new PortalCaller(portal);
});

afterAll(() => portal.stop());

const batch = async (params: Parameters<PortalCaller['call']>[1]) => {
  const { status, result } = await caller.call('batch', params);
  expect(status).toBe(200);
  return asObject(result);
};

describe('batch', () => {
  test('prints empty maps as lists and others as objects, as in the published answer', async () => {
    const answer = await batch({ halt: 0, cmd: { get_user: 'user.current', get_department: 'department.get' } });
    expect(Object.keys(answer)).toEqual(['result', 'result_error', 'result_total', 'result_next', 'result_time']);
    expect(answer.result_error).toEqual([]);
    expect(answer.result_next).toEqual([]);
    expect(answer.result_total).toEqual({ get_department: 1 });
    expect(Object.keys(asObject(answer.result_time))).toEqual(['get_user', 'get_department']);
  });

  test('prints lists when the keys count from 0, and an object as soon as one is missing', async () => {
    const whole = await batch({ cmd: ['server.time', 'profile'] });
    expect(Array.isArray(whole.result)).toBe(true);
    const holed = await batch({ cmd: ['nope', 'profile'] });
    expect(Object.keys(asObject(holed.result))).toEqual(['1']);
    expect(holed.result_error).toEqual([{ error: 'ERROR_METHOD_NOT_FOUND', error_description: 'Method not found!' }]);
  });

  test('gives earlier results to later commands', async () => {
    const answer = await batch({
      cmd: {
        company: 'crm.company.add?fields[TITLE]=%C5%BBubr%20%26%20syn',
        contact: 'crm.contact.add?fields[NAME]=Jan&fields[COMPANY_ID]=$result[company]',
        deal: 'crm.deal.add?fields[TITLE]=for+contact+$result[contact]&fields[CONTACT_ID]=$result[contact]',
        got: 'crm.deal.get?id=$result[deal]',
        list: 'crm.contact.list?filter[ID]=$result[got][CONTACT_ID]&select[]=COMPANY_ID',
        back: 'crm.company.get?id=$result[list][0][COMPANY_ID]',
      },
    });
    const result = asObject(answer.result);
    expect(asObject(result.got).TITLE).toBe(`for contact ${String(result.contact)}`);
    expect(asObject(result.back).TITLE).toBe('Żubr & syn');
  });

  test('goes on after an error, or stops at it when told to halt', async () => {
    const cmd = { a: 'crm.deal.get?id=999999', b: 'profile' };
    expect(Object.keys(asObject((await batch({ halt: 0, cmd })).result))).toEqual(['b']);
    const halted = await batch({ halt: 1, cmd });
    expect(halted.result).toEqual([]);
    expect(halted.result_error).toEqual({ a: { error: '', error_description: 'Not found' } });
  });

  test('refuses what lies beyond 50 commands, batches and files, each in its place', async () => {
    const many = await batch({ cmd: Array.from({ length: 52 }, () => 'server.time') });
    expect(many.result).toHaveLength(50);
    expect(Object.keys(asObject(many.result_error))).toEqual(['50', '51']);
    const nested = await batch({ cmd: { a: 'batch?cmd[x]=profile', b: 'disk.storage.uploadfile?id=13' } });
    expect(asObject(asObject(nested.result_error).a).error).toBe('ERROR_BATCH_METHOD_NOT_ALLOWED');
    expect(asObject(asObject(nested.result_error).b).error).toBe('ERROR_BATCH_METHOD_NOT_ALLOWED');
  });

  test('reads many pages at once, with brackets as they are and an ampersand at the end', async () => {
    const cmd = {
      p0: 'crm.deal.list?order[ID]=ASC&select[]=ID&start=0&',
      p1: 'crm.deal.list?order%5BID%5D=ASC&select%5B%5D=ID&start=50',
      p2: 'crm.deal.list?order[ID]=ASC&select[]=ID&start=100',
    };
    const answer = await batch({ cmd });
    const pages = Object.values(asObject(answer.result)).map((page) => (Array.isArray(page) ? page.length : 0));
    expect(pages).toEqual([50, 50, portal.store.deals.table.count - 100]);
    expect(answer.result_next).toEqual({ p0: 50, p1: 100 });
  });

  test('comes by form and by address, encoded twice', async () => {
    const inner = encodeURIComponent(`crm.deal.list?filter[TITLE]=${encodeURIComponent('no such & deal')}`);
    const byAddress = await caller.get(`batch?cmd[a]=${inner}&halt=1`);
    expect(asObject(asObject(byAddress.result).result_total).a).toBe(0);
    const byForm = await caller.send('POST', `${caller.base}batch.json`, `cmd[a]=${inner}`, {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(asObject(asObject(byForm.result).result_total).a).toBe(0);
  });
});
