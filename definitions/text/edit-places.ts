import { isJsonObject } from '../../core/json.js';
import type { TextPath } from './problem.js';
import { cannot, treeOf, valueAt } from './splice.js';

/** A target of a flow: its name, or its index in the list. */
export type MapPlace = string | number;

/** Where a flow's map stands: beside its single target, or in the target of a list that is meant (else the first). */
export function mapPath(text: string, flow: string, target?: MapPlace): TextPath {
  const targets = valueAt(treeOf(text, ['flows', flow]).value, ['flows', flow, 'to']);
  if (!Array.isArray(targets)) {
    const isMeant = target === undefined || target === 0 || (isJsonObject(targets) && targets.name === target);
    if (isMeant) return ['flows', flow, 'map'];
    throw cannot(['flows', flow, 'to'], 'There is nothing at this place to change.');
  }
  const index =
    typeof target === 'string'
      ? targets.findIndex((each) => isJsonObject(each) && each.name === target)
      : (target ?? 0);
  if (targets[index] === undefined) throw cannot(['flows', flow, 'to'], 'There is nothing at this place to change.');
  return ['flows', flow, 'to', index, 'map'];
}
