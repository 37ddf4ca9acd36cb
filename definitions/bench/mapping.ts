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
      external_id: id
      email: { expr: lower(record.email) }
      name: { expr: "join([record.first_name, record.last_name], ' ')" }
      phone: { expr: "digits(record.phones[0].value)", default: null }
      created_on: { from: created_at, as: date }
      origin: { value: import }
      status: { expr: "record.is_active ? 'active' : 'closed'" }
      city: { from: address.city.name }
    to: { stream: b.contacts, write: upsert }
`;

const records: readonly SourceRecord[] = Array.from({ length: 1000 }, (_, index) => ({
  id: String(100_000 + index),
  email: `Person.${index}@Example.COM`,
  first_name: 'Анна',
  last_name: `Ковальська-${index}`,
  phones: [{ type: 'work', value: `+48 (22) 123-${String(index).padStart(4, '0')}` }],
  created_at: '2025-03-01T10:00:00+01:00',
  is_active: index % 3 === 0,
  address: { city: { name: 'Kraków', code: '30-001' }, street: 'Długa 5' },
  note: 'x'.repeat(300),
}));

interface Shape {
  readonly id: string;
  readonly email: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly phones: readonly { readonly value: string }[];
  readonly created_at: string;
  readonly is_active: boolean;
  readonly address: { readonly city: { readonly name: string } };
}

function byHand(record: SourceRecord): JsonObject {
  const r = record as unknown as Shape;
  return {
    external_id: r.id,
    email: r.email.toLowerCase(),
    name: `${r.first_name} ${r.last_name}`,
    phone: r.phones[0]?.value.replace(/\D+/g, '') ?? null,
    created_on: r.created_at.slice(0, 10),
    origin: 'import',
    status: r.is_active ? 'active' : 'closed',
    city: r.address.city.name,
  };
}

function compiled(): (record: SourceRecord) => JsonObject {
  const { plan, problems } = checkDefinition(definition, { file: 'bench', connectors: testConnectors });
  const flow = plan?.flows[0];
  if (!flow) throw new Error(JSON.stringify(problems));
  const run = compileFlow(flow, { values: {} });
  return (record) => {
    const work: Work = { record, sourceKey: '', piece: '', names: {}, state: 'open', failure: null };
    const change = run.produce(work)[0];
    if (!change || 'code' in change) throw new Error(JSON.stringify(change));
    return change.fields;
  };
}

function microseconds(map: (record: SourceRecord) => JsonObject): number {
  const rounds = 200;
  let kept = 0;
  const start = process.cpuUsage();
  for (let round = 0; round < rounds; round++) {
    for (const record of records) kept += JSON.stringify(map(record).email).length > 0 ? 1 : 0;
  }
  const used = process.cpuUsage(start);
  if (kept === 0) throw new Error('nothing was mapped');
  return (used.user + used.system) / (rounds * records.length);
}

const fromYaml = compiled();
if (JSON.stringify(byHand(records[7] as SourceRecord)) !== JSON.stringify(fromYaml(records[7] as SourceRecord))) {
  throw new Error(`different: ${JSON.stringify(fromYaml(records[7] as SourceRecord))}`);
}
const ratios: number[] = [];
for (let turn = 0; turn < 9; turn++) {
  const hand = microseconds(byHand);
  const yaml = microseconds(fromYaml);
  ratios.push(hand / yaml);
  process.stdout.write(
    `by hand ${hand.toFixed(2)} us, from YAML ${yaml.toFixed(2)} us, ratio ${(hand / yaml).toFixed(2)}\n`,
  );
}
const median = [...ratios].sort((a, b) => a - b)[4] ?? 0;
process.stdout.write(`${JSON.stringify({ ratio: Number(median.toFixed(2)) })}\n`);
