import { describe, expect, test } from '@jest/globals';
import { fieldOf, formOf, modelOf, pathsOf } from './model.js';
import { mapField, mapFields, putEntries, unmapField } from './patches.js';

const text = `pipeline: copy # ours
connections: { crm: { connector: http }, amo: { connector: amocrm } }
flows:
  contacts:
    from: { stream: crm.contacts }
    map:
      # what everybody asks for
      name: name
      stage: { from: stage, values: stages } # keep this
    to: { stream: amo.contacts }
values:
  stages:
    NEW: 1 # first
    WON: 2
`;
const place = (field: string) => ({ flow: 'contacts', target: null, field });

describe('the mapping of a text', () => {
  test('is read with its places, and nothing of a text that cannot be read', () => {
    const model = modelOf(text);
    expect(model?.flows[0]).toMatchObject({ name: 'contacts', source: { slot: 'crm', stream: 'contacts' } });
    expect([...(model?.flows[0]?.targets[0]?.map.keys() ?? [])]).toEqual(['name', 'stage']);
    expect(modelOf('flows: [')).toBeNull();
    expect(modelOf('flows: { a: 1, b: { to: [1, { name: x, stream: y }] } }')?.flows).toHaveLength(1);
  });

  test.each([
    ['name', 'name'],
    ['a path with a default', { from: 'name', default: null }],
    ['an expression', { expr: 'lower(record.a)', as: 'text' }],
    ['a constant', { value: 5 }],
    ['a reference', { ref: 'companies', by: 'COMPANY_ID', missing: null, late: true }],
    ['money', { from: 'sum', as: 'money', currency: 'PLN' }],
  ])('a form gives back what was read: %s', (_name, field) => {
    expect(fieldOf(formOf(field))).toEqual(field);
  });

  test('lines are drawn to what an expression takes from the record', () => {
    expect(pathsOf({ expr: "join([record.a.b, record.c[0].d, record.a.b], ' ') + recorder.x" })).toEqual([
      'a.b',
      'c[0].d',
    ]);
  });

  test('mapping adds one line, changing touches one part, unmapping takes one line; all else stays', () => {
    const mapped = mapField(text, place('email'), 'email');
    expect(mapped).toBe(text.replace('# keep this\n', '# keep this\n      email: email\n'));
    expect(unmapField(mapped, place('email'))).toBe(text);
    const changed = mapField(text, place('stage'), { from: 'status', values: 'stages', default: 1 });
    expect(changed).toBe(
      text.replace('{ from: stage, values: stages }', '{ from: status, values: stages, default: 1 }'),
    );
    expect(
      mapFields(text, 'contacts', null, [
        ['a', 'b'],
        ['c', { from: 'd', as: 'date' }],
      ]),
    ).toContain('      a: b\n      c: { from: d, as: date }\n');
  });

  test('a table changes entry by entry and keeps the comments of the others', () => {
    const changed = putEntries(text, 'stages', { NEW: 1, LOST: 143, WON: 7 });
    expect(changed).toBe(text.replace('WON: 2\n', 'WON: 7\n    LOST: 143\n'));
    expect(putEntries(changed, 'stages', { NEW: 1, WON: 2 })).toBe(text);
    expect(putEntries(text, 'owners', { '7': '12' })).toBe(`${text}  owners:\n    "7": "12"\n`);
  });
});
