import { parseText } from '../../../../definitions/text/tree.js';

export interface FlowOutline {
  readonly name: string;
  readonly source: string;
  readonly steps: readonly string[];
  readonly fieldCount: number;
  readonly targets: readonly string[];
}

export interface Reference {
  readonly flow: string;
  readonly field: string;
  readonly to: string;
}

export interface Outline {
  readonly flows: readonly FlowOutline[];
  readonly references: readonly Reference[];
}

type JsonMap = Readonly<Record<string, unknown>>;

/** What the picture shows of a text; null while the text cannot be read. Whatever is not of its shape is left out. */
export function outlineOf(text: string): Outline | null {
  const root: unknown = parseText(text).tree?.value;
  if (!isMap(root)) return null;
  const flows = Object.entries(isMap(root.flows) ? root.flows : {}).flatMap(([name, flow]): [string, JsonMap][] =>
    isMap(flow) ? [[name, flow]] : [],
  );
  return {
    flows: flows.map(([name, flow]) => ({
      name,
      source: streamOf(flow.from),
      steps: listOf(flow.steps).flatMap((step) => (isMap(step) ? Object.keys(step).slice(0, 1) : [])),
      fieldCount: mapsOf(flow).reduce((sum, map) => sum + Object.keys(map).length, 0),
      targets: (Array.isArray(flow.to) ? flow.to : [flow.to]).map(streamOf),
    })),
    references: flows.flatMap(([name, flow]) =>
      mapsOf(flow).flatMap((map) =>
        Object.entries(map).flatMap(([field, value]) =>
          isMap(value) && typeof value.ref === 'string' ? [{ flow: name, field, to: value.ref }] : [],
        ),
      ),
    ),
  };
}

/** The maps of a flow: its own, or one for each target. */
function mapsOf(flow: JsonMap): readonly JsonMap[] {
  return [flow.map, ...listOf(flow.to).map((target) => (isMap(target) ? target.map : null))].filter(isMap);
}

function streamOf(value: unknown): string {
  return isMap(value) && typeof value.stream === 'string' ? value.stream : '?';
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
