import '@xyflow/react/dist/style.css';
import './canvas.css';
import { useComputedColorScheme } from '@mantine/core';
import {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  type Connection,
  Controls,
  type Edge,
  MarkerType,
  type OnNodesChange,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react';
import type { TFunction } from 'i18next';
import { type DragEvent, memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keptNodes } from './kept-nodes.js';
import { type Positions, placed, slotOf, slotsOf } from './layout.js';
import { nodeTypes } from './nodes.js';
import type { PartNode } from './part-node.js';
import type { Graph, Part } from './parts.js';
import { type Words, wordsOf } from './words.js';

export interface CanvasProps {
  readonly graph: Graph;
  readonly chosen: string | null;
  readonly positions: Positions;
  readonly trouble: ReadonlyMap<string, { readonly errors: number; readonly warnings: number }>;
  readonly isReadOnly: boolean;
  choose(id: string | null): void;
  move(id: string, place: { readonly x: number; readonly y: number }): void;
  remove(part: Part): void;
  /** A line was drawn from one part to another. */
  connect(from: Part, to: Part): void;
  /** Something from the palette was let go, over a part or beside them. */
  drop(kind: string, over: Part | null, place: { readonly x: number; readonly y: number }): void;
}

export const paletteType = 'application/x-pipewright-part';

/** A pipeline as a picture that can be worked with: another view of the same text. */
export default memo(function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Board {...props} />
    </ReactFlowProvider>
  );
});

function Board(props: CanvasProps) {
  const { graph, chosen, positions, trouble, isReadOnly, choose, move, remove, connect, drop } = props;
  const { t } = useTranslation();
  const scheme = useComputedColorScheme('light');
  const { screenToFlowPosition, fitView } = useReactFlow();
  const wanted = useMemo(
    () => nodesOf({ graph, positions, trouble, chosen }, t),
    [graph, positions, trouble, chosen, t],
  );
  const edges = useMemo(() => edgesOf(graph), [graph]);
  const [nodes, setNodes] = useState<PartNode[]>(wanted);
  const byId = useMemo(() => new Map(graph.parts.map((part) => [part.id, part])), [graph]);
  const partOf = useCallback((id: string) => byId.get(id.replace(/^written:/, 'slot:')), [byId]);

  // What React Flow measured of a node stays with it; one that is as before stays the same, and is not drawn again.
  useEffect(() => {
    setNodes((before) => keptNodes(before, wanted));
  }, [wanted]);

  // Parts that came or went are shown; what somebody looks at stays otherwise.
  const count = graph.parts.length;
  const shown = useRef(count);
  useEffect(() => {
    if (shown.current === count) return;
    shown.current = count;
    void fitView({ padding: 0.08, maxZoom: 1 });
  }, [count, fitView]);

  // What is chosen is said by the page alone, so that the list and the picture never disagree.
  const change: OnNodesChange<PartNode> = useCallback(
    (changes) => {
      const picked = changes.find((each) => each.type === 'select' && each.selected);
      if (picked !== undefined && 'id' in picked) choose(picked.id.replace(/^written:/, 'slot:'));
      const others = changes.filter(({ type }) => type !== 'select');
      if (others.length > 0) setNodes((before) => applyNodeChanges(others, before));
    },
    [choose],
  );
  const ends = ({ source, target }: Pick<Connection, 'source' | 'target'>): [Part, Part] | null => {
    const [from, to] = [partOf(source), partOf(target)];
    return from === undefined || to === undefined ? null : [from, to];
  };
  const letGo = (event: DragEvent): void => {
    const kind = event.dataTransfer.getData(paletteType);
    if (kind === '' || isReadOnly) return;
    event.preventDefault();
    const { x, y } = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const under = event.target instanceof Element ? event.target.closest('.react-flow__node') : null;
    const id = under?.getAttribute('data-id');
    drop(kind, id == null ? null : (partOf(id) ?? null), { x: Math.round(x), y: Math.round(y) });
  };

  return (
    <div className="canvas">
      <ReactFlow<PartNode>
        aria-label={t('canvas.label')}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        colorMode={scheme}
        onlyRenderVisibleElements={nodes.length > 150}
        fitView
        fitViewOptions={{ padding: 0.08, maxZoom: 1 }}
        minZoom={0.15}
        maxZoom={1.75}
        nodesDraggable={!isReadOnly}
        nodesConnectable={!isReadOnly}
        edgesFocusable={false}
        deleteKeyCode={isReadOnly ? null : ['Delete', 'Backspace']}
        multiSelectionKeyCode={null}
        selectionKeyCode={null}
        onNodesChange={change}
        onNodeClick={(_event, node) => choose(node.id.replace(/^written:/, 'slot:'))}
        onNodeDragStop={(_event, node) => {
          if (node.parentId !== undefined) return;
          move(node.id, { x: Math.round(node.position.x), y: Math.round(node.position.y) });
        }}
        onBeforeDelete={async ({ nodes: picked }) => {
          // The frame takes its parts with it: only what was chosen is removed, as an edit of the text.
          const part = partOf(picked.find(({ id }) => id.replace(/^written:/, 'slot:') === chosen)?.id ?? '');
          if (part !== undefined) remove(part);
          return false;
        }}
        onConnect={(line) => {
          const both = ends(line);
          if (both !== null) connect(...both);
        }}
        isValidConnection={(line) => {
          const both = ends(line);
          return both !== null && canConnect(...both);
        }}
        onDragOver={(event) => {
          if (event.dataTransfer.types.includes(paletteType) && !isReadOnly) event.preventDefault();
        }}
        onDrop={letGo}
        ariaLabelConfig={{
          'node.a11yDescription.default': t('canvas.nodeHelp'),
          'node.a11yDescription.keyboardDisabled': t('canvas.nodeHelp'),
          'controls.ariaLabel': t('canvas.controls'),
          'controls.zoomIn.ariaLabel': t('canvas.zoomIn'),
          'controls.zoomOut.ariaLabel': t('canvas.zoomOut'),
          'controls.fitView.ariaLabel': t('canvas.fitView'),
        }}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
}

/** A flow to another's map or frame is a reference; a connection to a source, or a target to one, is where it stands. */
export function canConnect(from: Part, to: Part): boolean {
  if (from.kind === 'flow') return to.kind === 'map';
  if (from.kind === 'slot') return to.kind === 'source';
  return from.kind === 'target' && to.kind === 'slot';
}

type Shown = Pick<CanvasProps, 'graph' | 'positions' | 'trouble' | 'chosen'>;

function nodesOf({ graph, positions, trouble, chosen }: Shown, t: TFunction): PartNode[] {
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

function edgesOf(graph: Graph): Edge[] {
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
