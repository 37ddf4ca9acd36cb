import './workbench.css';
import { Alert, Button, Group, SegmentedControl, Skeleton, Text } from '@mantine/core';
import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { lazy, memo, type Ref, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as edits from '../../../../../definitions/text/edits.js';
import { Editor, type EditorHandle, type EditorProps } from '../../../parts/editor/editor.js';
import { ProblemAlert } from '../../../parts/problem.js';
import { useMay } from '../../../role.js';
import type { DefinitionProblem, Draft } from '../draft.js';
import { useText } from '../draft-text.js';
import { knownOf } from '../known.js';
import { useLiveSource } from '../live.js';
import type { PipelineView } from '../pipeline-view.js';
import type { PipelineDocument } from '../use-document.js';
import { useReading } from '../use-reading.js';
import { AddForm } from './add-form.js';
import { type Adding, type AddKind, addKinds, type Bench } from './bench.js';
import { slotOf } from './layout.js';
import { loadCanvas } from './load-canvas.js';
import { PartForm } from './part-form.js';
import { PartList } from './part-list.js';
import { type Graph, graphOf, type Part, partAt } from './parts.js';
import { refusalOf } from './refusal.js';
import { keptGraph, useSteady } from './steady.js';
import { useLayout } from './use-layout.js';

interface WorkbenchProps {
  readonly pipeline: PipelineView;
  readonly draft: Draft;
  readonly document: PipelineDocument;
  readonly handle: Ref<EditorHandle>;
}

const Canvas = lazy(loadCanvas);
const nothing = {};
const noProblems: readonly DefinitionProblem[] = [];

/** The canvas and the text of a definition: two views of one file, side by side where there is room. */
export function Workbench({ pipeline, draft, document, handle }: WorkbenchProps) {
  const { t } = useTranslation();
  const isWide = useMediaQuery('(min-width: 75em)', undefined, { getInitialValueInEffect: false });
  const [view, setView] = useState<'canvas' | 'text'>('canvas');
  const [chosen, setChosen] = useState<string | null>(null);
  const [adding, setAdding] = useState<Adding | null>(null);
  const layout = useLayout(pipeline);
  const navigate = useNavigate();
  const mayEdit = useMay('editor');

  // The picture follows a moment behind the keys.
  const { value, isFresh, lineOf } = useReading(draft.content, document.isTyped);
  const drawn = useRef<Graph | null>(null);
  const graph = useMemo(() => {
    drawn.current = keptGraph(drawn.current, graphOf(value ?? nothing));
    return drawn.current;
  }, [value]);
  const known = useMemo(() => knownOf(value), [value]);
  const knownNow = useRef(known);
  knownNow.current = known;
  const live = useLiveSource(pipeline, known.slots);
  const help = useMemo(() => ({ live, known: () => knownNow.current }), [live]);

  const editor = useRef<EditorHandle | null>(null);
  const keepHandle = useCallback(
    (made: EditorHandle | null) => {
      editor.current = made;
      if (typeof handle === 'function') handle(made);
      else if (handle !== null) handle.current = made;
    },
    [handle],
  );

  const { problems } = draft;
  const byPart = useMemo(() => {
    const found = new Map<string, DefinitionProblem[]>();
    for (const problem of problems ?? []) {
      const id = partAt(graph.parts, problem.path)?.id ?? 'pipeline';
      found.set(id, [...(found.get(id) ?? []), problem]);
    }
    return found;
  }, [problems, graph]);
  const counted = JSON.stringify([...byPart].map(([id, list]) => [id, list.map(({ severity }) => severity)]));
  // The same counts are the same map: each answer of the server tells all problems anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the map
  const trouble = useMemo(() => {
    const errorsIn = (list: readonly DefinitionProblem[]) => list.filter(({ severity }) => severity === 'error').length;
    const counts = [...byPart].map(([id, list]) => {
      const errors = errorsIn(list);
      return [id, { errors, warnings: list.length - errors }] as const;
    });
    return new Map(counts);
  }, [counted]);

  const choose = useSteady((id: string | null): void => {
    setAdding(null);
    setChosen(id);
    const part = graph.parts.find((each) => each.id === id);
    const place = part === undefined ? null : lineOf(part.path);
    if (place !== null) editor.current?.reveal(place.line);
  });
  const { edit } = document;
  const isReadOnly = !mayEdit || !isFresh || value === null || draft.state === 'conflict';
  const remove = useSteady((part: Part): void => {
    const { kind, name, flow, index } = part;
    if (kind === 'slot' && edit((whole) => edits.removeSlot(whole, name))) choose(null);
    if (kind === 'flow' && edit((whole) => edits.removeFlow(whole, name))) choose(null);
    if (kind === 'step' && edit((whole) => edits.removeStep(whole, flow, index))) choose(`flow:${flow}`);
    if (kind === 'target' && edit((whole) => edits.removeTarget(whole, flow, index))) choose(`flow:${flow}`);
    if (kind === 'trigger') edit((whole) => edits.setTrigger(whole, null));
    if (kind === 'errors') edit((whole) => edits.setErrors(whole, null));
  });
  const map = useSteady((flow: string, target: string): void => {
    void draft.store().then((isStored) => {
      const search = target === '' ? {} : { target };
      const params = { id: pipeline.id, flow };
      if (isStored) void navigate({ to: '/pipelines/$id/flows/$flow/mapping', params, search });
    });
  });
  const isPublished = pipeline.publishedVersion !== null;
  const bench: Bench = useMemo(
    () => ({ graph, known, live, isReadOnly, isPublished, edit, choose, remove, map }),
    [graph, known, live, isReadOnly, isPublished, edit, choose, remove, map],
  );
  const begin = useSteady((kind: AddKind, more: Partial<Adding> = {}): void => {
    if (kind === 'trigger') {
      choose('trigger');
      return;
    }
    const flow = graph.parts.find((each) => each.id === chosen)?.flow ?? '';
    setAdding({ kind, ...(flow !== '' && { flow }), ...more });
  });
  const connect = useSteady((from: Part, to: Part): void => {
    if (from.kind === 'flow') {
      begin('reference', { flow: to.flow, to: from.name });
      return;
    }
    const changed = (stream: string, slot: string): string => `${slot}${stream.slice(slotOf(stream).length)}`;
    const isSource = from.kind === 'slot';
    const part = isSource ? to : from;
    const stream = changed(part.detail, isSource ? from.name : to.name);
    edit((whole) =>
      isSource
        ? edits.setSource(whole, part.flow, { stream })
        : edits.setTarget(whole, part.flow, { stream }, part.index),
    );
    choose(part.id);
  });
  const showInText = useSteady((part: Part): void => {
    const place = lineOf(part.path);
    setView('text');
    // Where only one view is shown, the editor comes first.
    if (place !== null) setTimeout(() => editor.current?.goTo(place.line, place.column), isWide ? 0 : 300);
  });
  const drop = useSteady((kind: string, over: Part | null, place: Required<Adding>['place']): void => {
    const wanted = [...addKinds, 'trigger' as const].find((each) => each === kind);
    if (wanted === undefined) return;
    const flow = over?.flow ?? '';
    begin(wanted, { place, ...(flow !== '' && { flow }) });
  });
  const part = graph.parts.find((each) => each.id === chosen);

  // Fields and the editor have keys of their own.
  useHotkeys([
    ['mod+Z', document.undo],
    ['mod+shift+Z', document.redo],
    ['mod+Y', document.redo],
  ]);
  const canvas = (
    <div>
      <Palette isReadOnly={isReadOnly} document={document} begin={begin} hasFlows={known.flows.size > 0} />
      {!isFresh && (
        <Alert color="orange" p="xs" mb="xs" role="status">
          {t(value === null ? 'canvas.unreadable' : 'canvas.lastGood')}
        </Alert>
      )}
      <Suspense fallback={<Skeleton height="26rem" />}>
        <Canvas
          graph={graph}
          chosen={chosen}
          positions={layout.positions}
          trouble={trouble}
          isReadOnly={isReadOnly}
          choose={choose}
          move={layout.move}
          remove={remove}
          connect={connect}
          drop={drop}
        />
      </Suspense>
      <ProblemAlert error={refusalOf(document.refusal, t)} />
      <div className="workbench-form" style={{ marginTop: 12 }}>
        {adding !== null ? (
          <AddForm
            key={`${adding.kind}:${adding.flow ?? ''}:${adding.to ?? ''}`}
            bench={bench}
            adding={adding}
            cancel={() => setAdding(null)}
            done={(id, place) => {
              if (place !== undefined) layout.move(id, place);
              choose(id);
            }}
          />
        ) : part !== undefined ? (
          <PartForm bench={bench} part={part} problems={byPart.get(part.id) ?? noProblems} goTo={showInText} />
        ) : (
          <PartList parts={graph.parts} choose={choose} trouble={trouble} />
        )}
      </div>
    </div>
  );
  const editorView = (
    <div>
      <TextView
        content={draft.content}
        label={t('definition.label')}
        describedBy="draft-state"
        problems={problems ?? noProblems}
        handle={keepHandle}
        height={isWide ? '44rem' : '36rem'}
        help={help}
        isReadOnly={!mayEdit}
        change={document.type}
        save={() => void draft.store()}
        undo={document.undo}
        redo={document.redo}
      />
      <Text size="xs" c="dimmed" mt={4} visibleFrom="sm">
        {t('canvas.editorHint')}
      </Text>
    </div>
  );
  if (isWide) {
    return (
      <div className="workbench-both">
        {canvas}
        {editorView}
      </div>
    );
  }
  return (
    <>
      <SegmentedControl
        fullWidth
        mb="sm"
        aria-label={t('canvas.views')}
        value={view}
        onChange={(next) => setView(next === 'text' ? 'text' : 'canvas')}
        data={[
          { value: 'canvas', label: t('canvas.view') },
          { value: 'text', label: t('definition.label') },
        ]}
      />
      {view === 'canvas' ? canvas : editorView}
    </>
  );
}

type TextViewProps = Omit<EditorProps, 'value'> & { readonly content: Draft['content'] };

/** The one thing that is drawn at every key. */
function TextView({ content, ...others }: TextViewProps) {
  return <Editor {...others} value={useText(content) ?? ''} />;
}

interface PaletteProps {
  readonly isReadOnly: boolean;
  readonly hasFlows: boolean;
  readonly document: PipelineDocument;
  begin(kind: AddKind): void;
}

/** What can be added: pressed, or dragged onto the picture. */
const Palette = memo(function Palette({ isReadOnly, hasFlows, document, begin }: PaletteProps) {
  const { t } = useTranslation();
  const kinds = [...addKinds, 'trigger' as const];
  return (
    <Group gap={6} mb="xs" role="toolbar" aria-label={t('canvas.palette')}>
      <Text size="sm" c="dimmed">
        {t('canvas.addLabel')}
      </Text>
      {kinds.map((kind) => (
        <Button
          key={kind}
          size="compact-sm"
          variant="default"
          draggable={!isReadOnly}
          disabled={isReadOnly || (!hasFlows && (kind === 'step' || kind === 'target' || kind === 'reference'))}
          onDragStart={(event) => event.dataTransfer.setData('application/x-pipewright-part', kind)}
          onClick={() => begin(kind)}
        >
          {t(`canvas.kinds.${kind}`)}
        </Button>
      ))}
      <Group gap={6} ml="auto">
        <Button size="compact-sm" variant="default" disabled={!document.canUndo} onClick={document.undo}>
          {t('canvas.undo')}
        </Button>
        <Button size="compact-sm" variant="default" disabled={!document.canRedo} onClick={document.redo}>
          {t('canvas.redo')}
        </Button>
      </Group>
    </Group>
  );
});
