import { expect, test } from '@jest/globals';
import { captionNames, customFieldOf } from './custom-fields.js';
import { RecordForm } from './reading/records.js';
import { leads } from './streams/leads.js';

const fields = [
  { id: 1, name: 'Источник', code: null, type: 'select' },
  { id: 2, name: 'Телефон', code: 'PHONE', type: 'multitext' },
  { id: 3, name: 'Дата', code: null, type: 'text' },
  { id: 4, name: 'Дата', code: null, type: 'text' },
  { id: 5, name: 'PHONE', code: null, type: 'text' },
].map(customFieldOf);

test('a field without a code has its caption for a name where no other field could be meant', () => {
  expect([...captionNames(fields)]).toEqual([['1', 'custom.Источник']]);
});

test('a record shows such a field by id and by caption, empty or not', () => {
  const form = new RecordForm(leads, fields, 'UTC');
  const held = [{ field_id: 1, field_code: null, field_type: 'select', values: [{ value: 'Targi' }] }];
  expect(form.recordOf({ id: 7, custom_fields_values: held })).toMatchObject({
    'custom.1': 'Targi',
    'custom.Источник': 'Targi',
    'custom.3': null,
  });
  const empty = form.recordOf({ id: 8, custom_fields_values: null });
  expect(empty).toMatchObject({ 'custom.1': null, 'custom.Источник': null });
  expect(empty).not.toHaveProperty(['custom.Дата']);
});
