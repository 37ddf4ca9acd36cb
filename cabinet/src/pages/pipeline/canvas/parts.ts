import type { TextPath } from '../../../../../definitions/text/problem.js';
import { isMap, type JsonMap, streamOf, textOf } from '../known.js';

export type PartKind = 'pipeline' | 'trigger' | 'errors' | 'slot' | 'flow' | 'source' | 'step' | 'map' | 'target';

/** A part of a pipeline as the canvas and the list show it. */
export interface Part {
  /** Such as `flow:deals` or `step:deals:0`. */
  readonly id: string;
  readonly kind: PartKind;
  readonly path: TextPath;
  /** What the text calls it. */
  readonly name: string;
  /** What it does, in the words of the text. */
  readonly detail: string;
  /** The flow that it belongs to; empty outside of flows. */
  readonly flow: string;
  /** Its index among the steps or targets of the flow. */
  readonly index: number;
  readonly value: unknown;
}

export interface ReferenceLine {
  readonly from: string;
  readonly field: string;
  /** The map that refers. */
  readonly map: string;
  readonly flow: string;
}

export interface Graph {
  readonly parts: readonly Part[];
  readonly references: readonly ReferenceLine[];
}

/** The parts of a definition in the order of reading; whatever is not of its shape is left out. */
export function graphOf(root: JsonMap): Graph {
  const part = (kind: PartKind, path: TextPath, more: Partial<Part>): Part => ({
    id: kind,
    kind,
    path,
    name: '',
    detail: '',
    flow: '',
    index: 0,
    value: valueAt(root, path),
    ...more,
  });
  const parts: Part[] = [
    part('pipeline', [], {
      name: textOf(root.pipeline),
      detail: textOf(root.title),
      value: { title: root.title ?? null },
    }),
    part('trigger', ['trigger'], { detail: triggerWords(root.trigger) }),
    part('errors', ['errors'], { detail: isMap(root.errors) ? inWords(root.errors) : '' }),
  ];
  for (const [slot, value] of entriesOf(root.connections)) {
    const detail = isMap(value) ? textOf(value.connector) : '';
    parts.push(part('slot', ['connections', slot], { id: `slot:${slot}`, name: slot, detail }));
  }
  const references: ReferenceLine[] = [];
  for (const [flow, value] of entriesOf(root.flows)) {
    if (!isMap(value)) continue;
    const path = ['flows', flow];
    parts.push(part('flow', path, { id: `flow:${flow}`, name: flow, flow, value: {} }));
    const detail = streamOf(value.from);
    parts.push(part('source', [...path, 'from'], { id: `source:${flow}`, name: flow, flow, detail }));
    listOf(value.steps).forEach((step, index) => {
      const [name = '', inner] = isMap(step) ? (Object.entries(step)[0] ?? []) : [];
      const more = { id: `step:${flow}:${index}`, name, flow, index, detail: stepWords(inner) };
      parts.push(part('step', [...path, 'steps', index], more));
    });
    const targets = Array.isArray(value.to) ? value.to : [value.to];
    targets.forEach((target: unknown, index) => {
      const isList = Array.isArray(value.to);
      const place = isList ? [...path, 'to', index] : [...path, 'to'];
      const name = isMap(target) ? textOf(target.name) : '';
      const mapPath = isList ? [...place, 'map'] : [...path, 'map'];
      const map = valueAt(root, mapPath);
      const id = `map:${flow}:${index}`;
      parts.push(
        part('map', mapPath, { id, name, flow, index, detail: String(isMap(map) ? Object.keys(map).length : 0) }),
      );
      const words = { id: `target:${flow}:${index}`, name, flow, index, detail: streamOf(target) };
      parts.push(part('target', place, words));
      for (const [field, mapped] of entriesOf(map)) {
        if (!isMap(mapped) || typeof mapped.ref !== 'string') continue;
        references.push({ from: mapped.ref.split(':')[0] ?? '', field, map: id, flow });
      }
    });
  }
  return { parts, references };
}

/** The part that a problem's path leads to, such as `flows.deals.steps[0].where`. */
export function partAt(parts: readonly Part[], path: string): Part | undefined {
  const wanted = pathParts(path);
  let best: Part | undefined;
  for (const part of parts) {
    const isInside = part.path.every((each, index) => each === wanted[index]);
    if (isInside && part.path.length >= (best?.path.length ?? 0)) best = part;
  }
  return best;
}

/** A path as people write it back to its keys and indexes. */
export function pathParts(path: string): TextPath {
  const parts: (string | number)[] = [];
  for (const [, index, quoted, name] of path.matchAll(/\[(\d+)\]|\['([^']*)'\]|([^.[\]]+)/g)) {
    if (index !== undefined) parts.push(Number(index));
    else parts.push(quoted ?? name ?? '');
  }
  return parts;
}

export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isMap(value) ? Object.entries(value) : [];
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function valueAt(root: unknown, path: TextPath): unknown {
  return path.reduce<unknown>((value, part) => {
    if (Array.isArray(value)) return typeof part === 'number' ? value[part] : undefined;
    return isMap(value) && typeof part === 'string' ? value[part] : undefined;
  }, root);
}

function triggerWords(trigger: unknown): string {
  if (!isMap(trigger)) return textOf(trigger);
  const { every, cron, webhook } = trigger;
  if (every !== undefined) return `every ${String(every)}`;
  if (cron !== undefined) return `cron ${String(cron)}`;
  return webhook === undefined ? '' : 'webhook';
}

function stepWords(inner: unknown): string {
  if (typeof inner === 'string') return inner;
  if (Array.isArray(inner)) return inner.map((each) => (isMap(each) ? textOf(each.that) : '')).join(', ');
  if (!isMap(inner)) return '';
  const { as, from, with: registry, path } = inner;
  const said = [as, from ?? registry ?? path].filter((each) => typeof each === 'string');
  return said.length > 0 ? said.join(' ← ') : Object.keys(inner).join(', ');
}

function inWords(value: JsonMap): string {
  return Object.entries(value)
    .map(([name, each]) => `${name}: ${isMap(each) ? inWords(each) : String(each)}`)
    .join(', ');
}
