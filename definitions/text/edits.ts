import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.js';
import { type MapPlace, mapPath } from './edit-places.js';
import type { TextPath } from './problem.js';
import { moveMember, renameKey } from './rearrange.js';
import { renamedReferences, renamedSlot } from './renames.js';
import { cannot, dropValue, insertMember, putValue, treeOf, valueAt } from './splice.js';
import { asTargetList } from './target-list.js';

/**
 * Every change that a person makes without typing the text, as a change of the text. Each takes the text and gives the
 * new one: comments and all lines that have nothing to do with the change stay byte for byte. What cannot be done so is
 * refused with `definition/invalid`, and nothing is changed.
 */

export function setTitle(text: string, title: string | null): string {
  return setOrDrop(text, ['title'], title);
}

/** `manual`, or a map with one of every, cron, webhook; null removes it. */
export function setTrigger(text: string, trigger: JsonValue): string {
  return setOrDrop(text, ['trigger'], trigger);
}

/** The error policy; null removes it. */
export function setErrors(text: string, errors: JsonObject | null): string {
  return setOrDrop(text, ['errors'], errors === null || Object.keys(errors).length === 0 ? null : errors);
}

export function addSlot(text: string, slot: string, connector: string): string {
  return added(text, ['connections', slot], { connector });
}

export function setConnector(text: string, slot: string, connector: string): string {
  present(text, ['connections', slot]);
  return putValue(text, ['connections', slot, 'connector'], connector);
}

/** Renames a slot and every `slot.stream` that uses it. */
export function renameSlot(text: string, slot: string, name: string): string {
  if (slot === name) return text;
  return renamedSlot(renameKey(text, ['connections', slot], name), slot, name);
}

export function removeSlot(text: string, slot: string): string {
  present(text, ['connections', slot]);
  return dropValue(text, ['connections', slot]);
}

export interface NewFlow {
  /** `slot.stream` that is read. */
  readonly source: string;
  /** `slot.stream` that is written. */
  readonly target: string;
  readonly read?: 'full' | 'incremental';
  readonly write?: 'insert' | 'update' | 'upsert' | 'delete';
}

/** A flow of a source and a target, which maps nothing yet. */
export function addFlow(
  text: string,
  flow: string,
  { source, target, read = 'full', write = 'upsert' }: NewFlow,
): string {
  return added(text, ['flows', flow], {
    from: { stream: source, read },
    map: {},
    to: { stream: target, write },
  });
}

/**
 * Renames a flow and every reference to it. With `keepsLinks` the flow tells its earlier name, so that a flow which has
 * run before goes on with the links of its records.
 */
export function renameFlow(text: string, flow: string, name: string, keepsLinks = false): string {
  if (flow === name) return text;
  const earlier = valueAt(treeOf(text, ['flows']).value, ['flows', flow, 'renamed_from']);
  const renamed = renamedReferences(renameKey(text, ['flows', flow], name), flow, name);
  if (!keepsLinks || typeof earlier === 'string') return renamed;
  return putValue(renamed, ['flows', name, 'renamed_from'], flow);
}

/** References of other flows to it stay, and are told as problems. */
export function removeFlow(text: string, flow: string): string {
  present(text, ['flows', flow]);
  return dropValue(text, ['flows', flow]);
}

/** Sets what is named and leaves the rest; null removes a setting. */
export function setSource(text: string, flow: string, settings: JsonObject): string {
  present(text, ['flows', flow]);
  return setAll(text, ['flows', flow, 'from'], settings);
}

/** Adds a step before the one at `at`, or as the last. */
export function addStep(text: string, flow: string, step: JsonObject, at?: number): string {
  const path = ['flows', flow, 'steps'];
  const steps = valueAt(present(text, ['flows', flow]), path);
  if (!Array.isArray(steps) || steps.length === 0) return putValue(text, path, [step]);
  return insertMember(text, [...path, Math.min(at ?? steps.length, steps.length)], step);
}

export function setStep(text: string, flow: string, index: number, step: JsonObject): string {
  const path = ['flows', flow, 'steps', index];
  present(text, path);
  return putValue(text, path, step);
}

export function moveStep(text: string, flow: string, from: number, to: number): string {
  return moveMember(text, ['flows', flow, 'steps'], from, to);
}

/** With its last step a flow loses the key `steps`. */
export function removeStep(text: string, flow: string, index: number): string {
  return removeFrom(text, ['flows', flow, 'steps'], index);
}

/** Maps a field of a target; `target` is its name where the flow has several. */
export function setMapped(text: string, flow: string, field: string, value: JsonValue, target?: MapPlace): string {
  present(text, ['flows', flow]);
  return putValue(text, [...mapPath(text, flow, target), field], value);
}

export function renameMapped(text: string, flow: string, field: string, name: string, target?: MapPlace): string {
  return field === name ? text : renameKey(text, [...mapPath(text, flow, target), field], name);
}

export function removeMapped(text: string, flow: string, field: string, target?: MapPlace): string {
  const path = [...mapPath(text, flow, target), field];
  present(text, path);
  return dropValue(text, path);
}

export interface Reference {
  /** `<flow>`, `<flow>:<target>` or `<pipeline>/<flow>`. */
  readonly ref: string;
  /** Path of the source key that is referred to. */
  readonly by: string;
  readonly missing?: 'wait' | 'dead_letter' | 'null';
  readonly late?: boolean;
}

/** Maps a field to the record that another flow wrote. */
export function setRef(text: string, flow: string, field: string, reference: Reference, target?: MapPlace): string {
  const { ref, by, missing, late } = reference;
  const value: JsonObject = { ref, by };
  if (missing !== undefined && missing !== 'wait') value.missing = missing === 'null' ? null : missing;
  if (late === true) value.late = true;
  return setMapped(text, flow, field, value, target);
}

/** Adds a target; a flow of one gets a list of two, and its map moves to the first, named for its stream. */
export function addTarget(text: string, flow: string, target: JsonObject): string {
  const value = present(text, ['flows', flow]);
  const targets = valueAt(value, ['flows', flow, 'to']);
  if (targets === undefined || targets === null) return putValue(text, ['flows', flow, 'to'], target);
  if (Array.isArray(targets)) return insertMember(text, ['flows', flow, 'to', targets.length], target);
  const first = nameOf(targets, target.name);
  return insertMember(asTargetList(text, flow, first), ['flows', flow, 'to', 1], target);
}

/** Sets what is named of a target and leaves the rest; null removes a setting. */
export function setTarget(text: string, flow: string, settings: JsonObject, target?: MapPlace): string {
  return setAll(text, targetPath(text, flow, target), settings);
}

export function removeTarget(text: string, flow: string, target: MapPlace): string {
  const path = targetPath(text, flow, target);
  const index = path.at(-1);
  if (typeof index !== 'number') throw cannot(path, 'There is nothing at this place to change.');
  present(text, path);
  return removeFrom(text, path.slice(0, -1), index);
}

/** A value table; null removes it. */
export function setValueMap(text: string, name: string, entries: JsonObject | null): string {
  return setOrDrop(text, ['values', name], entries);
}

function nameOf(target: JsonValue, taken: JsonValue | undefined): string {
  const stream = isJsonObject(target) && typeof target.stream === 'string' ? target.stream : '';
  const name = stream
    .slice(stream.indexOf('.') + 1)
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '_')
    .replace(/^[^a-z]+/, '');
  return name === '' || name === taken ? 'main' : name;
}

function targetPath(text: string, flow: string, target: MapPlace | undefined): TextPath {
  const path = mapPath(text, flow, target);
  present(text, ['flows', flow]);
  return path.at(-2) === flow ? ['flows', flow, 'to'] : path.slice(0, -1);
}

function setAll(text: string, path: TextPath, settings: JsonObject): string {
  const current = valueAt(treeOf(text, path).value, path);
  if (!isJsonObject(current)) {
    return putValue(text, path, Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null)));
  }
  let result = text;
  for (const [name, value] of Object.entries(settings)) result = setOrDrop(result, [...path, name], value);
  return result;
}

/** Removes a member of a list, or the whole list with its last one. */
function removeFrom(text: string, path: TextPath, index: number): string {
  const members = valueAt(present(text, [...path, index]), path);
  return dropValue(text, Array.isArray(members) && members.length === 1 ? path : [...path, index]);
}

/** Sets a value; null removes it, and a table that had only this one. */
function setOrDrop(text: string, path: TextPath, value: JsonValue): string {
  if (value !== null) return putValue(text, path, value);
  const parent = valueAt(treeOf(text, path).value, path.slice(0, -1));
  const isLast = path[0] === 'values' && isJsonObject(parent) && Object.keys(parent).length === 1;
  const name = path.at(-1);
  const isHere = isJsonObject(parent) && typeof name === 'string' && Object.hasOwn(parent, name);
  return dropValue(text, isLast && isHere ? path.slice(0, -1) : path);
}

function added(text: string, path: TextPath, value: JsonValue): string {
  const name = String(path.at(-1));
  if (valueAt(treeOf(text, path).value, path) !== undefined) throw cannot(path, `The name \`${name}\` is taken.`);
  return putValue(text, path, value);
}

/** The value of the whole text, in which something stands at the path. */
function present(text: string, path: TextPath): JsonValue {
  const { value } = treeOf(text, path);
  if (valueAt(value, path) === undefined) throw cannot(path, 'There is nothing at this place to change.');
  return value;
}
