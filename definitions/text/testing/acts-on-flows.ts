import { isJsonObject, type JsonObject } from '../../../core/json.js';
import * as edits from '../edits.js';
import { flowsOf, type PossibleAct, type Scene } from './scene.js';

/** Whole flows. */
export function actsOnFlows({ flow, place, other }: Scene): PossibleAct[] {
  return [
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
  ];
}

/** What a flow maps. */
export function actsOnMap({ flow, place, mapPath, map, field, other, given }: Scene): PossibleAct[] {
  const holder = (root: JsonObject): JsonObject => {
    const { to } = flowIn(root, flow);
    return (Array.isArray(to) ? to[0] : flowIn(root, flow)) as JsonObject;
  };
  return [
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
  ];
}

/** The steps of a flow. */
export function actsOnSteps({ flow, place, steps, index, to, given }: Scene): PossibleAct[] {
  const added = { where: String(given) };
  return [
    () =>
      place === null
        ? undefined
        : {
            name: 'addStep',
            edit: (text) => edits.addStep(text, flow, added, index),
            model: (root) => void Object.assign(flowIn(root, flow), { steps: steps.toSpliced(index, 0, added) }),
            touches: [],
          },
    () =>
      steps.length === 0
        ? undefined
        : {
            name: 'setStep',
            edit: (text) => edits.setStep(text, flow, index, added),
            model: (root) => void Object.assign(flowIn(root, flow), { steps: steps.with(index, added) }),
            touches: [['flows', flow, 'steps', index]],
          },
    () =>
      steps.length === 0
        ? undefined
        : {
            name: 'removeStep',
            edit: (text) => edits.removeStep(text, flow, index),
            model: (root) => {
              if (steps.length === 1) delete flowIn(root, flow).steps;
              else flowIn(root, flow).steps = steps.toSpliced(index, 1);
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
              flowIn(root, flow).steps = steps.toSpliced(index, 1).toSpliced(to, 0, moved);
            },
            touches: [['flows', flow, 'steps']],
          },
  ];
}

/** From where and to where a flow leads. */
export function actsOnEnds({ flow, place, other }: Scene): PossibleAct[] {
  return [
    () =>
      place === null || Array.isArray(place.to)
        ? undefined
        : {
            name: 'addTarget',
            edit: (text) => edits.addTarget(text, flow, { name: 'second', stream: 'c.d', map: { a: 'B' } }),
            model: (root) => {
              const now = flowIn(root, flow);
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
              const from = flowIn(root, flow).from as JsonObject;
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
}

const flowIn = (root: JsonObject, flow: string): JsonObject => flowsOf(root)[flow] as JsonObject;
