import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import type { TextPath } from '../problem.js';

/** An edit, what it makes of the plain value, and the places whose lines it may touch. */
export interface Act {
  readonly name: string;
  readonly edit: (text: string) => string;
  readonly model: (value: JsonObject) => void;
  readonly touches: readonly TextPath[];
}

/** Undefined where the act makes no sense in the scene. */
export type PossibleAct = () => Act | undefined;

/** What chance has chosen: an act, the flow, members of it, and what is written there. */
export interface Choice {
  readonly kind: number;
  readonly flow: number;
  readonly member: number;
  readonly other: number;
  readonly value: JsonValue;
}

/** The chosen places of a definition, as acts name them. */
export interface Scene {
  /** The name of the flow, and the flow itself; null where there is none. */
  readonly flow: string;
  readonly place: JsonObject | null;
  readonly mapPath: TextPath;
  readonly map: JsonObject;
  /** A field that is mapped. */
  readonly field: string | undefined;
  readonly steps: readonly JsonValue[];
  /** Two places among the steps. */
  readonly index: number;
  readonly to: number;
  readonly other: number;
  readonly given: JsonValue;
}

export const flowsOf = (value: JsonObject): JsonObject => (isJsonObject(value.flows) ? value.flows : {});

export function sceneOf(value: JsonObject, { flow: chosen, member, other, value: given }: Choice): Scene {
  const flows = flowsOf(value);
  const names = Object.keys(flows);
  const flow = names[chosen % Math.max(1, names.length)] ?? 'none';
  const here = flows[flow];
  const place = isJsonObject(here) ? here : null;
  const targets = place?.to;
  const mapPath: TextPath = Array.isArray(targets) ? ['flows', flow, 'to', 0, 'map'] : ['flows', flow, 'map'];
  const firstTarget = Array.isArray(targets) ? targets[0] : place;
  const map = isJsonObject(firstTarget) && isJsonObject(firstTarget.map) ? firstTarget.map : {};
  const fields = Object.keys(map);
  const field = fields[member % Math.max(1, fields.length)];
  const steps = Array.isArray(place?.steps) ? place.steps : [];
  const index = steps.length === 0 ? 0 : member % steps.length;
  const to = steps.length === 0 ? 0 : other % steps.length;
  return { flow, place, mapPath, map, field, steps, index, to, other, given };
}
