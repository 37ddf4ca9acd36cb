import { describe, expect, test } from '@jest/globals';
import type { Connector } from '../../connectors/kit/index.js';
import type { Plan } from '../../definitions/plan/plan.js';
import { costOf } from './preview-cost.js';

const connector = {
  id: 'vendor',
  declaredStreams: () => [{ name: 'contacts', write: { batchSize: 10 } }],
  limits: () => [
    { key: 'a', requests: 2, perMs: 1_000, burst: 5 },
    { key: 'b', requests: 100, perMs: 1_000 },
  ],
} as unknown as Connector;
const target = { name: '', slot: 'crm', stream: 'contacts', batch: null };
const plan = { slots: {}, flows: [{ id: 'contacts', targets: [target] }] } as unknown as Plan;
const bound = new Map([['crm', { name: 'our-crm', connector, settings: {} }]]);
const held = (count: number) => [{ flow: 'contacts', target: '', count }];

describe('what applying a preview costs', () => {
  test('writes count by batch, records that are there are looked at once more, limits give the time', () => {
    const summary = {
      changes: [
        { flow: 'contacts', operation: 'create', count: 100 },
        { flow: 'contacts', operation: 'update', count: 100 },
      ],
    };
    expect(costOf(plan, held(200), summary, bound)).toEqual({
      calls: 22,
      atLeastMs: 8_500,
      connections: [{ connection: 'our-crm', connector: 'vendor', reads: 2, writes: 20, atLeastMs: 8_500 }],
    });
  });

  test('nothing to write costs nothing', () => {
    expect(costOf(plan, held(0), {}, bound)).toEqual({ calls: 0, atLeastMs: 0, connections: [] });
  });

  test('a batch of the definition counts before the declared one', () => {
    const own = { ...plan, flows: [{ id: 'contacts', targets: [{ ...target, batch: 100 }] }] } as unknown as Plan;
    expect(costOf(own, held(200), {}, bound).calls).toBe(2);
  });
});
