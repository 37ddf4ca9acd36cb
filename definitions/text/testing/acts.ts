import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../core/json.js';
import { actsOnDefinition } from './acts-on-definition.js';
import { actsOnEnds, actsOnFlows, actsOnMap, actsOnSteps } from './acts-on-flows.js';
import { type Act, type Choice, flowsOf, sceneOf } from './scene.js';

/** What a person may do with this text; undefined where the chosen act makes no sense here. */
export function actOf(value: JsonObject, choice: Choice): Act | undefined {
  const scene = sceneOf(value, choice);
  const acts = [actsOnFlows, actsOnMap, actsOnSteps, actsOnDefinition, actsOnEnds].flatMap((group) => group(scene));
  const act = acts[choice.kind % acts.length]?.();
  const isTaken = act?.name === 'addFlow' && Object.hasOwn(flowsOf(value), `added${choice.other}`);
  const isSlotTaken =
    act?.name === 'addSlot' && Object.hasOwn((value.connections as JsonObject) ?? {}, `slot${choice.other}`);
  return isTaken || isSlotTaken ? undefined : act;
}

export const choice = fc.record<Choice>({
  kind: fc.nat(16),
  flow: fc.nat(20),
  member: fc.nat(40),
  other: fc.integer({ min: 1, max: 40 }),
  value: fc.oneof(
    fc.constantFrom<JsonValue>('TITLE', 'A.B[0].C', 'yes', "record.A == '# x'", 'Zażółć gęślą', '007', true, 12),
    fc.constantFrom<JsonValue>(
      { from: 'A', as: 'text' },
      { expr: "x == '' ? null : x", default: null },
      { ref: 'deals', by: 'ID' },
    ),
    fc.string({ minLength: 1, maxLength: 12 }),
  ),
});
