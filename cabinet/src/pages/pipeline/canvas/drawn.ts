import { type Edge, MarkerType } from '@xyflow/react';
import type { TFunction } from 'i18next';
import { type Positions, placed, slotOf, slotsOf } from './layout.js';
import type { PartNode } from './part-node.js';
import type { Graph, Part } from './parts.js';
import { type Words, wordsOf } from './words.js';

export interface Shown {
  readonly graph: Graph;
  readonly chosen: string | null;
  readonly positions: Positions;
  readonly trouble: ReadonlyMap<string, { readonly errors: number; readonly warnings: number }>;
}

/** The nodes of all parts; one slot stands where it is read and where it is written. */
export function nodesOf({ graph, positions, trouble, chosen }: Shown, t: TFunction): PartNode[] {
  const boxes = placed(graph, positions);
  const node = (part: Part, id: string): PartNode[] => {
    const box = boxes.get(id);
    if (box === undefined) return [];
    const { errors = 0, warnings = 0 } = trouble.get(part.id) ?? {};
    const words = wordsOf(part, t);
    const isInside = part.flow !== '' && part.kind !== 'flow';
    return [
      {
        id,
        type: part.kind === 'flow' ? 'frame' : 'part',
        position: { x: box.x, y: box.y },
        width: box.width,
        height: box.height,
        draggable: !isInside,
        selectable: true,
        selected: part.id === chosen,
        data: { part, ...words, isChosen: part.id === chosen, errors, warnings },
        ariaLabel: spoken(part, words, t),
        ...(isInside && { parentId: `flow:${part.flow}` }),
      },
    ];
  };
  return graph.parts.flatMap((part) =>
    part.kind === 'slot' ? [...node(part, part.id), ...node(part, `written:${part.name}`)] : node(part, part.id),
  );
}

function spoken(part: Part, { title, detail }: Words, t: TFunction): string {
  const kind = t(`canvas.kinds.${part.kind}`);
  const place = part.kind === 'flow' ? '' : part.flow;
  return [place, title === kind ? '' : kind, title, detail].filter(Boolean).join(', ');
}

export function edgesOf(graph: Graph): Edge[] {
  const markerEnd = { type: MarkerType.ArrowClosed };
  const { read, written } = slotsOf(graph);
  const line = (source: string, target: string): Edge => ({
    id: `${source}>${target}`,
    source,
    target,
    sourceHandle: 'out',
    targetHandle: 'in',
    markerEnd,
    selectable: false,
    deletable: false,
  });
  const edges: Edge[] = [];
  let before = '';
  for (const part of graph.parts) {
    const slot = slotOf(part.detail);
    if (part.kind === 'source' && read.includes(slot)) edges.push(line(`slot:${slot}`, part.id));
    if (part.kind === 'step') edges.push(line(before, part.id));
    if (part.kind === 'map') edges.push(line(before, part.id));
    if (part.kind === 'target') edges.push(line(`map:${part.flow}:${part.index}`, part.id));
    if (part.kind === 'target' && written.includes(slot)) edges.push(line(part.id, `written:${slot}`));
    if (part.kind === 'source' || part.kind === 'step') before = part.id;
  }
  const flows = new Set(graph.parts.filter(({ kind }) => kind === 'flow').map(({ name }) => name));
  for (const { from, map, field, flow } of graph.references) {
    if (!flows.has(from) || from === flow) continue;
    edges.push({
      id: `${from}>${map}>${field}`,
      source: `flow:${from}`,
      target: map,
      sourceHandle: 'referred',
      targetHandle: 'refers',
      className: 'reference',
      label: field,
      markerEnd,
      selectable: false,
      deletable: false,
    });
  }
  return edges;
}
