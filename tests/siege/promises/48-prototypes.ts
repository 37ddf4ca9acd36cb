import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseService } from '../../../connectors/http/service.js';
import { parseJsonPath, valueAt } from '../../../connectors/kit/json-path.js';
import { stableStringify } from '../../../core/json.js';
import { checkDefinition } from '../../../definitions/check/index.js';
import { compilePath } from '../../../definitions/compile/paths.js';
import type { TestEngine } from '../../support/engine.js';
import { atLeast, exactly, type Figure, nothing, type SiegePromise } from '../siege.js';

const names = ['__proto__', 'constructor', 'prototype'] as const;
/** What polluting would set, in every nesting that is known. */
const bodies = [
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"prototype":{"polluted":true}}',
  '{"a":{"__proto__":{"polluted":true}}}',
  '[{"__proto__":{"polluted":true}}]',
  '{"__proto__":null}',
  '{"__proto__":[]}',
  '{"toString":{"polluted":true},"hasOwnProperty":1,"valueOf":null}',
] as const;

export default {
  number: 48,
  title: 'Prototypes stay clean',
  required: '100 % refused or inert; nothing else changed',
  run: async (context) => {
    const before = fingerprint();
    const engine = await context.startEngine();
    const figures = [...inDefinitions(engine), ...inPaths(), ...inServices(), ...(await inRecords(engine))];
    figures.push(exactly('built-in prototypes', fingerprint(), before));
    return figures;
  },
} satisfies SiegePromise;

function inDefinitions(engine: TestEngine): Figure[] {
  const { connectors } = engine.engine.dependencies;
  const texts = names.flatMap((name) => [
    definition(`    map: { "${name}": value }`),
    definition(`    map: { id: id, value: ${name}.polluted }`),
    definition(`    map: { id: id, value: value.${name} }`),
    definition(`    map: { id: id, value: "value['${name}'].x" }`),
    definition('    map: { id: id }').replace('flows:\n  records:', `flows:\n  ${name}:`),
    definition('    map: { id: id }').replace('connections: {', `connections: { ${name}: { connector: file },`),
    definition(`    steps: [{ set: { ${name}: "1" } }]\n    map: { id: id }`),
    `${definition('    map: { id: id }')}values: { ${name}: { a: b } }\n`,
    `${definition('    map: { id: { from: value, values: t } }')}values: { t: { "__proto__": { polluted: true } } }\n`,
    `${name}: { polluted: true }\n${definition('    map: { id: id }')}`,
  ]);
  const passed = texts.filter((text) => checkDefinition(text, { file: 'x.yaml', connectors }).plan !== null);
  return [atLeast('definitions', texts.length, 30), nothing('definitions that pass', passed)];
}

function inPaths(): Figure[] {
  const record = JSON.parse('{"a":{"b":1},"list":[1]}') as { a: { b: number } };
  const reached = names.filter((name) => {
    const viaJson = valueAt(record, parseJsonPath(`a.${name}.polluted`)) ?? valueAt(record, parseJsonPath(name));
    return viaJson !== undefined;
  });
  const compiled = names.filter((name) => {
    try {
      return compilePath(['a', name])(record) !== undefined;
    } catch {
      return false;
    }
  });
  return [nothing('paths that reach a prototype', [...reached, ...compiled])];
}

function inServices(): Figure[] {
  const accepted = bodies.filter((body) => {
    try {
      parseService(JSON.parse(body) as never);
      return true;
    } catch {
      return false;
    }
  });
  const texts = bodies.filter((body) => stableStringify(JSON.parse(body) as never) === undefined);
  return [nothing('services accepted', accepted), nothing('texts lost', texts)];
}

/** Records whose own names are polluting ones travel like any other, or are left out; they are never merged. */
async function inRecords(engine: TestEngine): Promise<Figure[]> {
  const lines = bodies.map(
    (body, index) =>
      `{"id":"k${index}","value":${body},"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}\n`,
  );
  writeFileSync(join(engine.folder, 'in.jsonl'), lines.join(''));
  const bindings = {
    in: await engine.connect('in', 'file', { streams: { records: { path: 'in.jsonl', key: 'id' } } }, null),
    out: await engine.connect('out', 'file', { streams: { records: { path: 'out.jsonl' } } }, null),
  };
  const pipeline = await engine.publish(definition('    map: { id: id, value: value }'), bindings);
  const run = await engine.open(pipeline);
  const end = await engine.until(run);
  // Where such a name is only a word of the user's, it may stand; a run with it must be like any other.
  const words = names.flatMap((name) => [
    definition('    map: { id: id }').replace('pipeline: polluted', `pipeline: ${name}`),
    definition(`    steps: [{ split: { path: value, as: ${name} } }]\n    map: { id: id }`).replace(
      'polluted',
      `as-${name.replaceAll('_', 'x')}`,
    ),
  ]);
  const { connectors } = engine.engine.dependencies;
  const odd: string[] = [];
  for (const text of words) {
    if (checkDefinition(text, { file: 'x.yaml', connectors }).plan === null) continue;
    const own = { records: { path: `out-${words.indexOf(text)}.jsonl` } };
    const out = await engine.connect(`out-${words.indexOf(text)}`, 'file', { streams: own }, null);
    const { state } = await engine.until(await engine.open(await engine.publish(text, { ...bindings, out })));
    if (!state.startsWith('done')) odd.push(`${text.slice(0, 40)}: ${state}`);
  }
  const [counts] = await engine.rows<{ read: number; produced: number }>(
    'select read, produced from v_reconciliation where run_id = $1',
    [run],
  );
  return [
    exactly('records: state', end.state.startsWith('done'), true),
    nothing('names that break a run', odd),
    exactly('records read', counts?.read ?? 0, bodies.length),
    exactly('records accounted for', counts?.produced ?? 0, bodies.length),
  ];
}

function definition(body: string): string {
  return `pipeline: polluted
title: Polluted
connections: { in: { connector: file }, out: { connector: file } }
flows:
  records:
    from: { stream: in.records }
${body}
    to: { stream: out.records, write: insert }
`;
}

/** Own names of the prototypes that everything inherits from. */
function fingerprint(): string {
  const all = [Object, Array, String, Number, Function, Map, Promise].map((type) => {
    const prototype = type.prototype as object;
    return [...Object.getOwnPropertyNames(prototype), ...Object.getOwnPropertySymbols(prototype).map(String)].join();
  });
  const probe = {} as { polluted?: unknown };
  return `${all.join('|').length} names, polluted: ${String(probe.polluted)}`;
}
