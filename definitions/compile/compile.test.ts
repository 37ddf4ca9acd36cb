import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { checkDefinition } from '../check/index.js';
import type { CompiledFlow, Stage, Work } from '../plan/compiled.js';
import type { FlowPlan } from '../plan/plan.js';
import { testConnectors } from '../testing/connectors.js';
import { compileFlow } from './index.js';

function flowPlan(flow: string, more = ''): FlowPlan {
  const text = `pipeline: p\nconnections: { a: { connector: postgres }, b: { connector: postgres }, gus: { connector: gus-bir } }\nflows:\n  f:\n    from: { stream: a.rows, key: id }\n${flow}\n${more}`;
  const { plan, problems } = checkDefinition(text, { file: 'test', connectors: testConnectors });
  const found = plan?.flows.find((each) => each.id === 'f');
  if (!found) throw new Error(JSON.stringify(problems, null, 1));
  return found;
}

/** A flow whose map is the given lines; `f` itself may be referred to. */
const mapping = (lines: string, more = '', steps = ''): FlowPlan =>
  flowPlan(`${steps}    map:\n      ${lines.trim().replaceAll('\n', '\n      ')}\n    to: { stream: b.rows }`, more);

const work = (record: JsonObject): Work => ({
  record,
  sourceKey: '1',
  piece: '',
  names: {},
  state: 'open',
  failure: null,
});

const values = { stages: { NEW: 1, WON: 'won', '7': null } };

function produce(plan: FlowPlan, record: JsonObject): JsonObject | string {
  const change = compileFlow(plan, { values }).produce(work(record))[0];
  return change === undefined ? 'none' : 'code' in change ? `${change.code}: ${change.message}` : { ...change.fields };
}

const one = (line: string, record: JsonObject) =>
  produce(mapping(line, line.includes('stages') ? 'values: { stages: { NEW: 1 } }' : ''), record);

describe('fields', () => {
  test.each<[string, string, JsonObject, JsonObject]>([
    ['a path is moved as it is', 'x: A', { A: '1500.00' }, { x: '1500.00' }],
    ['an absent field leaves the target alone', 'x: A', {}, {}],
    ['null clears', 'x: A', { A: null }, { x: null }],
    ['null before the end of a path clears', 'x: A.B.C', { A: null }, { x: null }],
    ['an index behind the end is absent', 'x: A[2]', { A: [1] }, {}],
    ['a default covers what is absent', 'x: { from: A, default: d }', {}, { x: 'd' }],
    ['a default covers null', 'x: { from: A, default: d }', { A: null }, { x: 'd' }],
    ['a default of null clears', 'x: { from: A, default: null }', {}, { x: null }],
    ['a default leaves other values alone', 'x: { from: A, default: d }', { A: '' }, { x: '' }],
    ['a default covers what an expression misses', 'x: { expr: "lower(record.A)", default: d }', {}, { x: 'd' }],
    ['a quoted name', `x: "['a b']['c']"`, { 'a b': { c: 1 } }, { x: 1 }],
    ['a name of objects is only a name', 'x: toString', {}, {}],
    ['a constant', 'x: { value: { a: [1] } }', {}, { x: { a: [1] } }],
    ['a constant null', 'x: { value: null }', {}, { x: null }],
    ['a table translates', 'x: { from: A, values: stages }', { A: 'WON' }, { x: 'won' }],
    ['a table takes numbers as text', 'x: { from: A, values: stages, default: d }', { A: 7 }, { x: 'd' }],
    [
      'a table translates every member of a list',
      'x: { from: A, values: stages }',
      { A: ['NEW', 'WON'] },
      { x: [1, 'won'] },
    ],
    ['a default covers what a table has not', 'x: { from: A, values: stages, default: d }', { A: 'X' }, { x: 'd' }],
    ['text of a number', 'x: { from: A, as: text }', { A: 1e21 }, { x: '1000000000000000000000' }],
    ['a whole number', 'x: { from: A, as: integer }', { A: '42' }, { x: 42 }],
    ['a decimal keeps its places', 'x: { from: A, as: decimal }', { A: '+1500.00' }, { x: '1500.00' }],
    ['a decimal of a number', 'x: { from: A, as: decimal }', { A: 0.1 }, { x: '0.1' }],
    [
      'a large decimal keeps its digits',
      'x: { from: A, as: decimal }',
      { A: '12345678901234567890.12' },
      { x: '12345678901234567890.12' },
    ],
    ['true in any form', 'x: { from: A, as: boolean }', { A: 'Y' }, { x: true }],
    ['a date as it is written', 'x: { from: A, as: date }', { A: '2025-03-01T23:30:00-05:00' }, { x: '2025-03-01' }],
    [
      'a date and time',
      'x: { from: A, as: datetime }',
      { A: '2025-03-01 23:30:00+0100' },
      { x: '2025-03-01T23:30:00+01:00' },
    ],
    [
      'money with the places of its currency',
      'x: { from: A, as: money, currency: PLN }',
      { A: '1500' },
      { x: '1500.00' },
    ],
    [
      'money with the currency of the record',
      'x: { from: A, as: money, currency: C }',
      { A: '1500.00', C: 'JPY' },
      { x: '1500' },
    ],
    ['money of three places', 'x: { from: A, as: money, currency: KWD }', { A: 1.5 }, { x: '1.500' }],
    ['a phone number', 'x: { from: A, as: phone, region: PL }', { A: '22 123 45 67' }, { x: '+48221234567' }],
    ['a list of one', 'x: { from: A, as: list }', { A: 'a' }, { x: ['a'] }],
    ['a custom field is one name', 'custom.nip: A', { A: '5' }, { 'custom.nip': '5' }],
  ])('%s', (_name, line, record, expected) => {
    expect(one(line, record)).toEqual(expected);
  });

  test.each<[string, string, JsonObject, string]>([
    ['a path through text', 'x: A.B', { A: 'secret text' }, 'map/invalid_value'],
    ['a value outside its table', 'x: { from: A, values: stages }', { A: 'ODD' }, 'map/unmapped_value'],
    ['a missing field in an expression', 'x: { expr: "lower(record.A)" }', {}, 'map/expression_failed'],
    [
      'an expression that fails, also with a default',
      'x: { expr: "record.A + 1", default: d }',
      { A: 'secret text' },
      'map/expression_failed',
    ],
    ['a fraction as a whole number', 'x: { from: A, as: integer }', { A: '1.5' }, 'map/invalid_value'],
    [
      'a whole number that would lose digits',
      'x: { from: A, as: integer }',
      { A: '9007199254740993' },
      'map/invalid_value',
    ],
    ['a decimal with a comma', 'x: { from: A, as: decimal }', { A: '1,5' }, 'map/invalid_value'],
    ['a word as truth', 'x: { from: A, as: boolean }', { A: 'secret text' }, 'map/invalid_value'],
    ['a day that does not exist', 'x: { from: A, as: date }', { A: '2025-02-29' }, 'map/invalid_value'],
    ['a time without zone', 'x: { from: A, as: datetime }', { A: '2025-03-01T10:00:00' }, 'map/invalid_value'],
    ['an amount with too many places', 'x: { from: A, as: money, currency: PLN }', { A: '1.005' }, 'map/invalid_value'],
    ['a currency that is none', 'x: { from: A, as: money, currency: C }', { A: '1', C: 'zl' }, 'map/invalid_value'],
    ['text as a phone number', 'x: { from: A, as: phone, region: PL }', { A: 'secret text' }, 'map/invalid_value'],
    ['a map as text', 'x: { from: A, as: text }', { A: { b: 1 } }, 'map/invalid_value'],
    ['more than 1 MB', 'x: A', { A: 'secret text'.repeat(200_000) }, 'map/too_large'],
    ['more than 1 MB in a list', 'x: A', { A: Array.from({ length: 200_000 }, () => 'secret') }, 'map/too_large'],
  ])('%s is a dead letter that names the field and hides the value', (_name, line, record, code) => {
    const result = one(line, record);
    expect(result).toMatch(new RegExp(`^${code}: .*\\.$`, 's'));
    expect(result).not.toContain('secret');
  });

  test('a failure says where it happened', () => {
    const flow = compileFlow(mapping('y: B\nx: { from: A, as: date }'), { values: {} });
    expect(flow.produce(work({ A: 'no', B: 'b' }))[0]).toEqual({
      code: 'map/invalid_value',
      kind: 'rejected',
      message: 'The value for `x` is not a date such as `2025-03-01`.',
      hint: "Read other forms with `date(text, 'dd.MM.yyyy')`.",
      where: { stream: 'a.rows', field: 'x' },
      details: { target: 0 },
    });
  });

  test('a code that is not in a table is shown, what may be personal is not', () => {
    expect(one('x: { from: A, values: stages }', { A: 'C1:PREPARATION' })).toContain('`C1:PREPARATION`');
    for (const value of ['anna@example.com', '+48221234567', 'Jan Kowalski', '44051401359']) {
      expect(one('x: { from: A, values: stages }', { A: value })).not.toContain(value);
    }
  });

  test('more than eight fields keep their order and their values', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `f${index}: F${index}`).join('\n');
    const record = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`F${index}`, index]));
    const made = produce(mapping(lines), { ...record, F3: null });
    expect(Object.keys(made)).toEqual(Array.from({ length: 20 }, (_, index) => `f${index}`));
    expect(made).toMatchObject({ f0: 0, f3: null, f19: 19 });
    const { F5: _left, F15: _out, ...fewer } = record;
    expect(Object.keys(produce(mapping(lines), fewer))).toHaveLength(18);
  });
});

describe('references', () => {
  const refs = (record: JsonObject) => {
    const change = compileFlow(mapping('x: { ref: f, by: A, missing: "null" }'), { values: {} }).produce(
      work(record),
    )[0];
    return change && 'refs' in change
      ? change.refs.map(({ field, keys, isList, source }) => ({ field, keys, isList, late: source.late }))
      : change?.code;
  };
  const ref = (keys: string[], isList = false) => [{ field: 'x', keys, isList, late: true }];

  test.each<[JsonValue | undefined, unknown]>([
    ['5', ref(['5'])],
    [5, ref(['5'])],
    [null, ref([])],
    [undefined, ref([])],
    ['', ref([])],
    [['1', null, 2], ref(['1', '2'], true)],
    [[], ref([], true)],
    [{ id: 1 }, 'map/invalid_value'],
    [[{ id: 1 }], 'map/invalid_value'],
  ])('%j gives its keys', (value, expected) => {
    expect(refs(value === undefined ? {} : { A: value })).toEqual(expected);
  });
});

describe('steps', () => {
  const apply = (flow: CompiledFlow, records: readonly JsonObject[]): Work[] => {
    let all = records.map(work);
    for (const stage of flow.stages)
      if (stage.kind === 'pure') all = stage.apply(all.filter((each) => each.state === 'open'));
    return all;
  };
  const steps = (text: string) =>
    compileFlow(mapping('x: { value: 1 }', '', `    steps:\n      ${text.trim().replaceAll('\n', '\n      ')}\n`), {
      values: {},
    });
  const states = (text: string, record: JsonObject) =>
    apply(steps(text), [record]).map((each) => each.failure?.code ?? each.state);

  test('a filter lets through, leaves out, and never takes null or an error for false', () => {
    const where = `- where: "record.A == 'x' && record.B > 1"`;
    expect(states(where, { A: 'x', B: 2 })).toEqual(['open']);
    expect(states(where, { A: 'y', B: 2 })).toEqual(['filtered']);
    expect(states(where, { A: 'x' })).toEqual(['map/filter_failed']);
    expect(states('- where: record.A', { A: null })).toEqual(['map/filter_failed']);
    expect(states('- where: record.A', { A: 'true' })).toEqual(['map/filter_failed']);
    expect(states(where, { A: 'y' })).toEqual(['filtered']);
  });

  test('set makes names in order, each seeing those before it', () => {
    const [made] = apply(steps(`- set: { a: record.A, b: "a + '!'" }\n- set: { c: "b + b" }`), [{ A: 'x' }]);
    expect(made?.names).toEqual({ a: 'x', b: 'x!', c: 'x!x!' });
    expect(states('- set: { a: record.A }', {})).toEqual(['map/expression_failed']);
  });

  test('a requirement that fails says what the author wrote', () => {
    const rule = '- require: [{ that: "record.A > 1", message: "A must be more than one" }]';
    expect(states(rule, { A: 2 })).toEqual(['open']);
    expect(states(rule, { A: 1 })).toEqual(['map/requirement_failed']);
    expect(apply(steps(rule), [{ A: 1 }])[0]?.failure?.message).toBe(
      'A requirement is not met: A must be more than one.',
    );
    expect(states(rule, {})).toEqual(['map/requirement_failed']);
  });

  test('split puts pieces in the place of the record, named by key or index', () => {
    const byKey = apply(steps('- split: { path: ROWS, as: row, key: id }'), [{ ROWS: [{ id: 'a' }, { id: 'b/c' }] }]);
    expect(byKey.map(({ piece, names, sourceKey }) => [piece, names.row, sourceKey])).toEqual([
      ['a', { id: 'a' }, '1'],
      ['b~1c', { id: 'b/c' }, '1'],
    ]);
    const byIndex = apply(steps('- split: { path: ROWS, as: row }'), [{ ROWS: ['x', 'y'] }]);
    expect(byIndex.map(({ piece }) => piece)).toEqual(['0', '1']);
    expect(states('- split: { path: ROWS, as: row }', { ROWS: [] })).toEqual(['filtered']);
    expect(states('- split: { path: ROWS, as: row }', {})).toEqual(['filtered']);
    expect(states('- split: { path: ROWS, as: row }', { ROWS: 'x' })).toEqual(['map/invalid_value']);
  });

  test('pieces without a key, or with the key of another, are refused one by one', () => {
    const split = '- split: { path: ROWS, as: row, key: id }';
    expect(states(split, { ROWS: [{ id: 1 }, {}, { id: 1 }, { id: 2 }] })).toEqual([
      'open',
      'map/missing_key',
      'map/invalid_value',
      'open',
    ]);
  });

  test('a split of a split names its pieces by both', () => {
    const twice = steps('- split: { path: ROWS, as: row }\n- split: { path: row.PARTS, as: part }');
    expect(
      apply(twice, [{ ROWS: [{ PARTS: [1, 2] }, { PARTS: [3] }] }]).map(({ piece, names }) => [piece, names.part]),
    ).toEqual([
      ['0/0', 1],
      ['0/1', 2],
      ['1/0', 3],
    ]);
  });

  test('a failing record leaves the others of its page alone', () => {
    const flow = steps(`- where: "record.A > 0"\n- split: { path: ROWS, as: row }\n- where: "row != 'skip'"`);
    const all = apply(flow, [
      { A: 1, ROWS: ['a', 'skip'] },
      { A: 'bad', ROWS: ['b'] },
      { A: 0, ROWS: ['c'] },
      { A: 2, ROWS: ['d'] },
    ]);
    expect(all.map(({ state, names }) => [state, names.row])).toEqual([
      ['open', 'a'],
      ['filtered', 'skip'],
      ['rejected', undefined],
      ['filtered', undefined],
      ['open', 'd'],
    ]);
  });

  test('look-ups stand as stages of their own, with keys from the record or from names', () => {
    const flow = steps(
      `- split: { path: ROWS, as: row }\n- lookup: { as: product, from: a.products, key: row.PRODUCT, by: id, on_missing: reject }\n- enrich: { as: firm, with: gus.company_by_nip, key: NIP, fresh: 30d }\n- where: "product.x == firm.name"`,
    );
    expect(flow.stages.map((stage) => stage.kind)).toEqual(['pure', 'lookup', 'enrich', 'pure']);
    const [split, lookup, enrich] = flow.stages as [Stage, Stage, Stage];
    const piece = split.kind === 'pure' ? split.apply([work({ ROWS: [{ PRODUCT: 7 }], NIP: '5' })])[0] : undefined;
    expect(lookup.kind === 'lookup' && piece && [lookup.keyOf(piece), lookup.by, lookup.onMissing]).toEqual([
      '7',
      'id',
      'reject',
    ]);
    expect(enrich.kind === 'enrich' && piece && [enrich.keyOf(piece), enrich.lookup, enrich.freshMs]).toEqual([
      '5',
      'company_by_nip',
      2_592_000_000,
    ]);
    expect(lookup.kind === 'lookup' && lookup.keyOf(work({}))).toBeNull();
  });

  test('several targets give their changes in order, each with its own failure', () => {
    const plan = flowPlan(
      '    to:\n      - { name: one, stream: b.ones, map: { x: A } }\n      - { name: two, stream: b.twos, map: { y: { from: A, as: date } } }',
    );
    const [first, second] = compileFlow(plan, { values: {} }).produce(work({ A: 'a' }));
    expect(first).toEqual({ target: 0, fields: { x: 'a' }, refs: [] });
    expect(second).toMatchObject({ code: 'map/invalid_value', details: { target: 1 } });
  });
});

describe('plans nobody checked', () => {
  const tampered = (change: (plan: FlowPlan) => unknown): FlowPlan => {
    const plan = mapping('x: A') as FlowPlan;
    return { ...plan, ...(change(plan) as Partial<FlowPlan>) };
  };
  const field =
    (source: unknown, name = 'x') =>
    (plan: FlowPlan) => ({
      targets: [{ ...plan.targets[0], map: [{ field: name, source, values: null, as: null, fallback: null }] }],
    });

  test.each([
    ['a polluting path', field({ kind: 'path', path: ['__proto__', 'x'] })],
    ['a polluting target', field({ kind: 'path', path: ['A'] }, '__proto__')],
    ['an expression that cannot be read', field({ kind: 'expr', expr: 'lower(' })],
    ['an expression that is refused', field({ kind: 'expr', expr: "record.A.matches('a')" })],
  ])('%s is refused when compiled', (_name, change) => {
    const code = () => {
      try {
        compileFlow(tampered(change), { values: {} });
        return null;
      } catch (error) {
        return (error as { code?: unknown }).code;
      }
    };
    expect(code()).toBe('definition/invalid');
  });
});

test('producing never throws, whatever the record holds', () => {
  const flow = compileFlow(
    mapping(
      `a: A\nb: { from: "A.B[0].C", as: decimal }\nc: { from: A, as: money, currency: C }\nd: { expr: "phone(record.P[0].V, 'PL')", default: null }\ne: { from: A, as: datetime }\ng: { from: A, values: stages, default: x }\nh: { from: A, as: list }\ni: { expr: "join(record.A, ',')" }\nj: { ref: f, by: A.B }`,
      'values: { stages: { NEW: 1 } }',
      `    steps:\n      - set: { s: "string(record.A)" }\n      - where: "s != '' || has(record.B)"\n`,
    ),
    { values },
  );
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('A', 'B', 'C', 'P', 'constructor', 'toString'), fc.jsonValue()),
      (record) => {
        const before = JSON.stringify(record);
        const all = flow.stages.flatMap((stage) =>
          stage.kind === 'pure' ? stage.apply([work(record as JsonObject)]) : [],
        );
        const changes = flow.produce(work(record as JsonObject));
        return all.length === 1 && changes.length === 1 && JSON.stringify(record) === before;
      },
    ),
    { numRuns: 500 },
  );
});
