import '@xyflow/react/dist/style.css';
import './canvas.css';
import { useComputedColorScheme } from '@mantine/core';
import {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  type Connection,
  Controls,
  type OnNodesChange,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react';
import { type DragEvent, memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { edgesOf, nodesOf, type Shown } from './drawn.js';
import { keptNodes } from './kept-nodes.js';
import { nodeTypes } from './nodes.js';
import type { PartNode } from './part-node.js';
import type { Part } from './parts.js';

export interface CanvasProps extends Shown {
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
