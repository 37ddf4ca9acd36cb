import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isJsonObject, type JsonObject, type JsonValue, stableStringify } from '../../core/json.js';
import * as edits from './edits.js';
import type { TextPath } from './problem.js';
import { parseText, type TextNode } from './tree.js';

/** An edit, what it makes of the plain value, and the places whose lines it may touch. */
interface Step {
  readonly name: string;
  readonly edit: (text: string) => string;
  readonly model: (value: JsonObject) => void;
  readonly touches: readonly TextPath[];
}

const folder = join(import.meta.dirname, '../examples');
const examples = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readFileSync(join(folder, name), 'utf8'))
  .filter((text) => text.length < 7_000);

const odd = `{ pipeline: odd, # in brackets
  connections: { a: { connector: http }, # one
    b: { connector: http } },
  flows: {
    one: { from: { stream: a.x }, map: { name: TITLE, # its name
        other: B }, to: { stream: b.y } }, # behind
    two: { from: { stream: a.z }, to: { stream: b.z } }
  } }
`;
const wide = `pipeline:   wide
connections:
      a:
            connector:   http   # the old one
flows:
      one:   # first
         # the source
         from:
            stream:   a.x   # read


         steps:
         - where: "record.A == '# no comment'"   # yes
         # between

         -  set:
               one: record.B
         map:
            # fields
            name: TITLE
            note:
              value: |
                # no comment
                text
            # the last
         to:
         - name: main   # main
           stream: a.y
           map: { x: Y }   # short
         -
           name: other
           stream: a.z
      # behind all
`;
const bare = 'pipeline: bare\nconnections: {}\nflows: {}';

const flowsOf = (value: JsonObject): JsonObject => (isJsonObject(value.flows) ? value.flows : {});

/** Comments and empty lines where a reader sees none of them. */
function commented(text: string, places: readonly number[]): string {
  const before = stableStringify(parseText(text).tree?.value ?? null);
  return places.reduce((result, place, number) => {
    const lines = result.split('\n');
    const at = place % lines.length;
    const indent = /^ */.exec(lines[at] ?? '')?.[0] ?? '';
    const changed = [...lines];
    if (place % 3 === 0) changed[at] = `${lines[at]}  # beside ${number}`;
    else if (place % 3 === 1) changed.splice(at, 0, `${indent}# above ${number}`);
    else changed.splice(at, 0, '');
    const now = changed.join('\n');
    const tree = parseText(now).tree;
    return tree !== null && stableStringify(tree.value) === before ? now : result;
  }, text);
}

interface Choice {
  readonly kind: number;
  readonly flow: number;
  readonly member: number;
  readonly other: number;
  readonly value: JsonValue;
}

/** What a person may do with this text; undefined where the chosen act makes no sense here. */
function stepOf(value: JsonObject, { kind, flow: chosen, member, other, value: given }: Choice): Step | undefined {
  const flows = flowsOf(value);
  const names = Object.keys(flows);
  const flow = names[chosen % Math.max(1, names.length)] ?? 'none';
  const here = flows[flow];
  const place = isJsonObject(here) ? here : null;
  const targets = place?.to;
  const mapPath: TextPath = Array.isArray(targets) ? ['flows', flow, 'to', 0, 'map'] : ['flows', flow, 'map'];
  const flowIn = (root: JsonObject): JsonObject => flowsOf(root)[flow] as JsonObject;
  const holder = (root: JsonObject): JsonObject => {
    const { to } = flowIn(root);
    return (Array.isArray(to) ? to[0] : flowIn(root)) as JsonObject;
  };
  const firstTarget = Array.isArray(targets) ? targets[0] : place;
  const map = isJsonObject(firstTarget) && isJsonObject(firstTarget.map) ? firstTarget.map : {};
  const fields = Object.keys(map);
  const field = fields[member % Math.max(1, fields.length)];
  const steps = Array.isArray(place?.steps) ? place.steps : [];
  const index = steps.length === 0 ? 0 : member % steps.length;
  const to = steps.length === 0 ? 0 : other % steps.length;
  const added = { where: String(given) };
  const acts: readonly (() => Step | undefined)[] = [
    () => ({
      name: 'addFlow',
      edit: (text) => edits.addFlow(text, `added${other}`, { source: 'a.b', target: 'c.d' }),
      model: (root) => {
        const all = isJsonObject(root.flows) ? root.flows : {};
        root.flows = all;
        all[`added${other}`] = {
          from: { stream: 'a.b', read: 'full' },
          map: {},
          to: { stream: 'c.d', write: 'upsert' },
        };
      },
      touches: [],
    }),
    () =>
      place === null
        ? undefined
        : {
            name: 'removeFlow',
            edit: (text) => edits.removeFlow(text, flow),
            model: (root) => void delete flowsOf(root)[flow],
            touches: [['flows', flow]],
          },
    () =>
      place === null
        ? undefined
        : {
            name: 'setMapped',
            edit: (text) => edits.setMapped(text, flow, `custom.f${other}`, given),
            model: (root) => {
              const at = holder(root);
              at.map = { ...(isJsonObject(at.map) ? at.map : {}), [`custom.f${other}`]: given };
            },
            touches: [[...mapPath, `custom.f${other}`]],
          },
    () =>
      field === undefined
        ? undefined
        : {
            name: 'changeMapped',
            edit: (text) => edits.setMapped(text, flow, field, given),
            model: (root) => void Object.assign(holder(root).map as JsonObject, { [field]: given }),
            touches: [[...mapPath, field]],
          },
    () =>
      field === undefined
        ? undefined
        : {
            name: 'removeMapped',
            edit: (text) => edits.removeMapped(text, flow, field),
            model: (root) => void delete (holder(root).map as JsonObject)[field],
            touches: [[...mapPath, field]],
          },
    () =>
      field === undefined || Object.hasOwn(map, `renamed${other}`)
        ? undefined
        : {
            name: 'renameMapped',
            edit: (text) => edits.renameMapped(text, flow, field, `renamed${other}`),
            model: (root) => {
              const now = holder(root).map as JsonObject;
              now[`renamed${other}`] = now[field] ?? null;
              delete now[field];
            },
            touches: [[...mapPath, field]],
          },
    () =>
      place === null
        ? undefined
        : {
            name: 'addStep',
            edit: (text) => edits.addStep(text, flow, added, index),
            model: (root) => void Object.assign(flowIn(root), { steps: steps.toSpliced(index, 0, added) }),
            touches: [],
          },
    () =>
      steps.length === 0
        ? undefined
        : {
            name: 'setStep',
            edit: (text) => edits.setStep(text, flow, index, added),
            model: (root) => void Object.assign(flowIn(root), { steps: steps.with(index, added) }),
            touches: [['flows', flow, 'steps', index]],
          },
    () =>
      steps.length === 0
        ? undefined
        : {
            name: 'removeStep',
            edit: (text) => edits.removeStep(text, flow, index),
            model: (root) => {
              if (steps.length === 1) delete flowIn(root).steps;
              else flowIn(root).steps = steps.toSpliced(index, 1);
            },
            touches: [['flows', flow, 'steps', index]],
          },
    () =>
      steps.length < 2
        ? undefined
        : {
            name: 'moveStep',
            edit: (text) => edits.moveStep(text, flow, index, to),
            model: (root) => {
              const moved = steps[index] ?? null;
              flowIn(root).steps = steps.toSpliced(index, 1).toSpliced(to, 0, moved);
            },
            touches: [['flows', flow, 'steps']],
          },
    () => ({
      name: 'setTrigger',
      edit: (text) => edits.setTrigger(text, other % 4 === 0 ? null : { every: `${other}m` }),
      model: (root) => {
        if (other % 4 === 0) delete root.trigger;
        else root.trigger = { every: `${other}m` };
      },
      touches: [['trigger']],
    }),
    () => ({
      name: 'setErrors',
      edit: (text) => edits.setErrors(text, other % 4 === 0 ? null : { stop_when: { rejected: '5%', of_last: other } }),
      model: (root) => {
        if (other % 4 === 0) delete root.errors;
        else root.errors = { stop_when: { rejected: '5%', of_last: other } };
      },
      touches: [['errors']],
    }),
    () => ({
      name: 'setTitle',
      edit: (text) => edits.setTitle(text, String(given)),
      model: (root) => void Object.assign(root, { title: String(given) }),
      touches: [['title']],
    }),
    () => ({
      name: 'setValueMap',
      edit: (text) => edits.setValueMap(text, `table${other % 2}`, { a: given, [`k${other}`]: 1 }),
      model: (root) =>
        void Object.assign(root, {
          values: {
            ...(isJsonObject(root.values) ? root.values : {}),
            [`table${other % 2}`]: { a: given, [`k${other}`]: 1 },
          },
        }),
      touches: [['values', `table${other % 2}`]],
    }),
    () => ({
      name: 'addSlot',
      edit: (text) => edits.addSlot(text, `slot${other}`, 'http'),
      model: (root) =>
        void Object.assign(root, {
          connections: { ...(root.connections as JsonObject), [`slot${other}`]: { connector: 'http' } },
        }),
      touches: [],
    }),
    () =>
      place === null || Array.isArray(place.to)
        ? undefined
        : {
            name: 'addTarget',
            edit: (text) => edits.addTarget(text, flow, { name: 'second', stream: 'c.d', map: { a: 'B' } }),
            model: (root) => {
              const now = flowIn(root);
              const { map: moved, to: first } = now;
              const name = String((first as JsonObject).stream)
                .split('.')
                .slice(1)
                .join('.')
                .toLowerCase()
                .replace(/[^a-z0-9_]+/g, '_');
              delete now.map;
              now.to = [
                {
                  name: name === 'second' ? 'main' : name,
                  ...(first as JsonObject),
                  ...(moved !== undefined && { map: moved }),
                },
                { name: 'second', stream: 'c.d', map: { a: 'B' } },
              ];
            },
            touches: [
              ['flows', flow, 'map'],
              ['flows', flow, 'to'],
            ],
          },
    () =>
      place === null
        ? undefined
        : {
            name: 'setSource',
            edit: (text) => edits.setSource(text, flow, { read: 'incremental', lag: `${other}m`, start: null }),
            model: (root) => {
              const from = flowIn(root).from as JsonObject;
              from.read = 'incremental';
              from.lag = `${other}m`;
              delete from.start;
            },
            touches: [
              ['flows', flow, 'from', 'read'],
              ['flows', flow, 'from', 'lag'],
              ['flows', flow, 'from', 'start'],
            ],
          },
  ];
  const step = acts[kind % acts.length]?.();
  const isTaken = step?.name === 'addFlow' && Object.hasOwn(flows, `added${other}`);
  const isSlotTaken =
    step?.name === 'addSlot' && Object.hasOwn((value.connections as JsonObject) ?? {}, `slot${other}`);
  return isTaken || isSlotTaken ? undefined : step;
}

const choice = fc.record({
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

const commentMark = /# (?:beside|above) \d+/g;

/** Lines outside the touched places, without the empty ones, in order. */
function untouchedLines(text: string, touches: readonly TextPath[]): readonly string[] {
  const { tree } = parseText(text);
  const lines = text.split(/\r?\n/);
  const touched = new Set<number>();
  for (const path of touches) {
    let at = path;
    let node: TextNode | null = null;
    while (at.length > 0 && node === null) {
      node = tree?.at(at) ?? null;
      at = node === null ? at.slice(0, -1) : at;
    }
    const isWhole = at.length === path.length || node?.isFlow === true || node?.children.size === 0;
    // A map of one member is left empty behind its key; the first key beside a dash gives its line to the next.
    const parent = tree?.at(at.slice(0, -1)) ?? null;
    const isSmall = isWhole && (parent?.children.size === 1 || parent?.key === null || parent?.isFlow === true);
    for (const each of [isWhole ? node : null, isSmall ? parent : null]) {
      if (each === null || tree === null) continue;
      const from = tree.lines.place(each.key?.start ?? each.value.start).line;
      const until = tree.lines.place(Math.max(each.value.end, each.key?.end ?? 0)).line;
      for (let line = from; line <= until; line++) touched.add(line);
    }
  }
  return lines.filter((line, index) => !touched.has(index + 1) && line.trim() !== '');
}

/** Members added to brackets and to what was empty touch the line they stand on. */
function isSubsequence(part: readonly string[], whole: readonly string[]): readonly string[] {
  let at = 0;
  const missing: string[] = [];
  for (const line of part) {
    const found = whole.indexOf(line, at);
    if (found < 0) missing.push(line);
    else at = found + 1;
  }
  return missing;
}

function inOneLineBrackets(line: string): boolean {
  return /[{}[\],]/.test(line);
}

describe('any sequence of edits', () => {
  test('keeps every comment and every line that it has nothing to do with, and changes only what it says', () => {
    let done = 0;
    let refused = 0;
    const why = new Map<string, number>();
    fc.assert(
      fc.property(
        fc.constantFrom(...examples, odd, wide, bare),
        fc.array(fc.nat(300), { maxLength: 6 }),
        fc.boolean(),
        fc.array(choice, { minLength: 1, maxLength: 6 }),
        (example, places, isWindows, choices) => {
          const begun = commented(example, places);
          let text = isWindows ? begun.replaceAll('\n', '\r\n') : begun;
          for (const each of choices) {
            const value = parseText(text).tree?.value;
            if (!isJsonObject(value)) throw new Error('the text cannot be read any more');
            const step = stepOf(structuredClone(value), each);
            if (step === undefined) continue;
            const wanted = structuredClone(value);
            step.model(wanted);
            let next: string;
            try {
              next = step.edit(text);
            } catch (error) {
              expect((error as { code?: unknown }).code).toBe('definition/invalid');
              refused += 1;
              why.set(step.name, (why.get(step.name) ?? 0) + 1);
              continue;
            }
            done += 1;
            const after = parseText(next).tree?.value ?? null;
            expect([step.name, stableStringify(after)]).toEqual([step.name, stableStringify(wanted)]);
            const marks = (of: string): readonly string[] => (of.match(commentMark) ?? []).sort();
            expect(marks(next)).toEqual(expect.arrayContaining([...marks(text)]));
            const lost = isSubsequence(untouchedLines(text, step.touches), next.split(/\r?\n/));
            expect([step.name, lost.filter((line) => !inOneLineBrackets(line))]).toEqual([step.name, []]);
            if (isWindows) expect(next.replaceAll('\r\n', '')).not.toContain('\n');
            text = next;
          }
        },
      ),
      { numRuns: Number(process.env.EDIT_RUNS ?? 120), seed: Number(process.env.EDIT_SEED ?? 7) },
    );
    // Refusals are for what cannot be done, not a way out.
    if (process.env.EDIT_SHOW) console.log(done, refused, [...why]);
    expect(refused).toBeLessThan(done / 20);
  });
});
