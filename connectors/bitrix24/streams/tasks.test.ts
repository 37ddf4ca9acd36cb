import { expect, test } from '@jest/globals';
import { tasks, taskWriting } from './tasks.js';

test('relations given as fields of their own go into the one list of the vendor', () => {
  const given = { TITLE: 'Call', DEAL_ID: '12', CONTACT_ID: 7, COMPANY_ID: null };
  expect(taskWriting.written(given)).toEqual({ TITLE: 'Call', UF_CRM_TASK: ['D_12', 'C_7'] });
  const both = { DEAL_ID: '12', UF_CRM_TASK: ['D_12', 'L_3'] };
  expect(taskWriting.written(both)).toEqual({ UF_CRM_TASK: ['D_12', 'L_3'] });
  expect(taskWriting.written({ TITLE: 'Call' })).toEqual({ TITLE: 'Call' });
});

test('a task tells the first record of each kind that it belongs to', () => {
  const row = { id: '1', title: 'Call', ufCrmTask: ['CO_5', 'D_12', 'D_13'] };
  expect(tasks.recordOf(row)).toMatchObject({ ID: '1', DEAL_ID: '12', COMPANY_ID: '5', CONTACT_ID: null });
  expect(tasks.recordOf({ id: '1', ufCrmTask: false })).toMatchObject({ DEAL_ID: null });
});
