import {
  ActionIcon,
  Alert,
  Autocomplete,
  Badge,
  Button,
  Group,
  NativeSelect,
  Select,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JsonObject, JsonValue } from '../../../../../core/json.js';
import { setValueMap } from '../../../../../definitions/text/index.js';
import { answerOf, api } from '../../../api.js';
import { PageHead } from '../../../parts/page-head.js';
import { ProblemAlert } from '../../../parts/problem.js';
import { Empty } from '../../../parts/work/empty.js';
import { LinkTo } from '../../../parts/work/link-to.js';
import { TableSkeleton } from '../../../parts/work/skeleton.js';
import { useMay } from '../../../role.js';
import { useDraft } from '../draft.js';
import { useText } from '../draft-text.js';
import type { PipelineView } from '../pipeline-view.js';
import { type PipelineDocument, useDocument } from '../use-document.js';
import { type Bindings, useBindings } from './bindings.js';
import { BuildTable } from './build-table.js';
import { Choices } from './choices.js';
import { DraftBar } from './draft-bar.js';
import { type DefinitionModel, modelOf, type Place, pathsOf } from './model.js';
import { putEntries } from './patches.js';
import { useSamples, useStreams, useValues } from './stream-data.js';
import { entriesOf, isBuilt, recordValues, seenValues, suggestValues, usesOfTable, type Value } from './value-rows.js';

const from = '/shell/pipelines/$id/values/$table';
const mostRecords = 100;

/** A value table of a definition: what each value of the source is called at the target. */
export function ValueTablePage() {
  const { id } = useParams({ from });
  const asked = useQuery({
    queryKey: ['pipeline', id],
    queryFn: () => answerOf(api.GET('/pipelines/{id}', { params: { path: { id } } })),
  });
  if (asked.data === undefined) return asked.isError ? <ProblemAlert error={asked.error} /> : <TableSkeleton />;
  return <OfPipeline key={asked.data.id} pipeline={asked.data} />;
}

function OfPipeline({ pipeline }: { readonly pipeline: PipelineView }) {
  const { t } = useTranslation();
  const { table } = useParams({ from });
  const { flow, target } = useSearch({ from });
  const draft = useDraft(pipeline.id);
  const document = useDocument(draft);
  const isEditor = useMay('editor');
  const text = useText(draft.content);
  const model = useMemo(() => (text === null ? null : modelOf(text)), [text]);
  const bindings = useBindings(pipeline, model?.slots ?? new Map());
  return (
    <>
      <PageHead
        title={t('valueTable.titleOf', { table })}
        below={
          <Group gap="md" mt={4}>
            <LinkTo to="/pipelines/$id" params={{ id: pipeline.id }} size="sm">
              {pipeline.title}
            </LinkTo>
            {flow !== undefined && (
              <LinkTo
                to="/pipelines/$id/flows/$flow/mapping"
                params={{ id: pipeline.id, flow }}
                search={target === undefined ? {} : { target }}
                size="sm"
              >
                {t('mapping.titleOf', { flow })}
              </LinkTo>
            )}
          </Group>
        }
      />
      <DraftBar draft={draft} document={document} isReadOnly={!isEditor} />
      {text === null ? (
        draft.error == null && <TableSkeleton />
      ) : model === null ? (
        <Empty title={t('mapping.unreadable')}>{t('mapping.unreadableText')}</Empty>
      ) : (
        <OfTable key={table} name={table} document={document} model={model} bindings={bindings} />
      )}
    </>
  );
}

interface OfTableProps {
  readonly name: string;
  readonly document: PipelineDocument;
  readonly model: DefinitionModel;
  readonly bindings: Bindings;
}

function OfTable({ name, document, model, bindings }: OfTableProps) {
  const { t } = useTranslation();
  const isEditor = useMay('editor');
  const search = useSearch({ from });
  const navigate = useNavigate({ from: '/pipelines/$id/values/$table' });
  const [added, setAdded] = useState('');
  const uses = usesOfTable(model, name);
  const use = uses.find((each) => each.flow === search.flow && each.field === search.field) ?? uses[0];
  const flow = model.flows.find((each) => each.name === (use?.flow ?? search.flow));
  const target = flow?.targets.find((each) => each.name === (use?.target ?? search.target ?? null)) ?? flow?.targets[0];
  const field = use?.field ?? search.field ?? null;
  const path = field === null ? null : (pathsOf(target?.map.get(field))[0] ?? null);
  const source = useSide(bindings, flow?.source ?? null, path, search.from);
  const written = useSide(bindings, target?.place ?? null, field, search.to);
  const table = model.tables.get(name);
  const entries = entriesOf(table);
  const known = new Set(source.values.map((each) => each.value));
  const others = [...entries.keys()].filter((key) => !known.has(key));
  const rows: readonly Value[] = [...source.values, ...others.map((value) => ({ value, title: value }))];
  const suggestions = suggestValues(source.values, written.values, entries);
  const left = rows.filter((row) => !entries.has(row.value));
  const put = (change: ReadonlyMap<string, JsonValue | undefined>): void => {
    const next = new Map<string, unknown>([...entries, ...change]);
    const kept = Object.fromEntries([...next].filter(([, value]) => value !== undefined)) as JsonObject;
    document.edit((text) => putEntries(text, name, kept, isBuilt(table)));
  };
  return (
    <>
      <Choices bindings={bindings} places={[flow?.source ?? null, target?.place ?? null]} />
      <ProblemAlert error={source.error ?? written.error} />
      {isEditor && table === undefined && search.from !== undefined && search.to !== undefined && (
        <BuildTable
          key={`${search.from} ${search.to}`}
          from={source.names}
          to={written.names}
          build={(match) =>
            void document.edit((text) =>
              setValueMap(text, name, {
                from: `${flow?.source?.slot ?? ''}.${search.from}`,
                to: `${target?.place?.slot ?? ''}.${search.to}`,
                match,
              }),
            )
          }
        />
      )}
      {isBuilt(table) && (
        <Alert color="blue" mb="sm" title={t('valueTable.built')}>
          {t('valueTable.builtText')}
        </Alert>
      )}
      <Group mb="sm" align="flex-end">
        <SideChoice
          label={t('valueTable.sourceValues')}
          own={path ?? '?'}
          streams={source.streams}
          value={search.from}
          choose={(stream) => void navigate({ search: (before) => ({ ...before, from: stream }), replace: true })}
        />
        <SideChoice
          label={t('valueTable.targetValues')}
          own={field ?? '?'}
          streams={written.streams}
          value={search.to}
          choose={(stream) => void navigate({ search: (before) => ({ ...before, to: stream }), replace: true })}
        />
        {isEditor && (
          <Button
            variant="light"
            disabled={suggestions.size === 0}
            onClick={() => put(new Map([...suggestions].map(([key, { value }]) => [key, value])))}
          >
            {suggestions.size === 0 ? t('mapping.noSuggestions') : t('mapping.acceptAll', { count: suggestions.size })}
          </Button>
        )}
      </Group>
      <Text size="sm" mb="xs" aria-live="polite">
        {left.length === 0 ? t('valueTable.allMapped') : t('valueTable.left', { count: left.length })}
      </Text>
      {rows.length === 0 ? (
        <Empty title={t('valueTable.none')}>{t('valueTable.teach')}</Empty>
      ) : (
        <Table.ScrollContainer minWidth={420}>
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('valueTable.source')}</Table.Th>
                <Table.Th>{t('valueTable.target')}</Table.Th>
                <Table.Th w={120} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Row
                  key={row.value}
                  row={row}
                  value={entries.get(row.value)}
                  isMapped={entries.has(row.value)}
                  targets={written.values}
                  suggestion={suggestions.get(row.value)}
                  isReadOnly={!isEditor}
                  put={(value) => put(new Map([[row.value, value]]))}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {isEditor && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (added !== '') put(new Map([[added, '']]));
            setAdded('');
          }}
        >
          <Group mt="md" align="flex-end">
            <TextInput
              label={t('valueTable.add')}
              value={added}
              onChange={({ currentTarget }) => setAdded(currentTarget.value)}
            />
            <Button type="submit" variant="default" disabled={added === '' || entries.has(added)}>
              {t('valueTable.addButton')}
            </Button>
          </Group>
        </form>
      )}
    </>
  );
}

/** Values of one side: the field's own list, else those seen in records, else the records of a stream. */
function useSide(bindings: Bindings, place: Place | null, path: string | null, stream: string | undefined) {
  const connection = place === null ? null : bindings.of(place.slot);
  const streams = useStreams(connection);
  const own = path === null ? null : (path.split(/[.[]/)[0] ?? null);
  const isOwn = stream === undefined;
  const listed = useValues(isOwn ? connection : null, place?.stream ?? '', own);
  const readable = streams.data?.items.filter((each) => each.read !== null) ?? [];
  const isEmpty = listed.isSuccess && listed.data.items.length === 0;
  const looked = isOwn ? (isEmpty ? (place?.stream ?? '') : '') : stream;
  const isReadable = readable.some((each) => each.name === looked);
  const samples = useSamples(isReadable ? connection : null, looked, mostRecords);
  const records = samples.data?.items ?? [];
  const values = isOwn
    ? listed.data !== undefined && listed.data.items.length > 0
      ? listed.data.items
      : path === null
        ? []
        : seenValues(records, path)
    : recordValues(records);
  return {
    values,
    streams: readable.map((each) => each.name),
    /** Names of the fields that the looked at records have. */
    names: [...new Set(records.flatMap((each) => Object.keys(each.record)))],
    error: streams.error ?? listed.error ?? samples.error,
  };
}

interface SideChoiceProps {
  readonly label: string;
  readonly own: string;
  readonly streams: readonly string[];
  readonly value: string | undefined;
  choose(stream: string | undefined): void;
}

function SideChoice({ label, own, streams, value, choose }: SideChoiceProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={label}
      value={value ?? ''}
      data={[
        { value: '', label: t('valueTable.ofField', { field: own }) },
        ...streams.map((stream) => ({ value: stream, label: t('valueTable.ofStream', { stream }) })),
      ]}
      onChange={({ currentTarget }) => choose(currentTarget.value === '' ? undefined : currentTarget.value)}
    />
  );
}

interface RowProps {
  readonly row: Value;
  readonly value: unknown;
  readonly isMapped: boolean;
  readonly targets: readonly Value[];
  readonly suggestion: Value | undefined;
  readonly isReadOnly: boolean;
  /** Undefined takes the pair away. */
  put(value: JsonValue | undefined): void;
}

function Row({ row, value, isMapped, targets, suggestion, isReadOnly, put }: RowProps) {
  const { t } = useTranslation();
  const label = t('valueTable.valueOf', { value: row.title });
  const shown = value === undefined || value === null ? '' : String(value);
  return (
    <Table.Tr className={isMapped ? '' : 'mapping-wanted'}>
      <Table.Td>
        <Text size="sm">{row.title}</Text>
        {row.title !== row.value && (
          <Text size="xs" c="dimmed" className="mono">
            {row.value}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {targets.length > 0 ? (
          <Select
            aria-label={label}
            placeholder={t('valueTable.notMapped')}
            searchable
            disabled={isReadOnly}
            value={isMapped ? shown : null}
            data={withOwn(targets, isMapped ? shown : null)}
            nothingFoundMessage={t('valueTable.nothingFound')}
            onChange={(next) => next !== null && put(next)}
          />
        ) : (
          <Autocomplete
            aria-label={label}
            placeholder={t('valueTable.notMapped')}
            disabled={isReadOnly}
            defaultValue={shown}
            onBlur={({ currentTarget }) => currentTarget.value !== shown && put(currentTarget.value)}
          />
        )}
        {!isReadOnly && suggestion !== undefined && (
          <Button size="compact-xs" variant="light" mt={4} onClick={() => put(suggestion.value)}>
            {t('valueTable.suggested', { value: suggestion.title })}
          </Button>
        )}
      </Table.Td>
      <Table.Td>
        {isMapped ? (
          !isReadOnly && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('valueTable.remove', { value: row.title })}
              onClick={() => put(undefined)}
            >
              <IconX size={16} />
            </ActionIcon>
          )
        ) : (
          <Badge variant="light" color="orange" tt="none">
            {t('valueTable.notMapped')}
          </Badge>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

/** The choices of a value, with the one that stands although the vendor does not name it. */
function withOwn(targets: readonly Value[], own: string | null): { value: string; label: string }[] {
  const all = new Map(targets.map(({ value, title }) => [value, title === value ? value : `${title} (${value})`]));
  if (own !== null && !all.has(own)) all.set(own, own);
  return [...all].map(([value, label]) => ({ value, label }));
}
