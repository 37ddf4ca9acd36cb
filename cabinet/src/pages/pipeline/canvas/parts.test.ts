import { describe, expect, test } from '@jest/globals';
import { parseText } from '../../../../../definitions/text/tree.js';
import { isMap } from '../known.js';
import { placed } from './layout.js';
import { graphOf, partAt } from './parts.js';

const text = `pipeline: a
connections: { crm: { connector: http }, amo: { connector: http } }
trigger: { every: 5m }
flows:
  companies:
    from: { stream: crm.companies }
    map: { name: TITLE, parent: { ref: companies, by: PARENT } }
    to: { stream: amo.companies }
  deals:
    from: { stream: crm.deals }
    steps:
      - where: "true"
      - lookup: { as: owner, from: crm.users, key: OWNER }
    to:
      - { name: a, stream: amo.leads, map: { company: { ref: companies, by: C } } }
      - { name: b, stream: amo.notes, map: {} }
`;

const root: unknown = parseText(text).tree?.value;
const graph = graphOf(isMap(root) ? root : {});

describe('the parts of a pipeline', () => {
  test('stand in the order of reading', () => {
    expect(graph.parts.map(({ id, detail }) => `${id} ${detail}`.trim())).toEqual([
      'pipeline',
      'trigger every 5m',
      'errors',
      'slot:crm http',
      'slot:amo http',
      'flow:companies',
      'source:companies crm.companies',
      'map:companies:0 2',
      'target:companies:0 amo.companies',
      'flow:deals',
      'source:deals crm.deals',
      'step:deals:0 true',
      'step:deals:1 owner ← crm.users',
      'map:deals:0 1',
      'target:deals:0 amo.leads',
      'map:deals:1 0',
      'target:deals:1 amo.notes',
    ]);
    expect(graph.references.map(({ from, map, field }) => [from, map, field])).toEqual([
      ['companies', 'map:companies:0', 'parent'],
      ['companies', 'map:deals:0', 'company'],
    ]);
  });

  test.each([
    ['flows.deals.steps[1].lookup.key', 'step:deals:1'],
    ['flows.deals.to[1].map', 'map:deals:1'],
    ["flows.companies.map['custom.a']", 'map:companies:0'],
    ['flows.companies', 'flow:companies'],
    ['flows.none.from', 'pipeline'],
    ['connections.crm.connector', 'slot:crm'],
    ['trigger.every', 'trigger'],
    ['', 'pipeline'],
  ])('a problem at %s is shown at %s', (path, id) => {
    expect(partAt(graph.parts, path)?.id).toBe(id);
  });

  test('are laid out side by side, and where somebody put them', () => {
    const boxes = placed(graph, { 'flow:deals': { x: 900, y: 500 } });
    const [companies, deals] = ['flow:companies', 'flow:deals'].map((id) => boxes.get(id));
    expect(deals).toMatchObject({ x: 900, y: 500 });
    expect(deals?.height).toBeGreaterThan(companies?.height ?? 0);
    expect(boxes.get('slot:crm')?.x).toBeLessThan(companies?.x ?? 0);
    expect(boxes.get('written:amo')?.x).toBeGreaterThan(companies?.x ?? 0);
    expect(boxes.has('written:crm')).toBe(false);
    expect(boxes.get('step:deals:1')?.x).toBeGreaterThan(boxes.get('step:deals:0')?.x ?? 0);
  });
});
