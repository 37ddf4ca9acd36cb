import { isJsonObject, type JsonObject } from '../../../core/json.js';
import * as edits from '../edits.js';
import type { PossibleAct, Scene } from './scene.js';

/** What a definition says besides its flows. */
export function actsOnDefinition({ other, given }: Scene): PossibleAct[] {
  return [
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
  ];
}
