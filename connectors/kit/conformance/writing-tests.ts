import { expect } from '@jest/globals';
import { isFailure } from '../../../core/failures.js';
import type { JsonObject, JsonValue } from '../../../core/json.js';
import type { Change, Outcome, WriteResult, Writer } from '../contract.js';
import type { WriteMode } from '../streams-contract.js';
import { changeOf, noSignal, sendNow, writeRequest } from './requests.js';
import type { EdgeKind, TargetSetup } from './setup.js';
import type { Behaviours, Bench } from './suite.js';

const ids = [3, 1, 2];

export const writingTests: Behaviours = {
  'an insert gives one outcome per change, in order': async (bench) => {
    const target = await freshTarget(bench);
    const { outcomes } = await write(
      bench,
      'insert',
      ids.map((id) => changeOf(id, 'create', target.fields(id))),
    );
    expect(statesOf(outcomes)).toEqual(['written', 'written', 'written']);
    expect(new Set(outcomes.map(keyOf)).size).toBe(3);
    expect(sorted(await target.truth())).toEqual(sorted(ids.map((id) => target.fields(id))));
  },

  'an upsert gives one outcome per change, in order': async (bench) => {
    const target = await freshTarget(bench);
    const first = await write(bench, 'upsert', [changeOf(1, 'upsert', target.fields(1))]);
    const batch = [2, 1].map((id) =>
      changeOf(id, 'upsert', target.fields(id, 2), id === 1 ? keyOf(first.outcomes[0]) : null),
    );
    const { outcomes } = await write(bench, 'upsert', batch);
    expect(statesOf(outcomes)).toEqual(['written', 'written']);
    expect(keyOf(outcomes[1])).toBe(keyOf(first.outcomes[0]));
    expect(sorted(await target.truth())).toEqual(sorted([1, 2].map((id) => target.fields(id, 2))));
  },

  'an update gives one outcome per change, in order': async (bench) => {
    const target = await freshTarget(bench);
    const created = await write(
      bench,
      bench.setup.modes.includes('upsert') ? 'upsert' : 'insert',
      ids.map((id) => changeOf(id, 'create', target.fields(id))),
    );
    const keys = created.outcomes.map(keyOf);
    const { outcomes } = await write(bench, 'update', [
      changeOf(1, 'update', target.fields(1, 2), keys[1]),
      changeOf(3, 'update', target.fields(3, 2), keys[0]),
    ]);
    expect(outcomes.map(keyOf)).toEqual([keys[1], keys[0]]);
    expect(sorted(await target.truth())).toEqual(sorted([target.fields(1, 2), target.fields(2), target.fields(3, 2)]));
  },

  'a deletion gives one outcome per change, in order': async (bench) => {
    const target = await freshTarget(bench);
    const created = await write(
      bench,
      'upsert',
      ids.map((id) => changeOf(id, 'create', target.fields(id))),
    );
    const gone = [
      changeOf(3, 'delete', {}, keyOf(created.outcomes[0])),
      changeOf(2, 'delete', {}, keyOf(created.outcomes[2])),
    ];
    expect(statesOf((await write(bench, 'delete', gone)).outcomes)).toEqual(['written', 'written']);
    expect(await target.truth()).toEqual([target.fields(1)]);
    // Gone already is what was asked for.
    expect(statesOf((await write(bench, 'delete', gone)).outcomes)).toEqual(['written', 'written']);
  },

  'the same batch twice is harmless': async (bench) => {
    const target = await freshTarget(bench);
    const mode = bench.setup.modes.includes('upsert') ? 'upsert' : 'insert';
    const batch = ids.map((id) => changeOf(id, 'create', target.fields(id)));
    await write(bench, mode, batch);
    // The confirmation was lost: the next process sends the same batch, from the same position.
    const { outcomes } = await write(bench, mode, batch);
    expect(statesOf(outcomes)).toEqual(['written', 'written', 'written']);
    expect(sorted(await target.truth())).toEqual(sorted(ids.map((id) => target.fields(id))));
  },

  'records are found by own id': async (bench) => {
    const target = await freshTarget(bench);
    const batch = ids.map((id) => changeOf(id, 'create', target.fields(id)));
    const { outcomes } = await write(bench, 'upsert', batch);
    const writer = writerOf(bench, 'upsert');
    const asked = [batch[1]?.recordKey ?? '', 'f'.repeat(32)];
    const found = await needed(writer.findByOwnId).call(writer, asked, noSignal);
    expect(found.map(({ askedFor, targetKey }) => ({ askedFor, targetKey }))).toEqual([
      { askedFor: asked[0], targetKey: keyOf(outcomes[1]) },
    ]);
  },

  'records are found by natural fields': async (bench) => {
    const target = await freshTarget(bench);
    const { outcomes } = await write(
      bench,
      'upsert',
      ids.map((id) => changeOf(id, 'create', target.fields(id))),
    );
    const writer = writerOf(bench, 'upsert');
    const values = [1, 99, 3].map((id) => target.matchOn.map((field) => String(target.fields(id)[field])));
    const found = await needed(writer.findByMatch).call(writer, target.matchOn, values, noSignal);
    expect(sorted(found.map(({ askedFor, targetKey }) => ({ askedFor, targetKey })))).toEqual(
      sorted([
        { askedFor: JSON.stringify(values[0]), targetKey: keyOf(outcomes[1]) },
        { askedFor: JSON.stringify(values[2]), targetKey: keyOf(outcomes[0]) },
      ]),
    );
  },

  'records are read by key': async (bench) => {
    const target = await freshTarget(bench);
    const { outcomes } = await write(
      bench,
      'upsert',
      ids.map((id) => changeOf(id, 'create', target.fields(id))),
    );
    const writer = writerOf(bench, 'upsert');
    const key = keyOf(outcomes[2]);
    const found = await needed(writer.readByKey).call(writer, [key, '424242'], noSignal);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ targetKey: key, fields: target.fields(2) });
  },

  'bad rows are refused one by one': async (bench) => {
    const target = await freshTarget(bench);
    const bad = target.bad(50);
    if (bad === null) throw new Error('this target takes everything: give the reason in `notSupported`');
    const batch = [
      ...ids.map((id) => changeOf(id, 'create', target.fields(id))),
      changeOf(50, 'create', bad.fields),
      changeOf(4, 'create', target.fields(4)),
    ];
    const { outcomes } = await write(bench, bench.setup.modes[0] ?? 'insert', batch);
    expect(statesOf(outcomes)).toEqual(['written', 'written', 'written', 'refused', 'written']);
    const refused = outcomes[3];
    if (refused?.state !== 'refused') throw new Error('not refused');
    expect(refused.failure.message).toContain(bad.words);
    expect(['rejected', 'conflict']).toContain(refused.failure.kind);
    expect(await target.truth()).toHaveLength(4);
  },

  'edge values survive or are refused by name': async (bench) => {
    for (const [kind, values] of Object.entries(edgeValues) as [EdgeKind, readonly JsonValue[]][]) {
      const target = await freshTarget(bench);
      const field = target.edgeField(kind);
      if (field === null) continue;
      const batch = values.map((value, index) =>
        changeOf(100 + index, 'create', { ...target.fields(100 + index), [field]: value }),
      );
      const { outcomes } = await write(bench, bench.setup.modes[0] ?? 'insert', batch);
      const held = await target.truth();
      values.forEach((value, index) => {
        const outcome = outcomes[index];
        const record = held.find((each) => hasIdentity(each, target.fields(100 + index), field));
        if (outcome?.state === 'refused') {
          expect(record).toBeUndefined();
          expect(outcome.failure.message.length).toBeGreaterThan(20);
          return;
        }
        const now = record?.[field];
        const isSame = now !== undefined && (target.isSame?.(kind, value, now) ?? Object.is(now, value));
        expect({ kind, value, now, isSame }).toEqual({ kind, value, now, isSame: true });
      });
    }
  },

  'an abort ends a write promptly': async (bench) => {
    const target = await freshTarget(bench);
    const stop = new AbortController();
    stop.abort(new Error('stopped by the test'));
    const writing = writerOf(bench, bench.setup.modes[0] ?? 'insert').write([changeOf(1, 'create', target.fields(1))], {
      ...sendNow,
      signal: stop.signal,
    });
    await expect(writing).rejects.toThrow('stopped by the test');
    expect(await target.truth()).toEqual([]);
  },

  'nothing is sent when the last check fails': async (bench) => {
    const target = await freshTarget(bench);
    const mode = bench.setup.modes[0] ?? 'insert';
    const beforeSend = (): void => {
      throw new Error('the lease is over');
    };
    const change = changeOf(1, 'create', target.fields(1));
    await expect(writerOf(bench, mode).write([change], { ...sendNow, beforeSend })).rejects.toThrow(
      /the lease is over/,
    );
    expect(await target.truth()).toEqual([]);
    let calls = 0;
    await writerOf(bench, mode).write([change], {
      ...sendNow,
      beforeSend: () => {
        calls += 1;
      },
    });
    expect(calls).toBeGreaterThan(0);
  },
};

/** What goes wrong between programs (promise 11); none begins with what a spreadsheet takes for a formula. */
const edgeValues: Readonly<Record<EdgeKind, readonly JsonValue[]>> = {
  text: [
    '007',
    '12345678901234567890',
    '1e5',
    'null',
    '',
    null,
    ' spaces around ',
    'line\nbreak\r\nand\ttab',
    'quotes " \' ` and , ; |',
    'Żółć, Привет, 東京',
    'family 👩‍👩‍👧‍👦 and é',
    'שלום עולם \u202eright to left',
    'zero \u0000 byte',
    'half \ud83d of a character',
    '\ufeffmark',
    'x'.repeat(100_000),
    '<b>&amp;</b> _x0041_',
  ],
  decimal: ['0.10', '12345678901234567890.123456789', '0.000000000000000001', '-0.5', '9007199254740993', '100'],
  date: ['2025-03-01', '1899-12-31', '2024-02-29'],
  datetime: [
    '2025-03-01T10:00:00Z',
    '2025-03-01T10:00:00+02:00',
    '2025-03-01T10:00:00.123456Z',
    '1969-12-31T23:59:59.5Z',
  ],
};

async function freshTarget({ setup }: Bench): Promise<TargetSetup> {
  if (setup.target === null) throw new Error('this connector has no target: give the reason in `notSupported`');
  await setup.target.reset();
  return setup.target;
}

function writerOf(bench: Bench, mode: WriteMode): Writer {
  const { target } = bench.setup;
  const fields = Object.keys(target?.fields(1) ?? {});
  return bench.open().writer(writeRequest(target?.stream ?? '', mode, { fields, matchOn: target?.matchOn ?? [] }));
}

/** One batch by a writer of its own, as another process would. */
async function write(bench: Bench, mode: WriteMode, changes: readonly Change[]): Promise<WriteResult> {
  const writer = writerOf(bench, mode);
  try {
    const result = await writer.write(changes, sendNow);
    expect(result.outcomes).toHaveLength(changes.length);
    return result;
  } finally {
    await writer.close?.();
  }
}

function keyOf(outcome: Outcome | undefined): string {
  if (outcome?.state === 'written') return outcome.targetKey;
  const said = outcome !== undefined && isFailure(outcome.failure) ? outcome.failure.message : 'nothing';
  throw new Error(`expected a written record, got ${outcome?.state ?? 'none'}: ${said}`);
}

function statesOf(outcomes: readonly Outcome[]): string[] {
  return outcomes.map((outcome) => outcome.state);
}

function needed<Part>(part: Part | undefined): Part {
  if (part === undefined) throw new Error('the writer cannot do this: give the reason in `notSupported`');
  return part;
}

function sorted<Value>(values: readonly Value[]): Value[] {
  return [...values].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** The same record, whatever stands in the field under test. */
function hasIdentity(held: JsonObject, wanted: JsonObject, except: string): boolean {
  return Object.entries(wanted).every(([name, value]) => name === except || held[name] === value);
}
