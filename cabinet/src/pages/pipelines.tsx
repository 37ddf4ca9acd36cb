import { Badge, Box, Button, Code, Group, NativeSelect, Table, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { useAskAgain } from '../live.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem.js';
import { StateBadge } from '../parts/state-badge.js';
import { Ago } from '../parts/work/ago.js';
import { useCount, useLength } from '../parts/work/count.js';
import { Empty } from '../parts/work/empty.js';
import { ButtonTo, LinkTo } from '../parts/work/link-to.js';
import { ListTable } from '../parts/work/list-table.js';
import { TableSkeleton } from '../parts/work/skeleton.js';
import { Sparkline } from '../parts/work/sparkline.js';
import { mostCounted, type PipelineLine } from '../pipelines.js';
import { type PipelineView, pipelineViews } from '../routes/pipeline-search.js';

const pageSize = 100;

/** All pipelines: what state they are in, how the last runs went, how far behind their source they are. */
export function Pipelines() {
  const { t } = useTranslation();
  const { search = '', show } = useSearch({ from: '/shell/pipelines' });
  const navigate = useNavigate({ from: '/pipelines' });
  const pipelines = useInfiniteQuery({
    queryKey: ['pipelines', 'pages'],
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET('/pipelines', {
          params: { query: { limit: pageSize, ...(pageParam !== '' && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: useAskAgain(5_000),
  });
  const all = pipelines.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = all.filter((pipeline) => holds(pipeline, search) && fits(pipeline, show));
  return (
    <>
      <PageHead title={t('pipelines.title')}>
        <ButtonTo to="/pipelines/new">{t('starter.title')}</ButtonTo>
      </PageHead>
      <ProblemAlert error={pipelines.error} />
      {pipelines.isPending && <TableSkeleton />}
      {pipelines.data !== undefined && all.length === 0 && <Nothing />}
      {all.length > 0 && (
        <>
          <Group mb="sm" align="flex-end">
            <TextInput
              label={t('pipelineList.search')}
              type="search"
              value={search}
              onChange={({ currentTarget: { value } }) =>
                void navigate({ search: { show, search: value || undefined }, replace: true })
              }
            />
            <NativeSelect
              label={t('pipelines.state')}
              value={show ?? ''}
              onChange={({ currentTarget: { value } }) =>
                void navigate({
                  search: { search: search || undefined, show: pipelineViews.find((each) => each === value) },
                })
              }
              data={[
                { value: '', label: t('work.all') },
                ...pipelineViews.map((each) => ({ value: each, label: t(`pipelineList.show.${each}`) })),
              ]}
            />
          </Group>
          {shown.length === 0 ? (
            <Empty title={t('pipelineList.noneFits')}>
              <LinkTo to="/pipelines">{t('work.showAll')}</LinkTo>
            </Empty>
          ) : (
            <PipelineTable pipelines={shown} />
          )}
        </>
      )}
      {pipelines.hasNextPage && (
        <Button
          variant="default"
          my="md"
          loading={pipelines.isFetchingNextPage}
          onClick={() => void pipelines.fetchNextPage()}
        >
          {t('accountActs.more')}
        </Button>
      )}
    </>
  );
}

function PipelineTable({ pipelines }: { readonly pipelines: readonly PipelineLine[] }) {
  const { t } = useTranslation();
  return (
    <ListTable
      minWidth={900}
      heads={[
        t('pipelines.name'),
        t('pipelines.state'),
        t('pipelineList.recent'),
        t('pipelineList.last'),
        t('pipelines.next'),
        { text: t('pipelineList.lag'), about: t('pipelineList.lagText') },
        { text: t('pipelines.version'), isFigure: true },
      ]}
    >
      {pipelines.map((pipeline) => (
        <Row key={pipeline.uid} pipeline={pipeline} />
      ))}
    </ListTable>
  );
}

function Row({ pipeline }: { readonly pipeline: PipelineLine }) {
  const { t } = useTranslation();
  const count = useCount();
  const { id, title, state, recent, openDeadLetters, nextDueAt, publishedVersion } = pipeline;
  const last = recent.at(-1);
  return (
    <Table.Tr>
      <Table.Td maw={320}>
        <LinkTo to="/pipelines/$id" params={{ id }} fw={600} size="sm" className="break-anywhere">
          {title}
        </LinkTo>
        <Text size="xs" c="dimmed" className="mono">
          {id}
        </Text>
      </Table.Td>
      <Table.Td>
        <Badge variant="light" color={publishedVersion === null ? 'gray' : state === 'active' ? 'teal' : 'yellow'}>
          {publishedVersion === null ? t('pipelines.draft') : t(`pipelines.states.${state}`)}
        </Badge>
      </Table.Td>
      <Table.Td>
        <Sparkline runs={recent} />
      </Table.Td>
      <Table.Td>
        {last === undefined ? (
          '-'
        ) : (
          <>
            <LinkTo
              to="/runs/$id"
              params={{ id: last.id }}
              aria-label={`${t('run.title', { number: count(last.number) })}: ${t(`runs.states.${last.state}`)}`}
            >
              <StateBadge state={last.state} />
            </LinkTo>
            <Box c="dimmed">
              <Ago at={last.endedAt ?? last.openedAt} />
            </Box>
          </>
        )}
        {openDeadLetters > 0 && (
          <LinkTo to="/dead-letters" search={{ pipeline: id }} size="xs">
            {openDeadLetters >= mostCounted
              ? t('pipelineList.refusedMany', { count: mostCounted })
              : t('pipelineList.refused', { count: openDeadLetters })}
          </LinkTo>
        )}
      </Table.Td>
      <Table.Td>{state === 'active' ? <Ago at={nextDueAt} /> : '-'}</Table.Td>
      <Table.Td>
        <Lag pipeline={pipeline} />
      </Table.Td>
      <Table.Td ta="right">{publishedVersion === null ? '-' : count(publishedVersion)}</Table.Td>
    </Table.Tr>
  );
}

/** How old what stands at the targets may be. */
function Lag({ pipeline: { freshAt } }: { readonly pipeline: PipelineLine }) {
  const length = useLength();
  if (freshAt === null) return '-';
  const ms = Math.max(60_000, Math.floor((Date.now() - Date.parse(freshAt)) / 60_000) * 60_000);
  return (
    <Text size="sm" className="figures" title={freshAt}>
      {length(ms)}
    </Text>
  );
}

function holds({ id, title }: PipelineLine, search: string): boolean {
  const part = search.trim().toLocaleLowerCase();
  return part === '' || id.includes(part) || title.toLocaleLowerCase().includes(part);
}

function fits(
  { state, openRun, recent, publishedVersion, openDeadLetters }: PipelineLine,
  view?: PipelineView,
): boolean {
  switch (view) {
    case undefined:
      return true;
    case 'running':
      return openRun !== null;
    case 'failed':
      return recent.at(-1)?.state === 'failed' || openDeadLetters > 0;
    case 'paused':
      return state === 'paused';
    case 'draft':
      return publishedVersion === null;
  }
}

/** An empty list teaches how to fill it. */
function Nothing() {
  const { t } = useTranslation();
  return (
    <Empty title={t('pipelines.none')}>
      <ButtonTo to="/pipelines/new">{t('starter.title')}</ButtonTo>
      <Code block mt="md" ta="left">
        npx pipewright new pipeline my-first{'\n'}npx pipewright publish my-first.yaml
      </Code>
    </Empty>
  );
}
