import type { StreamDeclaration } from '../../connectors/kit/index.js';
import { Failure } from '../../core/failures.js';
import type { FieldTypes, FlowPlan } from '../../definitions/plan/plan.js';
import type { StreamFinder } from './open-flow.js';

/**
 * Compares what a flow was published against with the streams as they are now. Throws `read/drift` with the
 * difference when a mapped field is gone or has another type; fields that came are no drift.
 */
export async function refuseDrift(flow: FlowPlan, streams: StreamFinder): Promise<void> {
  const places = [
    { ...flow.from, types: flow.from.fieldTypes },
    ...flow.targets.map((target) => ({ ...target, types: target.fieldTypes })),
  ];
  const differences: string[] = [];
  for (const { slot, stream, types } of places) {
    if (types === undefined || Object.keys(types).length === 0) continue;
    const now = await streams.findNow(slot, stream);
    if (now === null) differences.push(`stream \`${slot}.${stream}\` is gone`);
    else differences.push(...differencesOf(`${slot}.${stream}`, types, now));
  }
  if (differences.length === 0) return;
  throw new Failure('read/drift', {
    message: `What flow \`${flow.id}\` maps has changed: ${differences.join('; ')}.`,
    hint: 'Restore the fields and resume this run; or cancel it, correct the mapping, publish and run again.',
    details: { flow: flow.id, differences },
  });
}

function differencesOf(place: string, types: FieldTypes, now: StreamDeclaration): string[] {
  const differences: string[] = [];
  for (const [name, type] of Object.entries(types)) {
    const field = now.fields.find((candidate) => candidate.name === name);
    if (field === undefined) {
      if (!now.isOpen) differences.push(`field \`${name}\` of \`${place}\` is gone`);
    } else if (field.type !== type) {
      differences.push(`field \`${name}\` of \`${place}\` is \`${field.type}\`, it was \`${type}\``);
    }
  }
  return differences;
}
