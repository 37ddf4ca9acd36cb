import { describe, expect, test } from '@jest/globals';
import * as edits from './edits.js';

const begun = `# Ours
pipeline: new-crm
title: To the new CRM
connections:
  old: { connector: http }
`;

const text = `pipeline: a-to-b   # id
connections: { crm: { connector: bitrix24 }, amo: { connector: amocrm } }   # both

flows:
  companies:   # first
    from: { stream: crm.companies, read: full }
    map:
      name: TITLE   # its name
    to: { stream: amo.companies, write: upsert } # there

  # the deals
  deals:
    from: { stream: crm.deals, read: full }
    steps:
      - where: "record.A == 'x'"   # only these
      - lookup: { as: owner, from: crm.users, key: OWNER }
    map:
      name: TITLE
      company: { ref: companies, by: COMPANY_ID }
      # the price
      price: { from: SUM, as: decimal }
    to:
      stream: amo.leads
      write: upsert   # always

tests:
  - name: one
    given: { crm.deals: [{ ID: "1" }] }
    expect: { deals: [{ name: X }], companies: [] }
`;

function codeOf(work: () => unknown): unknown {
  try {
    work();
    return null;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

describe('edits', () => {
  test('a pipeline drawn from nothing is written in the style of the house', () => {
    let now = edits.addSlot(begun, 'new', 'http');
    now = edits.addFlow(now, 'companies', { source: 'old.companies', target: 'new.companies' });
    now = edits.setMapped(now, 'companies', 'name', 'name');
    now = edits.setMapped(now, 'companies', 'parent_id', { late: true, by: 'parent_id', ref: 'companies' });
    now = edits.addFlow(now, 'deals', { source: 'old.deals', target: 'new.deals', read: 'incremental' });
    now = edits.addStep(now, 'deals', { where: "record.stage != ''" });
    now = edits.addStep(now, 'deals', { lookup: { key: 'owner_id', from: 'old.users', as: 'owner' } });
    now = edits.addStep(now, 'deals', { require: [{ that: "record.name != ''", message: 'A deal needs a name.' }] }, 0);
    now = edits.setMapped(now, 'deals', 'stage', { from: 'stage', values: 'stages' });
    now = edits.setRef(now, 'deals', 'company_id', { ref: 'companies', by: 'company_id', missing: 'null' });
    now = edits.setValueMap(now, 'stages', { new: 'new', won: 'closed' });
    now = edits.setTarget(now, 'deals', { match_on: ['name'] });
    now = edits.setTrigger(now, { every: '5m' });
    now = edits.setErrors(now, { drift: 'pause', stop_when: { of_last: 1000, rejected: '5%' } });
    expect(now).toBe(`# Ours
pipeline: new-crm
title: To the new CRM
connections:
  old: { connector: http }
  new: { connector: http }
trigger: { every: 5m }
flows:
  companies:
    from: { stream: old.companies, read: full }
    map:
      name: name
      parent_id: { ref: companies, by: parent_id, late: true }
    to: { stream: new.companies, write: upsert }
  deals:
    from: { stream: old.deals, read: incremental }
    steps:
      - require: [{ that: "record.name != ''", message: A deal needs a name. }]
      - where: "record.stage != ''"
      - lookup: { as: owner, from: old.users, key: owner_id }
    map:
      stage: { from: stage, values: stages }
      company_id: { ref: companies, by: company_id, missing: null }
    to: { stream: new.deals, write: upsert, match_on: [name] }
values:
  stages:
    new: new
    won: closed
errors: { drift: pause, stop_when: { rejected: 5%, of_last: 1000 } }
`);
  });

  test('a flow comes behind the last one, with an empty line between where the others have one', () => {
    const now = edits.addFlow(text, 'users', { source: 'crm.users', target: 'amo.users' });
    expect(now).toBe(
      text.replace(
        '   # always\n',
        `   # always

  users:
    from: { stream: crm.users, read: full }
    map: {}
    to: { stream: amo.users, write: upsert }
`,
      ),
    );
    expect(edits.removeFlow(now, 'users')).toBe(text);
    expect(codeOf(() => edits.addFlow(text, 'deals', { source: 'a.b', target: 'c.d' }))).toBe('definition/invalid');
  });

  test('what is removed leaves its comments', () => {
    expect(edits.removeFlow(text, 'companies')).toContain(
      '\nflows:\n  # first\n  # its name\n  # there\n\n  # the deals\n',
    );
    expect(edits.removeStep(text, 'deals', 0)).toContain('    steps:\n      # only these\n      - lookup');
    const none = edits.removeStep(edits.removeStep(text, 'deals', 0), 'deals', 0);
    expect(none).toContain('# only these\n');
    expect(none).not.toContain('steps');
    expect(edits.removeMapped(text, 'companies', 'name')).toContain('    map: {}   # its name\n');
  });

  test('a renamed flow is called so everywhere', () => {
    const now = edits.renameFlow(text, 'companies', 'firms', true);
    expect(now).toContain('  firms:   # first\n    renamed_from: companies\n    from:');
    expect(now).toContain('{ ref: firms, by: COMPANY_ID }');
    expect(now).toContain('expect: { deals: [{ name: X }], firms: [] }');
    expect(codeOf(() => edits.renameFlow(text, 'companies', 'deals'))).toBe('definition/invalid');
  });

  test('a renamed slot is called so everywhere', () => {
    const now = edits.renameSlot(text, 'crm', 'bitrix');
    expect(now).toBe(text.replaceAll('crm.', 'bitrix.').replace('crm: ', 'bitrix: '));
  });

  test('a second target makes a list, and the map moves to the first with its comments', () => {
    const now = edits.addTarget(text, 'deals', {
      name: 'log',
      stream: 'amo.notes',
      write: 'insert',
      map: { text: 'T' },
    });
    expect(now).toContain(`      - lookup: { as: owner, from: crm.users, key: OWNER }
    to: # always
      - name: leads
        stream: amo.leads
        write: upsert
        map:
          name: TITLE
          company: { ref: companies, by: COMPANY_ID }
          # the price
          price: { from: SUM, as: decimal }
      - name: log
        stream: amo.notes
        write: insert
        map:
          text: T
`);
    expect(edits.setMapped(now, 'deals', 'note', 'NOTE', 'log')).toContain('          text: T\n          note: NOTE\n');
    expect(edits.setMapped(now, 'deals', 'note', 'NOTE')).toContain('as: decimal }\n          note: NOTE\n');
    const back = edits.removeTarget(now, 'deals', 'log');
    expect(back).not.toContain('amo.notes');
    expect(codeOf(() => edits.setMapped(now, 'deals', 'note', 'NOTE', 'none'))).toBe('definition/invalid');
  });

  test('settings are set one by one, in their order', () => {
    expect(edits.setSource(text, 'deals', { lag: '2m', read: 'incremental' })).toBe(
      text.replace('crm.deals, read: full', 'crm.deals, read: incremental, lag: 2m'),
    );
    expect(edits.setSource(text, 'deals', { read: null })).toBe(text.replace('crm.deals, read: full', 'crm.deals'));
    expect(edits.setTarget(text, 'deals', { match_on: ['name'] })).toBe(
      text.replace('upsert   # always\n', 'upsert   # always\n      match_on: [name]\n'),
    );
    expect(edits.setTitle(text, 'Moves: all')).toBe(text.replace('# id\n', '# id\ntitle: "Moves: all"\n'));
  });

  test('windows line ends and odd indentation stay', () => {
    const odd =
      'pipeline: a\r\nconnections: {}\r\nflows:\r\n     deals:   # d\r\n         from: { stream: a.b }\r\n         to: { stream: c.d }\r\n';
    const now = edits.setMapped(odd, 'deals', 'name', 'TITLE');
    expect(now).toBe(odd.replace('         to:', '         map:\r\n           name: TITLE\r\n         to:'));
  });
});
