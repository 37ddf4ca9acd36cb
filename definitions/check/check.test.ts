import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import type { Plan } from '../plan/plan.js';
import { definitionSchema, fixedTableSchema, matchedTableSchema } from '../schema/definition.js';
import { sourceStreams, targetStreams, testConnectors } from '../testing/connectors.js';
import { damerauLevenshtein, nearest } from '../text/index.js';
import { type CheckOptions, checkDefinition, durationMs, durationText, problemCodes, shareOf } from './index.js';
import { parsePath, parseRef } from './paths.js';

const check = (text: string, more: Partial<CheckOptions> = {}) =>
  checkDefinition(text, { file: 'p.yaml', connectors: testConnectors, ...more });

const head = 'pipeline: a-to-b\nconnections: { crm: { connector: bitrix24 }, amo: { connector: amocrm } }\n';
const codes = (text: string, more: Partial<CheckOptions> = {}) =>
  check(text, more).problems.map((problem) => problem.code);

const small = `${head}flows:
  companies:
    from: { stream: crm.companies }
    map: { name: TITLE }
    to: { stream: amo.companies }
`;

describe('plans', () => {
  test('show every default', () => {
    expect(check(small).plan).toEqual({
      version: 1,
      pipeline: 'a-to-b',
      title: 'a-to-b',
      slots: { crm: { connector: 'bitrix24' }, amo: { connector: 'amocrm' } },
      trigger: { kind: 'manual' },
      flows: [
        {
          id: 'companies',
          renamedFrom: null,
          after: [],
          from: {
            slot: 'crm',
            stream: 'companies',
            read: 'full',
            key: ['ID'],
            cursor: null,
            start: null,
            lagMs: 0,
            where: {},
            fieldTypes: { TITLE: 'text' },
          },
          steps: [],
          targets: [
            {
              name: '',
              slot: 'amo',
              stream: 'companies',
              write: 'upsert',
              matchOn: [],
              onConflict: 'source_wins',
              onDelete: { kind: 'ignore' },
              merge: false,
              createFields: [],
              batch: null,
              map: [
                { field: 'name', source: { kind: 'path', path: ['TITLE'] }, values: null, as: null, fallback: null },
              ],
              fieldTypes: { name: 'text' },
            },
          ],
        },
      ],
      values: {},
      errors: { rejected: 'dead_letter', drift: 'pause', stopWhen: null },
    });
  });

  test.each([
    ['{ every: 5m }', { kind: 'every', everyMs: 300_000 }],
    ['{ cron: "0  3 * * *" }', { kind: 'cron', cron: '0 3 * * *', zone: 'UTC', overlap: 'skip', catchUpMs: 600_000 }],
    [
      '{ cron: "0 3 * * 1-5", zone: Europe/Kyiv, overlap: after, catch_up: 1h }',
      { kind: 'cron', cron: '0 3 * * 1-5', zone: 'Europe/Kyiv', overlap: 'after', catchUpMs: 3_600_000 },
    ],
    ['{ webhook: {} }', { kind: 'webhook', reconcileMs: 3_600_000 }],
    ['manual', { kind: 'manual' }],
  ])('trigger %s', (trigger, expected) => {
    expect(check(`${small}trigger: ${trigger}\n`).plan?.trigger).toEqual(expected);
  });

  test('are plain JSON', () => {
    const { plan } = check(small);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  const flows = (map: string) => `${head}flows:
  deals:
    from: { stream: crm.deals, read: incremental, lag: 2m, start: "2025-01-01" }
    map: { company: { ref: companies, by: COMPANY_ID, missing: dead_letter } }
    to: { stream: amo.leads, on_delete: { mark: { status_id: "143" } }, merge: true, batch: 10 }
  companies:
    from: { stream: crm.companies }
    map: { name: TITLE, ${map} }
    to: { stream: amo.companies }
`;
  const refOf = (plan: Plan | null, flow: string, field: string) =>
    plan?.flows.find((each) => each.id === flow)?.targets[0]?.map.find((each) => each.field === field)?.source;

  test('put flows behind those they refer to', () => {
    const { plan } = check(flows('note: ID'));
    expect(plan?.flows.map(({ id, after }) => [id, after])).toEqual([
      ['companies', []],
      ['deals', ['companies']],
    ]);
    expect(plan?.flows[1]?.targets[0]).toMatchObject({
      onDelete: { kind: 'mark', fields: { status_id: '143' } },
      merge: true,
      batch: 10,
    });
    expect(plan?.flows[1]?.from).toMatchObject({ cursor: ['DATE_MODIFY', 'ID'], lagMs: 120_000, start: '2025-01-01' });
  });

  test('write references to the same flow late by themselves', () => {
    const { plan, problems } = check(flows('parent: { ref: companies, by: PARENT_ID }'));
    expect(problems).toEqual([]);
    expect(refOf(plan, 'companies', 'parent')).toMatchObject({ late: true, flow: 'companies', missing: 'wait' });
  });

  test.each([
    ['null', 'null'],
    ['"null"', 'null'],
    ['dead_letter', 'dead_letter'],
  ])('take missing: %s', (written, missing) => {
    const { plan } = check(flows(`parent: { ref: companies, by: PARENT_ID, missing: ${written} }`));
    expect(refOf(plan, 'companies', 'parent')).toMatchObject({ missing });
  });

  test('take a circle where one reference is late', () => {
    const { plan } = check(flows('owner: { ref: deals, by: ID, late: true }'));
    expect(plan?.flows.map((flow) => flow.id)).toEqual(['companies', 'deals']);
    expect(codes(flows('owner: { ref: deals, by: ID }'))).toEqual(['definition/ref_cycle']);
  });

  test('name a custom field by its code where the caption is unique', () => {
    const { plan } = check(
      small
        .replace('name: TITLE', 'name: TITLE, custom.NIP: UF_CRM_NIP')
        .replace('stream: amo.companies', 'stream: amo.companies, match_on: custom.NIP'),
    );
    expect(plan?.flows[0]?.targets[0]).toMatchObject({ matchOn: ['custom.nip'] });
    expect(plan?.flows[0]?.targets[0]?.map[1]?.field).toBe('custom.nip');
  });

  test('tell fixed and matched value tables apart', () => {
    const { plan, problems } =
      check(`${small.replace('name: TITLE', 'name: { from: TITLE, values: a }, owner: { from: ASSIGNED_BY_ID, values: b }')}values:
  a: { from: x, to: y }
  b: { from: crm.users, to: amo.users, match: email, also: { "7": "12" } }
`);
    expect(problems).toEqual([]);
    expect(plan?.values).toEqual({
      a: { kind: 'fixed', entries: { from: 'x', to: 'y' } },
      b: {
        kind: 'matched',
        from: { slot: 'crm', stream: 'users', match: 'email', by: null },
        to: { slot: 'amo', stream: 'users', match: 'email', by: null },
        pairs: {},
        also: { '7': '12' },
      },
    });
  });

  test('take captions of a field from the account', () => {
    const { plan, problems } = check(`${small.replace('name: TITLE', 'name: { from: TITLE, values: a }')}values:
  a: { captions: crm.companies, field: TITLE, reverse: true }
`);
    expect(problems).toEqual([]);
    expect(plan?.values).toEqual({
      a: { kind: 'captions', slot: 'crm', stream: 'companies', field: 'TITLE', isReversed: true, also: {} },
    });
    const unknown = `${small.replace('name: TITLE', 'name: { from: TITLE, values: a }')}values:
  a: { captions: crm.companies, field: TITEL }
`;
    expect(codes(unknown)).toEqual(['definition/unknown_field']);
  });

  test('refer to other pipelines where they are known', () => {
    const other = check(small.replace('a-to-b', 'other')).plan as Plan;
    const text = (ref: string) => small.replace('name: TITLE', `name: TITLE, parent: { ref: ${ref}, by: PARENT_ID }`);
    const more = { otherPipelines: new Map([['other', other]]) };
    expect(codes(text('other/companies'), more)).toEqual([]);
    expect(codes(text('othr/companies'), more)).toEqual(['definition/unknown_pipeline']);
    expect(codes(text('other/deals'), more)).toEqual(['definition/unknown_flow']);
    expect(codes(text('othr/companies'))).toEqual([]);
    expect(refOf(check(text('other/companies'), more).plan, 'companies', 'parent')).toMatchObject({
      pipeline: 'other',
      late: false,
    });
  });
});

describe('checks', () => {
  test('use the streams of the account where they are given', () => {
    const text =
      'pipeline: p\nconnections: { a: { connector: http }, b: { connector: http } }\nflows:\n  f:\n    from: { stream: a.deals }\n    map: { name: TITEL }\n    to: { stream: b.leads }\n';
    expect(codes(text)).toEqual([]);
    expect(codes(text, { streams: { a: sourceStreams, b: targetStreams } })).toEqual(['definition/unknown_field']);
    expect(codes(text, { streams: { a: sourceStreams, b: null } })).toEqual(['definition/unknown_field']);
  });

  test('point into an expression, also one on several lines or with escapes as well as they can', () => {
    const at = (value: string) => {
      const { problems } = check(small.replace('name: TITLE', `name: { expr: ${value} }`));
      return problems.map(({ line, column, code }) => `${line}:${column} ${code}`);
    };
    expect(at('"lower(record.TITEL)"')).toEqual(['6:40 definition/unknown_field']);
    expect(at("'lower(record.TITEL)'")).toEqual(['6:40 definition/unknown_field']);
    expect(at('lower(record.TITEL)')).toEqual(['6:39 definition/unknown_field']);
    expect(at('"\\u006cower(record.TITEL)"')).toEqual(['6:26 definition/unknown_field']);
  });

  test('see names made by steps in paths of look-ups and references, and nowhere else', () => {
    const text = (steps: string, map: string) =>
      `${head}flows:\n  deals:\n    from: { stream: crm.deals }\n    steps:\n      - split: { path: ROWS, as: row, key: ROW_ID }\n${steps}    map: { ${map} }\n    to: { stream: amo.leads }\n`;
    expect(codes(text('', 'product: { ref: deals, by: row.PRODUCT }'))).toEqual([]);
    expect(codes(text('', 'product: { ref: deals, by: row.PRODUKT }'))).toEqual(['definition/unknown_field']);
    const { problems } = check(text('', 'product: row.PRODUCT'));
    expect(problems[0]?.hint).toContain('expr: "row...');
    expect(
      codes(
        text('      - lookup: { as: firm, from: crm.companies, key: row.PRODUCT }\n', 'product: { expr: firm.TITLE }'),
      ),
    ).toEqual([]);
  });

  test('suggest the nearest name and list the known ones', () => {
    const [problem] = check(small.replace('crm.companies', 'crm.company')).problems;
    expect(problem?.message).toBe('Stream `crm.company` is not known to connector `bitrix24`.');
    expect(problem?.hint).toBe('Did you mean `companies`? Known streams: companies, contacts, deals, users, events.');
    expect(problem?.excerpt).toBe(
      '5 |     from: { stream: crm.company }\n  |                     ^^^^^^^^^^^'.replace(/^5/, String(problem?.line)),
    );
  });

  test('never throw, whatever a valid text holds', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 5 }),
        fc.constantFrom('flows', 'connections', 'trigger', 'values', 'tests', 'errors', 'title'),
        (value, key) => {
          const { plan, problems } = check(
            `${small}`
              .replace(/^title.*$/m, '')
              .concat(
                key === 'flows' || key === 'connections' ? `x_${key}: ` : `${key}: `,
                JSON.stringify(value),
                '\n',
              ),
          );
          return plan !== null || problems.length > 0;
        },
      ),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 6 }),
        (value) => check(JSON.stringify({ pipeline: 'p', flows: { f: value } })).problems.length > 0,
      ),
      { numRuns: 200 },
    );
  });
});

describe('the grammar', () => {
  test('is a valid schema, with a title and a description everywhere', () => {
    const ajv = new Ajv2020({ strict: true, strictTypes: false });
    for (const schema of [definitionSchema, fixedTableSchema, matchedTableSchema])
      expect(() => ajv.compile(schema)).not.toThrow();
    const bare: string[] = [];
    const visit = (schema: Record<string, unknown>, place: string): void => {
      for (const [name, member] of Object.entries(
        (schema.properties ?? {}) as Record<string, Record<string, unknown>>,
      )) {
        if (typeof member.title !== 'string' || typeof member.description !== 'string') bare.push(`${place}.${name}`);
        visit(member, `${place}.${name}`);
      }
      for (const key of ['additionalProperties', 'items']) {
        const member = schema[key];
        if (typeof member === 'object' && member !== null) visit(member as Record<string, unknown>, `${place}.*`);
      }
      for (const member of (schema.anyOf ?? []) as Record<string, unknown>[]) visit(member, place);
    };
    visit(definitionSchema as unknown as Record<string, unknown>, '');
    expect(bare).toEqual([]);
  });
});

describe('small parts', () => {
  test('durations round-trip', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999 }), fc.constantFrom('ms', 's', 'm', 'h', 'd'), (count, unit) => {
        const ms = durationMs(`${count}${unit}`);
        return ms !== null && durationMs(durationText(ms)) === ms;
      }),
    );
    for (const text of ['5', '5min', '-5m', '1.5h', '', 'm', '5 m', '1e3s']) expect(durationMs(text)).toBeNull();
    expect([shareOf('5%'), shareOf('0.5%'), shareOf('101%'), shareOf('5')]).toEqual([0.05, 0.005, null, null]);
  });

  test('paths are read, and never throw', () => {
    expect(parsePath('A.B[0].C[\'a b\']["x"]')).toEqual({ path: ['A', 'B', 0, 'C', 'a b', 'x'] });
    expect(parsePath('Поле.X')).toEqual({ path: ['Поле', 'X'] });
    for (const bad of [
      '',
      '.A',
      'A.',
      'A..B',
      '[0]',
      'A[-1]',
      'A[x]',
      'A B',
      '__proto__',
      'A.constructor',
      "['__proto__']",
    ]) {
      expect([bad, Object.hasOwn(parsePath(bad), 'reason')]).toEqual([bad, true]);
    }
    fc.assert(fc.property(fc.string(), (text) => typeof parsePath(text) === 'object'));
  });

  test('references are read', () => {
    expect(parseRef('a')).toEqual({ pipeline: null, flow: 'a', target: '' });
    expect(parseRef('p-q/a_b:t')).toEqual({ pipeline: 'p-q', flow: 'a_b', target: 't' });
    expect(parseRef('A/B/C')).toBeNull();
  });

  test('a field to be created may mark what was deleted', () => {
    const marked = (fields: string) =>
      codes(
        small
          .replace('{ name: TITLE }', '{ name: TITLE, custom.gone: { value: false } }')
          .replace('amo.companies }', `amo.companies, on_delete: { mark: { custom.gone: true } }${fields} }`),
      );
    expect(marked(', create_fields: [custom.gone]')).toEqual([]);
    expect(marked('')).toEqual(['definition/unknown_field', 'definition/unknown_field']);
  });

  test('the nearest name forgives swaps, case and separators, and stays silent when unsure', () => {
    expect(damerauLevenshtein('stream', 'straem')).toBe(1);
    expect(nearest('straem', ['stream', 'steps'])).toBe('stream');
    expect(nearest('onConflict', ['on_conflict'])).toBe('on_conflict');
    expect(nearest('zebra', ['stream', 'steps'])).toBeNull();
    fc.assert(
      fc.property(
        fc.string({ maxLength: 8 }),
        fc.string({ maxLength: 8 }),
        (a, b) => damerauLevenshtein(a, b) === damerauLevenshtein(b, a),
      ),
    );
  });

  test('every code is documented with what it stands for', async () => {
    const text = await readFile(join(import.meta.dirname, '..', '..', 'docs', 'definitions.md'), 'utf8');
    const documented = [...text.matchAll(/^\| `(definition\/[a-z_]+)` \|/gm)].map((match) => match[1]);
    expect(documented).toEqual(Object.keys(problemCodes));
  });
});
