import { setImmediate as turn } from 'node:timers/promises';
import { createConnectors } from '../../../connectors/index.js';
import type { Connector } from '../../../connectors/kit/index.js';
import { checkDefinition } from '../../../definitions/check/index.js';
import type { Random } from '../../../sandbox/kit/random.js';
import { shippedServices } from '../../support/shipped-services.js';
import { atLeast, nothing, type SiegePromise, within } from '../siege.js';

const limitMs = 100;

export default {
  number: 47,
  title: 'Definitions cannot bomb or act',
  required: 'refused <= 100 ms each with line and column, so no longer is the loop held; a check = 0 calls',
  run: async ({ random, size }) => {
    const connectors = new Map(createConnectors(shippedServices()).map((connector) => [connector.id, connector]));
    const accepted: string[] = [];
    const placeless: string[] = [];
    let slowestMs = 0;
    const texts = hostileTexts(random, size(100, 2));
    for (const [name, text] of texts) {
      await turn();
      const { plan, problems, ...first } = timed(text, connectors);
      let { ms } = first;
      // A bomb is slow each time; a machine that was busy elsewhere, or collected garbage, is not.
      for (let tries = 1; ms > limitMs && tries < 3; tries++) ms = Math.min(ms, timed(text, connectors).ms);
      slowestMs = Math.max(slowestMs, ms);
      if (plan !== null) accepted.push(name);
      if (problems.some((problem) => !(problem.line >= 1 && problem.column >= 1))) placeless.push(name);
      if (problems.length === 0 && plan === null) placeless.push(`${name}: refused without a word`);
    }
    return [
      atLeast('hostile texts', texts.length, 30),
      nothing('accepted', accepted),
      nothing('problems without a place', placeless),
      within('slowest, of three tries', slowestMs, limitMs),
    ];
  },
} satisfies SiegePromise;

function timed(text: string, connectors: ReadonlyMap<string, Connector>) {
  const startedMs = performance.now();
  const checked = checkDefinition(text, { file: 'hostile.yaml', connectors });
  return { ...checked, ms: performance.now() - startedMs };
}

type Hostile = readonly [name: string, text: string];

/** Every class of hostile text, wrapped where a definition might hold it; `rounds` adds sizes drawn by the seed. */
function hostileTexts(random: Random, rounds: number): Hostile[] {
  const texts: Hostile[] = [];
  for (let round = 0; round < rounds; round++) {
    const many = random.int(11_000, 60_000);
    const deep = random.int(40, 50_000);
    const letter = random.pick(['x', 'ж', '0', '"', "'", '\\', '%', '\u2028', '\u0085', '💥']);
    texts.push(
      ['billion laughs', within9(random.int(5, 12))],
      ['aliases', `a: &a [${letter}]\nb: [${'*a, '.repeat(random.int(2, 3_000))}]\n`],
      ['merge keys', `base: &b { a: 1 }\nflows: { <<: *b }\n`],
      ['tags', `flows: !!${random.pick(['js/function', 'python/object/apply:os.system', 'binary', 'set'])} "x"\n`],
      ['brackets', `flows: ${'['.repeat(deep)}`],
      ['braces', `flows: ${'{ a: '.repeat(deep)}`],
      ['dashes', `${'- '.repeat(deep)}x`],
      ['questions', `${'? '.repeat(deep)}x`],
      ['values', `flows: [${'1, '.repeat(many)}]\n`],
      ['keys', Array.from({ length: many }, (_, index) => `k${index}: 1`).join('\n')],
      ['documents', '---\na\n'.repeat(many)],
      ['comments', `#${'\n#'.repeat(many)}\nflows: 1\n`],
      ['text', `title: "${letter.repeat(300_000)}"`],
      ['open quote', `title: "${'a\\n'.repeat(random.int(1_000, 60_000))}`],
      ['duplicate keys', `pipeline: a\n${'title: b\n'.repeat(random.int(2, 2_000))}`],
      ['prototype', `flows: { "${random.pick(['__proto__', 'constructor', 'prototype'])}": { from: 1 } }\n`],
      ['null bytes', `pipeline: a\0b\ntitle: c\n`],
      ['byte order marks', '\ufeff'.repeat(random.int(2, 1_000))],
    );
  }
  for (const [name, expression] of hostileExpressions(random)) texts.push([name, inFlow(expression)]);
  return texts;
}

function hostileExpressions(random: Random): Hostile[] {
  const n = random.int(40, 2_000);
  return [
    ['deep expression', `${'('.repeat(n)}1${')'.repeat(n)}`],
    ['long expression', Array.from({ length: 3_000 }, () => 'record.name').join(' + ')],
    ['many macros', Array.from({ length: 24 }, () => 'record.phones.map(x, x)').join(' + ')],
    ['nested macros', `${'record.phones.map(a, '.repeat(6)}1${')'.repeat(6)}`],
    // Signs before a value are parts, not levels: more than 500 of them are refused.
    ['negations', `${'!'.repeat(500 + n)}true`],
    ['minuses', `${'-'.repeat(500 + n)}1`],
    ['indexes', `record${'[0]'.repeat(n)}`],
    ['members', `record${'.a'.repeat(n)}`],
    ['conditions', `${'true ? 1 : '.repeat(n)}2`],
    ['lists', `${'['.repeat(n)}${']'.repeat(n)}`],
    ['open string', `'${'a'.repeat(n)}`],
    ['huge number', `${'9'.repeat(5_000)}`],
  ];
}

function inFlow(expression: string): string {
  return `pipeline: hostile
title: Hostile
connections: { crm: { connector: http }, copy: { connector: http } }
flows:
  contacts:
    from: { stream: crm.contacts }
    steps: [{ where: ${JSON.stringify(expression)} }]
    map: { name: name }
    to: { stream: copy.contacts, write: upsert }
`;
}

function within9(levels: number): string {
  let text = 'a0: &a0 [x, x, x, x, x, x, x, x, x]\n';
  for (let level = 1; level < levels; level++) {
    text += `a${level}: &a${level} [${Array.from({ length: 9 }, () => `*a${level - 1}`).join(', ')}]\n`;
  }
  return text;
}
