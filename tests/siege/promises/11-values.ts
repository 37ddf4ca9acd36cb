import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { RestCrmSandbox } from '../../../sandbox/rest-crm/sandbox.js';
import type { TestEngine } from '../../support/engine.js';
import { atLeast, exactly, type Figure, nothing, type SiegeContext, type SiegePromise } from '../siege.js';

/** Texts that software likes to change: codes, numbers as text, dates, empty kinds, letters, what looks like syntax. */
const texts = [
  '0',
  '007',
  '00123',
  '+48 600 100 200',
  '1e5',
  '1E400',
  '0x10',
  '0.10',
  '1.0',
  '-0',
  '1,5',
  '1 000 000,00',
  '12345678901234567890',
  '9007199254740993',
  '0.30000000000000004',
  'NaN',
  'Infinity',
  'null',
  'undefined',
  'true',
  'FALSE',
  'yes',
  'no',
  '~',
  '[]',
  '{}',
  'ASP01',
  'MAR1',
  '1-2',
  '2026-02-30',
  '2026-02-29T00:00:00+14:00',
  '31.12.2026',
  '12:30',
  ' leading',
  'trailing ',
  ' ',
  '\t',
  'two  spaces',
  'line\nbreak',
  'carriage\r\nreturn',
  '"quoted"',
  '""',
  "it's",
  'a,b;c\td|e',
  '\\n',
  'C:\\temp\\new',
  '%41%zz',
  '&amp;<b>',
  "'; drop table x; --",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: text that looks like a template
  '${x} {{x}} %s $1',
  '=1+1',
  '+1',
  '-1',
  '@x',
  'Zażółć gęślą jaźń',
  'Їжак з Києва',
  'שלום',
  'مرحبا',
  'İstanbul',
  'ﬁ',
  'e\u0301',
  '\u00e9',
  '\u200b',
  '\u202e',
  '\ufeffx',
  '👩‍👩‍👧‍👦',
  '𝒳',
  '\u0000x',
  '\u001f',
  '\ud800',
  'ß'.repeat(255),
  'x'.repeat(256),
  'x'.repeat(2_000),
] as const;

/** Numbers as they stand in JSON; digits must not be lost. */
const numbers = [
  '0',
  '-0',
  '1.10',
  '0.1',
  '100',
  '1e2',
  '12345678901234567890',
  '9007199254740993',
  '0.1234567890123456789',
  '1e400',
  '5e-324',
];

export default {
  number: 11,
  title: 'Values survive or are refused by name',
  required: 'byte-equal or a named failure; 0 silent changes',
  run: async (context) => {
    const [engine, target] = await Promise.all([context.startEngine(), context.startCrm({ seed: context.seed })]);
    const records = [...texts.map((text) => JSON.stringify(text)), ...numbers, ...randomTexts(context)];
    writeFileSync(
      join(engine.folder, 'in.jsonl'),
      records.map((value, index) => `{"id":"k${index}","value":${value}}\n`).join(''),
    );
    const bindings = {
      in: await engine.connect('in', 'file', { streams: { values: { path: 'in.jsonl', key: 'id' } } }, null),
      out: await engine.connect(
        'out',
        'file',
        { streams: { lines: { path: 'out.jsonl' }, table: { path: 'out.csv', formulas: 'keep' } } },
        null,
      ),
      crm: await engine.connect(
        'crm',
        'http',
        { service: 'rest-crm', base_url: target.url },
        { token: target.credentials.token as string },
      ),
    };
    const pipeline = await engine.publish(definition, bindings);
    const end = await engine.until(await engine.open(pipeline));
    const letters = await engine.rows<{ flow: string; source_key: string; code: string; message: string }>(
      'select flow, source_key, code, message from v_dead_letters',
    );
    const refused = (flow: string): Set<string> =>
      new Set(letters.filter((letter) => letter.flow === flow).map((letter) => letter.source_key));
    const figures: Figure[] = [
      atLeast('values', records.length, 80),
      exactly('state ends well', ['done', 'done_with_dead_letters'].includes(end.state), true),
      nothing(
        'letters without a reason',
        letters.filter((letter) => letter.code === '' || letter.message === ''),
      ),
    ];
    for (const [flow, found] of [
      ['to_lines', await lines(engine)],
      ['to_table', await rows(engine)],
      ['to_crm', await contacts(engine, target)],
    ] as const) {
      const changed = records.flatMap((value, index) => difference(`k${index}`, value, found, refused(flow)));
      figures.push(nothing(`${flow}: silent changes`, changed));
      context.log(`${flow}: ${refused(flow).size} refused by name`);
    }
    return figures;
  },
} satisfies SiegePromise;

const definition = `
pipeline: values
title: Values on their way
connections: { in: { connector: file }, out: { connector: file }, crm: { connector: http } }
flows:
  to_lines:
    from: { stream: in.values }
    map: { id: id, value: value }
    to: { stream: out.lines, write: insert }
  to_table:
    from: { stream: in.values }
    map: { id: id, value: value }
    to: { stream: out.table, write: insert }
  to_crm:
    from: { stream: in.values }
    map: { name: value }
    to: { stream: crm.contacts, write: upsert }
`;

type Found = ReadonlyMap<string, string>;

async function lines(engine: TestEngine): Promise<Found> {
  const all = readFileSync(join(engine.folder, 'out.jsonl'), 'utf8').trimEnd().split('\n');
  return new Map(
    all.map((line) => {
      const id = /"id":"(k\d+)"/.exec(line)?.[1] ?? '';
      return [id, /"value":(.*)\}$/s.exec(line)?.[1] ?? ''];
    }),
  );
}

async function rows(engine: TestEngine): Promise<Found> {
  const table = parse(readFileSync(join(engine.folder, 'out.csv')), { columns: true, bom: true }) as {
    id: string;
    value: string;
  }[];
  return new Map(table.map((row) => [row.id, row.value]));
}

async function contacts(engine: TestEngine, target: RestCrmSandbox): Promise<Found> {
  const links = await engine.rows<{ source_key: string; target_key: string }>(
    "select source_key, target_key from v_record_map where flow = 'to_crm' and state = 'confirmed'",
  );
  const names = new Map(target.store.records('contacts').map((record) => [String(record.id), record.name]));
  return new Map(links.map((link) => [link.source_key, JSON.stringify(names.get(link.target_key))]));
}

/** What a record became, when that is neither itself nor a dead letter. `value` is JSON as it stood in the source. */
function difference(id: string, value: string, found: Found, refused: ReadonlySet<string>): string[] {
  const arrived = found.get(id);
  if (refused.has(id)) return arrived === undefined ? [] : [`${id} ${value} arrived and was refused`];
  if (arrived === undefined) return [`${id} ${value} is gone`];
  const isText = value.startsWith('"');
  const wanted = isText ? (JSON.parse(value) as string) : value;
  // A number may travel as a text of the same digits; a text in a table has no quotes of JSON.
  const same = [value, wanted, JSON.stringify(wanted)];
  return same.includes(arrived) || (!isText && isSameNumber(value, arrived))
    ? []
    : [`${id} ${value} became ${arrived}`];
}

/** The same number exactly: `1.10` and `1.1` are, digits lost are not. */
function isSameNumber(wanted: string, arrived: string): boolean {
  const digits = (text: string): string => {
    const [, sign = '', whole = '', part = '', power = '0'] =
      /^"?(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?"?$/i.exec(text) ?? [];
    const all = `${whole}${part}`.replace(/^0+/, '');
    const trimmed = all.replace(/0+$/, '');
    return `${trimmed === '' ? '' : sign}${trimmed}e${trimmed === '' ? 0 : Number(power) - part.length + all.length - trimmed.length}`;
  };
  return digits(wanted) === digits(arrived);
}

function randomTexts({ random, size }: SiegeContext): string[] {
  return Array.from({ length: size(2_000, 40) }, () => {
    const letters = Array.from({ length: random.int(1, 60) }, () => {
      const code = random.pick([random.int(32, 126), random.int(160, 0x2fff), random.int(0x1f300, 0x1faff)]);
      return String.fromCodePoint(code);
    });
    return JSON.stringify(letters.join(''));
  });
}
