import { describe, expect, test } from '@jest/globals';
import { compare } from './compare.js';
import { type Department, kinds, type Sheet, sheet } from './model.js';

const acme = sheet('ACME', { phones: ['work +48 22 1', 'fax +48 22 2'], owner: 'a@example.com' });
const deal = sheet('Dostawa', {
  amount: 99_990,
  stage: 'Nowa',
  company: 'ACME · +48 22 1',
  createdAt: '2025-03-01T07:00:00Z',
  'custom.Shipped on': '2025-03-02',
  attachments: ['file 1 of the portal'],
  lines: ['Pump × 2'],
});
const note = sheet('Call back', { of: 'deal Dostawa · 99990' });

const department = (given: Partial<Department>): Department => ({
  companies: [acme],
  contacts: [],
  products: [],
  deals: [deal],
  tasks: [],
  notes: [note, note],
  ...given,
});

const whole = department({});

function dealWith(change: Sheet['fields']): string[] {
  return compare(whole, department({ deals: [sheet(deal.name, { ...deal.fields, ...change })] }));
}

describe('departments', () => {
  test('are equal in whatever order their records and values stand', () => {
    const phones = sheet('ACME', { owner: 'a@example.com', phones: ['fax +48 22 2', 'work +48 22 1'] });
    expect(compare(whole, department({ companies: [phones] }))).toEqual([]);
    const two = [sheet('A', { x: 1 }), sheet('B', { x: 1 })];
    expect(compare(department({ deals: two }), department({ deals: [...two].reverse() }))).toEqual([]);
  });

  test.each(kinds)('with one more or one less of the %s are not', (kind) => {
    const more = department({ [kind]: [...whole[kind], sheet('New', {})] });
    expect(compare(whole, more)).toEqual([`${kind}: \`New\` should not be there.`]);
    expect(compare(more, whole)).toEqual([`${kind}: \`New\` is missing.`]);
  });

  test('tell a doubled record, and one that is there fewer times', () => {
    expect(compare(whole, department({ deals: [deal, deal] }))).toEqual(['deals: `Dostawa` is doubled.']);
    expect(compare(whole, department({ notes: [note] }))).toEqual([
      'notes: `Call back` is there fewer times than it should.',
    ]);
  });

  test.each([
    ['amount', 99_991],
    ['stage', 'W toku'],
    ['company', 'ACME · +48 22 9'],
    ['createdAt', '2025-03-01T08:00:00Z'],
    ['custom.Shipped on', '2025-03-01'],
    ['attachments', ['file 2 of the portal']],
    ['lines', ['Pump × 3']],
    ['owner', 'b@example.com'],
  ])('name the field `%s` where it differs', (field, value) => {
    const sentences = dealWith({ [field]: value });
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toContain(`deals: \`${field}\` of \`Dostawa\` should be `);
    expect(sentences[0]).toContain(`and is \`${JSON.stringify(value)}\``);
  });

  test('name every field that differs, an empty one too', () => {
    const { stage: _, ...rest } = deal.fields;
    const found = department({ deals: [sheet(deal.name, { ...rest, amount: 1 })] });
    expect(compare(whole, found)).toEqual([
      'deals: `amount` of `Dostawa` should be `99990` and is `1`.',
      'deals: `stage` of `Dostawa` should be `"Nowa"` and is empty.',
    ]);
  });

  test('know a renamed record by its fields', () => {
    const found = department({ deals: [sheet('Dostava', deal.fields)] });
    expect(compare(whole, found)).toEqual(['deals: `name` of `Dostawa` should be `"Dostawa"` and is `"Dostava"`.']);
  });

  test('tell a phone of another kind, and one that is missing', () => {
    const found = (...phones: string[]) => department({ companies: [sheet('ACME', { ...acme.fields, phones })] });
    expect(compare(whole, found('work +48 22 1', 'home +48 22 2'))).toHaveLength(1);
    expect(compare(whole, found('work +48 22 1'))).toHaveLength(1);
    expect(compare(whole, found('work +48 22 1', 'fax +48 22 2', 'fax +48 22 2'))).toHaveLength(1);
  });

  test('of equal names are put together so that fewest fields differ', () => {
    const [one, two] = [sheet('Deal', { amount: 1, stage: 'A' }), sheet('Deal', { amount: 2, stage: 'B' })];
    const changed = [sheet('Deal', { amount: 2, stage: 'C' }), one];
    expect(compare(department({ deals: [one, two] }), department({ deals: changed }))).toEqual([
      'deals: `stage` of `Deal` should be `"B"` and is `"C"`.',
    ]);
  });
});
