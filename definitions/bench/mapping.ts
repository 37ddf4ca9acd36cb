import type { JsonObject } from '../../core/json.js';
import type { SourceRecord } from '../../core/record.js';
import { checkDefinition } from '../check/index.js';
import { compileFlow } from '../compile/index.js';
import type { Work } from '../plan/compiled.js';
import { testConnectors } from '../testing/connectors.js';

/**
 * Speed of an eight-field mapping compiled from YAML, as a ratio to the same function written by hand.
 * `node --import tsx definitions/bench/mapping.ts`
 */
const definition = `
pipeline: bench
connections: { a: { connector: postgres }, b: { connector: postgres } }
flows:
  contacts:
    from: { stream: a.contacts, read: full, key: [id] }
    map:
      name: name
      email: { expr: "lower(record.email)", default: null }
      position: { expr: "join([default(record.first_name, ''), default(record.last_name, '')], ' ')" }
      phone: { expr: "digits(record.phones[0].value)", default: null }
      birthday: { from: birthday, as: date }
      owner: { value: u1 }
      first_name: { expr: "record.position == null ? 'none' : 'some'", default: none }
      last_name: { from: address.city }
    to: { stream: b.contacts, write: upsert }
`;

const records: readonly SourceRecord[] = Array.from({ length: 1000 }, (_, index) => ({
  id: String(100_000 + index),
  name: `Анна Ковальська ${index}`,
  email: `Person.${index}@Example.COM`,
  emails: [{ value: `Person.${index}@Example.COM` }],
  first_name: 'Анна',
  last_name: `Ковальська-${index}`,
  phones: [{ type: 'work', value: `+48 (22) 123-${String(index).padStart(4, '0')}` }],
  birthday: '1990-03-01',
  position: index % 3 === 0 ? null : 'manager',
  address: { city: 'Kraków', street: 'Długa 5' },
  note: 'x'.repeat(300),
}));

interface Shape {
  readonly name?: string;
  readonly email?: string | null;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly phones?: readonly { readonly value: string }[];
  readonly birthday?: string | null;
  readonly position?: string | null;
  readonly address?: { readonly city?: string } | null;
}

function byHand(record: SourceRecord): JsonObject {
  const contact = record as Shape;
  return {
    name: contact.name ?? null,
    email: contact.email?.toLowerCase() ?? null,
    position: `${contact.first_name ?? ''} ${contact.last_name ?? ''}`,
    phone: contact.phones?.[0]?.value.replace(/\D/g, '') ?? null,
    birthday: contact.birthday?.slice(0, 10) ?? null,
    owner: 'u1',
    first_name: contact.position == null ? 'none' : 'some',
    last_name: contact.address?.city ?? null,
  };
}

/** The engine makes one piece of work for each record, whatever the mapping is; so here too, beforehand. */
const works: readonly Work[] = records.map((record) => ({
  record,
  sourceKey: String(record.id),
  piece: '',
  names: {},
  state: 'open',
  failure: null,
}));

function compiled(): (work: Work) => JsonObject {
  const { plan, problems } = checkDefinition(definition, { file: 'bench', connectors: testConnectors });
  const flow = plan?.flows[0];
  if (!flow) throw new Error(JSON.stringify(problems));
  const run = compileFlow(flow, { values: {} });
  return (work) => {
    const change = run.produce(work)[0];
    if (!change || 'code' in change) throw new Error(JSON.stringify(change));
    return change.fields;
  };
}

function microseconds<T>(inputs: readonly T[], map: (input: T) => JsonObject): number {
  const rounds = 400;
  let kept = 0;
  const start = process.cpuUsage();
  for (let round = 0; round < rounds; round++) for (const input of inputs) kept += map(input).owner === 'u1' ? 1 : 0;
  const used = process.cpuUsage(start);
  if (kept !== rounds * inputs.length) throw new Error('something was not mapped');
  return (used.user + used.system) / kept;
}

const fromYaml = compiled();
works.forEach((work, index) => {
  const expected = JSON.stringify(byHand(records[index] ?? {}));
  if (JSON.stringify(fromYaml(work)) !== expected) throw new Error(`not as by hand: ${expected}`);
});
const ratios: number[] = [];
for (let turn = 0; turn < 11; turn++) {
  const hand = microseconds(records, byHand);
  const yaml = microseconds(works, fromYaml);
  if (turn > 1) ratios.push(hand / yaml);
  process.stdout.write(
    `by hand ${hand.toFixed(3)} us, from YAML ${yaml.toFixed(3)} us, ratio ${(hand / yaml).toFixed(2)}\n`,
  );
}
const median = [...ratios].sort((a, b) => a - b)[4] ?? 0;
process.stdout.write(`${JSON.stringify({ ratio: Number(median.toFixed(2)) })}\n`);
