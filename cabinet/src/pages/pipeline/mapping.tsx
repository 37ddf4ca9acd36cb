import { Alert, Button, Checkbox, Group, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { Empty } from '../../parts/work/empty.js';
import { LinkTo } from '../../parts/work/link-to.js';
import { TableSkeleton } from '../../parts/work/skeleton.js';
import { useMay } from '../../role.js';
import { useDraft } from './draft.js';
import { useText } from './draft-text.js';
import { type Bindings, useBindings } from './mapping/bindings.js';
import { Board } from './mapping/board.js';
import { Choices } from './mapping/choices.js';
import { Details } from './mapping/details.js';
import { DraftBar } from './mapping/draft-bar.js';
import { type FieldRow, sourceRows, targetRows } from './mapping/field-rows.js';
import {
  type DefinitionModel,
  type FlowModel,
  modelOf,
  type Place,
  pathsOf,
  type TargetModel,
} from './mapping/model.js';
import { mapField, mapFields, unmapField } from './mapping/patches.js';
import { useStream } from './mapping/stream-data.js';
import { type Suggestion, suggest } from './mapping/suggest.js';
import { plain } from './mapping/synonyms.js';
import { type PipelineView, pipelineQuery } from './pipeline-view.js';
import { type PipelineDocument, useDocument } from './use-document.js';

const from = '/shell/pipelines/$id/flows/$flow/mapping';

/** Which field of the source becomes which field of the target, for one flow. */
export function MappingPage() {
  const { id } = useParams({ from });
  const asked = useQuery(pipelineQuery(id));
  if (asked.data === undefined) return asked.isError ? <ProblemAlert error={asked.error} /> : <TableSkeleton />;
  return <OfPipeline key={asked.data.id} pipeline={asked.data} />;
}

function OfPipeline({ pipeline }: { readonly pipeline: PipelineView }) {
  const { t } = useTranslation();
  const { flow: name } = useParams({ from });
  const { target: wanted } = useSearch({ from });
  const navigate = useNavigate();
  const draft = useDraft(pipeline.id);
  const document = useDocument(draft);
  const isEditor = useMay('editor');
  const text = useText(draft.content);
  const model = useMemo(() => (text === null ? null : modelOf(text)), [text]);
  const bindings = useBindings(pipeline, model?.slots ?? new Map());
  const flow = model?.flows.find((each) => each.name === name);
  const target = flow?.targets.find((each) => each.name === (wanted ?? each.name));
  return (
    <>
      <PageHead
        title={t('mapping.titleOf', { flow: name })}
        below={
          <LinkTo to="/pipelines/$id" params={{ id: pipeline.id }} size="sm">
            {pipeline.title}
          </LinkTo>
        }
      >
        {model !== null && model.flows.length > 1 && (
          <NativeSelect
            aria-label={t('work.flow')}
            value={name}
            data={model.flows.map((each) => each.name)}
            onChange={({ currentTarget }) =>
              void navigate({
                to: '/pipelines/$id/flows/$flow/mapping',
                params: { id: pipeline.id, flow: currentTarget.value },
              })
            }
          />
        )}
        {flow !== undefined && flow.targets.length > 1 && (
          <NativeSelect
            aria-label={t('mapping.target')}
            value={target?.name ?? ''}
            data={flow.targets.map((each) => each.name ?? '')}
            onChange={({ currentTarget }) =>
              void navigate({
                to: '/pipelines/$id/flows/$flow/mapping',
                params: { id: pipeline.id, flow: name },
                search: { target: currentTarget.value },
              })
            }
          />
        )}
      </PageHead>
      <DraftBar draft={draft} document={document} isReadOnly={!isEditor} />
      {text === null ? (
        draft.error == null && <TableSkeleton />
      ) : model === null ? (
        <Empty title={t('mapping.unreadable')}>{t('mapping.unreadableText')}</Empty>
      ) : flow === undefined || target === undefined ? (
        <Empty title={t('mapping.noFlow', { flow: name })}>{t('mapping.noFlowText')}</Empty>
      ) : (
        <OfTarget
          key={`${name} ${target.name}`}
          pipeline={pipeline}
          document={document}
          model={model}
          flow={flow}
          target={target}
          bindings={bindings}
        />
      )}
    </>
  );
}

interface OfTargetProps {
  readonly pipeline: PipelineView;
  readonly document: PipelineDocument;
  readonly model: DefinitionModel;
  readonly flow: FlowModel;
  readonly target: TargetModel;
  readonly bindings: Bindings;
}

function OfTarget({ pipeline, document, model, flow, target, bindings }: OfTargetProps) {
  const { t } = useTranslation();
  const isEditor = useMay('editor');
  const { field } = useSearch({ from });
  const navigate = useNavigate({ from: '/pipelines/$id/flows/$flow/mapping' });
  const [filter, setFilter] = useState('');
  const [isOpenOnly, setIsOpenOnly] = useState(false);
  const [newField, setNewField] = useState('');
  const sourceConnection = flow.source === null ? null : bindings.of(flow.source.slot);
  const targetConnection = target.place === null ? null : bindings.of(target.place.slot);
  const source = useStream(sourceConnection, flow.source);
  const written = useStream(targetConnection, target.place);
  const sources = useMemo(
    () =>
      source.fields === null
        ? []
        : sourceRows(
            source.fields,
            source.records.map((each) => each.record),
          ),
    [source.fields, source.records],
  );
  const targets = useMemo(
    () =>
      written.fields === null
        ? []
        : targetRows(
            written.fields,
            written.records.map((each) => each.record),
            target.map.keys(),
          ),
    [written.fields, written.records, target.map],
  );
  const ownId = written.stream?.write?.ownIdField;
  const suggestions = useMemo(
    () =>
      suggest({
        sources,
        targets,
        mapped: new Set(target.map.keys()),
        used: new Set([...target.map.values()].flatMap(pathsOf)),
        reserved: new Set(typeof ownId === 'string' ? [ownId] : []),
        relations: model.flows.flatMap((each) =>
          each.source === null || each.source.slot !== flow.source?.slot
            ? []
            : [{ flow: each.name, stream: each.source.stream }],
        ),
      }),
    [sources, targets, target.map, ownId, model.flows, flow.source],
  );
  const shownSources = sources.filter((row) => fits(row, filter));
  const shownTargets = targets.filter((row) => fits(row, filter) && (!isOpenOnly || !target.map.has(row.path)));
  const missing = targets.filter((row) => row.isRequired && !row.isReadOnly && !target.map.has(row.path));
  const open = (name: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, field: name }), replace: true });
  const { edit } = document;
  const placeOf = (name: string) => ({ flow: flow.name, target: target.name, field: name });
  const shown = targets.find((row) => row.path === field) ?? (field === undefined ? undefined : unknownRow(field));
  const isLoading = bindings.isLoading || source.isLoading || written.isLoading;
  return (
    <>
      <Choices bindings={bindings} places={[flow.source, target.place]} />
      <ProblemAlert error={source.error ?? written.error} />
      {(source.isMissing || written.isMissing) && (
        <Alert color="orange" mb="sm" title={t('mapping.noStream')}>
          {t('mapping.noStreamText')}
        </Alert>
      )}
      {missing.length > 0 && (
        <Alert color="orange" mb="sm" title={t('mapping.missingRequired', { count: missing.length })}>
          {missing.map((row) => row.path).join(', ')}
        </Alert>
      )}
      <Group mb="xs" align="flex-end">
        <TextInput
          label={t('mapping.filter')}
          value={filter}
          onChange={({ currentTarget }) => setFilter(currentTarget.value)}
        />
        <Checkbox
          label={t('mapping.onlyOpen')}
          checked={isOpenOnly}
          mb={8}
          onChange={({ currentTarget }) => setIsOpenOnly(currentTarget.checked)}
        />
        {isEditor && (
          <Button
            variant="light"
            disabled={suggestions.length === 0}
            onClick={() =>
              edit((text) =>
                mapFields(
                  text,
                  flow.name,
                  target.name,
                  suggestions.map((each) => [each.target, each.value] as const),
                ),
              )
            }
          >
            {suggestions.length === 0
              ? t('mapping.noSuggestions')
              : t('mapping.acceptAll', { count: suggestions.length })}
          </Button>
        )}
      </Group>
      {isLoading && sources.length === 0 ? (
        <TableSkeleton />
      ) : (
        <Board
          sourceTitle={t('mapping.source', { stream: placeText(flow.source) })}
          targetTitle={t('mapping.written', { stream: placeText(target.place) })}
          sources={shownSources}
          targets={shownTargets}
          mapped={target.map}
          suggestions={new Map(suggestions.map((each) => [each.target, each]))}
          isReadOnly={!isEditor}
          map={(name, path) => void edit((text) => mapField(text, placeOf(name), path))}
          accept={({ target: name, value }: Suggestion) => void edit((text) => mapField(text, placeOf(name), value))}
          unmap={(name) => void edit((text) => unmapField(text, placeOf(name)))}
          open={open}
        />
      )}
      {isEditor && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (newField.trim() !== '') open(newField.trim());
            setNewField('');
          }}
        >
          <Group mt="md" align="flex-end">
            <TextInput
              label={t('mapping.newField')}
              description={t('mapping.newFieldHint')}
              value={newField}
              onChange={({ currentTarget }) => setNewField(currentTarget.value)}
            />
            <Button type="submit" variant="default" disabled={newField.trim() === ''}>
              {t('mapping.mapIt')}
            </Button>
          </Group>
        </form>
      )}
      {shown !== undefined && (
        <Details
          row={shown}
          field={target.map.get(shown.path)}
          sources={sources}
          flows={model.flows.filter((each) => each.name !== flow.name).map((each) => each.name)}
          tables={model.tables}
          steps={flow.steps}
          connection={sourceConnection}
          stream={flow.source?.stream ?? ''}
          isReadOnly={!isEditor || shown.isReadOnly}
          save={(value) => {
            edit((text) => mapField(text, placeOf(shown.path), value));
            open(undefined);
          }}
          remove={() => {
            edit((text) => unmapField(text, placeOf(shown.path)));
            open(undefined);
          }}
          openTable={(table, value) => {
            if (JSON.stringify(target.map.get(shown.path)) !== JSON.stringify(value)) {
              edit((text) => mapField(text, placeOf(shown.path), value));
            }
            void navigate({
              to: '/pipelines/$id/values/$table',
              params: { id: pipeline.id, table },
              search: { flow: flow.name, field: shown.path, ...(target.name !== null && { target: target.name }) },
            });
          }}
          close={() => open(undefined)}
        />
      )}
    </>
  );
}

function fits({ path, title }: FieldRow, filter: string): boolean {
  const wanted = plain(filter);
  return plain(path).includes(wanted) || plain(title ?? '').includes(wanted);
}

function placeText(place: Place | null): string {
  return place === null ? '?' : `${place.slot}.${place.stream}`;
}

function unknownRow(path: string): FieldRow {
  return { path, title: null, type: 'any', isRequired: false, isReadOnly: false, depth: 0, samples: [], choices: [] };
}
