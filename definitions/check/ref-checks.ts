import type { Definition } from '../schema/definition.js';
import { didYouMean } from '../text/nearest.js';
import type { TextPath } from '../text/problem.js';
import type { CheckContext } from './context.js';
import { type ParsedRef, parseRef } from './paths.js';
import type { Partly } from './prune.js';

/** Checks that the flow, and the target of it, that a reference names exist. */
export function checkRefTarget(context: CheckContext, ref: ParsedRef, path: TextPath): void {
  if (ref.pipeline !== null && ref.pipeline !== context.definition.pipeline) {
    checkOtherPipeline(context, ref, path);
    return;
  }
  if (!context.flowNames.includes(ref.flow)) {
    context.reporter.report('definition/unknown_flow', path, {
      message: `The flow \`${ref.flow}\` is not under \`flows\`.`,
      hint: didYouMean(ref.flow, context.flowNames, 'flows'),
    });
    return;
  }
  const to = context.definition.flows?.[ref.flow]?.to;
  if (to !== undefined) checkTargetName(context, ref, targetNames(to), path);
}

function checkOtherPipeline(context: CheckContext, ref: ParsedRef, path: TextPath): void {
  const { otherPipelines } = context;
  if (!otherPipelines || ref.pipeline === null) return;
  const plan = otherPipelines.get(ref.pipeline);
  if (!plan) {
    context.reporter.report('definition/unknown_pipeline', path, {
      message: `The pipeline \`${ref.pipeline}\` is not known.`,
      hint: didYouMean(ref.pipeline, otherPipelines.keys(), 'pipelines'),
    });
    return;
  }
  const flow = plan.flows.find((each) => each.id === ref.flow);
  if (!flow) {
    const known = plan.flows.map((each) => each.id);
    context.reporter.report('definition/unknown_flow', path, {
      message: `The pipeline \`${ref.pipeline}\` has no flow \`${ref.flow}\`.`,
      hint: didYouMean(ref.flow, known, 'flows'),
    });
    return;
  }
  const names = flow.targets.map((target) => target.name);
  checkTargetName(context, ref, names, path);
}

function checkTargetName(context: CheckContext, ref: ParsedRef, names: readonly string[], path: TextPath): void {
  if (names.includes(ref.target) || (ref.target === '' && names.length === 1)) return;
  const own = names.filter((name) => name !== '');
  const message =
    ref.target === ''
      ? `The flow \`${ref.flow}\` has several targets.`
      : `The flow \`${ref.flow}\` has no target \`${ref.target}\`.`;
  const hint =
    own.length === 0
      ? `It has one target without a name: write \`${ref.flow}\`.`
      : `Name one: ${own.map((name) => `\`${ref.flow}:${name}\``).join(', ')}.`;
  context.reporter.report('definition/unknown_flow', path, { message, hint });
}

type PartlyTo = NonNullable<Partly<Definition['flows'][string]>['to']>;

/** Names of a flow's targets; a plain `to` has the name ''. */
export function targetNames(to: PartlyTo): string[] {
  if (!Array.isArray(to)) return [''];
  return to.map((target: { readonly name?: string } | undefined) => target?.name ?? '');
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly path: TextPath;
}

/** Reports circles of references that have to be written at once. A flow may refer to itself: that is always late. */
export function checkCycles(context: CheckContext): void {
  const edges = hardEdges(context);
  const settled = new Set<string>();
  for (const start of context.flowNames) {
    if (settled.has(start)) continue;
    const circle = findCircle(start, edges, settled);
    if (!circle) continue;
    const closing = circle[circle.length - 1];
    if (!closing) continue;
    const names = circle.map((edge) => `\`${edge.from}\``);
    context.reporter.report('definition/ref_cycle', closing.path, {
      message: `Flows ${names.join(', ')} refer to each other in a circle, so none could be written first.`,
      hint: 'Add `late: true` to one of these references; it is then written in a second pass.',
    });
  }
}

function hardEdges(context: CheckContext): Edge[] {
  const edges: Edge[] = [];
  for (const [name, flow] of Object.entries(context.definition.flows ?? {})) {
    const maps: [Partly<Record<string, unknown>> | undefined, TextPath][] = [[flow?.map, ['flows', name, 'map']]];
    const to = flow?.to;
    if (Array.isArray(to)) {
      to.forEach((target: { readonly map?: Partly<Record<string, unknown>> } | undefined, index) => {
        maps.push([target?.map, ['flows', name, 'to', index, 'map']]);
      });
    }
    for (const [map, path] of maps) for (const edge of edgesOf(context, name, map, path)) edges.push(edge);
  }
  return edges;
}

function edgesOf(
  context: CheckContext,
  from: string,
  map: Partly<Record<string, unknown>> | undefined,
  path: TextPath,
): Edge[] {
  const edges: Edge[] = [];
  for (const [field, source] of Object.entries(map ?? {})) {
    if (typeof source !== 'object' || source === null) continue;
    const { ref: text, late } = source as { ref?: unknown; late?: unknown };
    const ref = typeof text === 'string' ? parseRef(text) : null;
    if (!ref || late === true || ref.flow === from) continue;
    if (ref.pipeline !== null && ref.pipeline !== context.definition.pipeline) continue;
    edges.push({ from, to: ref.flow, path: [...path, field, 'ref'] });
  }
  return edges;
}

/** Depth first from one flow; the edges of the first circle met, in order. */
function findCircle(start: string, edges: readonly Edge[], settled: Set<string>): Edge[] | null {
  const trail: Edge[] = [];
  const onTrail = new Set<string>();
  const visit = (name: string): Edge[] | null => {
    onTrail.add(name);
    for (const edge of edges) {
      if (edge.from !== name || settled.has(edge.to)) continue;
      trail.push(edge);
      if (onTrail.has(edge.to)) return trail.slice(trail.findIndex((each) => each.from === edge.to));
      const found = visit(edge.to);
      if (found) return found;
      trail.pop();
    }
    onTrail.delete(name);
    settled.add(name);
    return null;
  };
  const circle = visit(start);
  if (circle) for (const edge of circle) settled.add(edge.from);
  return circle;
}
