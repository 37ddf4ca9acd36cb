import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createConnectors } from '../../connectors/index.js';
import { shippedServices } from '../../tests/support/shipped-services.js';
import { checkDefinition } from '../check/index.js';
import { testConnectors } from '../testing/connectors.js';
import { runDefinitionTests } from './index.js';

function reports(flows: string, tests: string) {
  const text = `pipeline: p\nconnections: { crm: { connector: bitrix24 }, amo: { connector: amocrm }, gus: { connector: gus-bir } }\nflows:\n${flows}\ntests:\n${tests}`;
  const { plan, tests: found, problems } = checkDefinition(text, { file: 'p', connectors: testConnectors });
  if (!plan) throw new Error(JSON.stringify(problems, null, 1));
  return runDefinitionTests(plan, found, testConnectors).map(({ name, isPassed, differences }) =>
    isPassed ? 'passed' : `${name}: ${differences.map((each) => each.message).join(' ')}`,
  );
}

const flows = `
  companies:
    from: { stream: crm.companies }
    steps:
      - where: "record.COMPANY_TYPE == 'CUSTOMER'"
      - enrich: { as: registry, with: gus.company_by_nip, key: UF_CRM_NIP, on_missing: keep }
    map:
      name: { expr: "default(registry.name, record.TITLE)" }
      parent: { ref: companies, by: PARENT_ID, missing: "null" }
    to: { stream: amo.companies }
  deals:
    from: { stream: crm.deals }
    steps:
      - lookup: { as: firm, from: crm.companies, key: COMPANY_ID }
    map:
      name: { expr: "firm == null ? record.TITLE : firm.TITLE" }
      company: { ref: companies, by: COMPANY_ID }
    to: { stream: amo.leads }
`;
const given = `given:
      companies: [{ ID: "1", TITLE: ACME, COMPANY_TYPE: CUSTOMER, UF_CRM_NIP: "5", PARENT_ID: "9" }, { ID: "2", TITLE: X, COMPANY_TYPE: SUPPLIER }]
      deals: [{ ID: "7", TITLE: D, COMPANY_ID: "1" }, { ID: "8", TITLE: E, COMPANY_ID: "2" }]
      lookups: { registry: { "5": { name: ACME S.A. } } }`;

describe('in-file tests', () => {
  test('compare named fields, follow references and take look-ups from what is given', () => {
    expect(
      reports(
        flows,
        `  - ${given}
    expect: { companies: [{ name: ACME S.A., parent: null }], deals: [{ name: ACME, company: "1" }] }
    dead_letters: { deals: [map/unresolved_ref] }
`,
      ),
    ).toEqual(['passed']);
  });

  test('say what is different', () => {
    expect(
      reports(
        flows,
        `  - name: wrong
    ${given}
    expect: { companies: [{ name: Other, note: x }, {}], deals: [{ name: ACME }] }
`,
      ),
    ).toEqual([
      'wrong: Expected 2 records, found 1: `[{"name":"ACME S.A.","parent":null}]`. Dead letters: expected none, found map/unresolved_ref. The record that `company` refers to is not written by flow `companies`.',
    ]);
  });

  test('name targets where a flow has several', () => {
    const several = `
  deals:
    from: { stream: crm.deals }
    steps:
      - split: { path: ROWS, as: row, key: ROW_ID }
    to:
      - { name: lead, stream: amo.leads, map: { name: { expr: row.PRODUCT } } }
      - { name: note, stream: amo.notes, write: insert, map: { text: TITLE } }
`;
    const rows =
      'given: { deals: [{ ID: "1", TITLE: D, ROWS: [{ ROW_ID: "a", PRODUCT: P }, { ROW_ID: "b", PRODUCT: Q }] }] }';
    expect(
      reports(
        several,
        `  - ${rows}
    expect: { "deals:lead": [{ name: P }, { name: Q }], "deals:note": [{ text: D }, { text: D }] }
  - ${rows}
    expect: { deals: [{ name: P }, { name: Q }, { text: D }, { text: D }] }
`,
      ),
    ).toEqual(['passed', 'passed']);
  });

  test('pass in every example that ships', async () => {
    const folder = join(import.meta.dirname, '..', 'examples');
    const connectors = new Map(createConnectors(shippedServices()).map((connector) => [connector.id, connector]));
    for (const file of (await readdir(folder)).filter((name) => name.endsWith('.yaml'))) {
      const text = await readFile(join(folder, file), 'utf8');
      const { plan, tests, problems } = checkDefinition(text, { file, connectors });
      expect([file, problems]).toEqual([file, []]);
      const failed = plan && runDefinitionTests(plan, tests).filter((report) => !report.isPassed);
      expect([file, failed]).toEqual([file, []]);
    }
  });
});
