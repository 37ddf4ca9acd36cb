import { Box, Button, Table, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, answerOf, api } from '../../api.js';
import { useAskAgain } from '../../live.js';
import { Moment } from '../moment.js';
import { ProblemAlert } from '../problem.js';
import { type RunState, StateBadge } from '../state-badge.js';
import { useCount, useLength } from './count.js';
import { LinkTo } from './link-to.js';
import { ListTable } from './list-table.js';
import { Pager } from './pager.js';
import { TableSkeleton } from './skeleton.js';
import { useSteady } from './steady.js';

const askAgainMs = 5_000;

type RunOutline = AnswerOf<'listRuns'>['items'][number];

interface RunTableProps {
  readonly pipeline?: string | undefined;
  readonly state?: RunState | undefined;
  readonly cursor?: string | undefined;
  /** What stands where there is no run. */
  readonly nothing: ReactNode;
  go(cursor: string | undefined): void;
}

/** A page of runs, newest first. */
export function RunTable({ pipeline, state, cursor, nothing, go }: RunTableProps) {
  const { t } = useTranslation();
  const view = JSON.stringify([pipeline, state, cursor]);
  const asked = useQuery({
    queryKey: ['runs', pipeline, state, cursor],
    queryFn: () =>
      answerOf(
        api.GET('/runs', {
          params: {
            query: {
              limit: 50,
              ...(pipeline !== undefined && { pipeline }),
              ...(state !== undefined && { state: [state] }),
              ...(cursor !== undefined && { cursor }),
            },
          },
        }),
      ),
    refetchInterval: useAskAgain(askAgainMs),
    placeholderData: keepPreviousData,
  });
  const { rows, newCount, showNew } = useSteady(asked.isPlaceholderData ? undefined : asked.data?.items, view);
  if (rows === undefined) return asked.isError ? <ProblemAlert error={asked.error} /> : <TableSkeleton />;
  return (
    <>
      <ProblemAlert error={asked.error} />
      {rows.length === 0 ? (
        nothing
      ) : (
        <>
          <Box mih={36} mb="xs" aria-live="polite">
            {newCount > 0 && (
              <Button size="xs" variant="light" onClick={showNew}>
                {t('runList.new', { count: newCount })}
              </Button>
            )}
          </Box>
          <ListTable
            minWidth={760}
            heads={[
              t('runList.run'),
              t('runList.state'),
              t('runList.kind'),
              { text: t('counts.read'), isFigure: true },
              { text: t('counts.written'), isFigure: true },
              { text: t('counts.deadLetters'), isFigure: true },
              t('runList.openedAt'),
              t('runList.took'),
            ]}
            isStale={asked.isPlaceholderData}
          >
            {rows.map((run) => (
              <Row key={run.id} run={run} />
            ))}
          </ListTable>
        </>
      )}
      <Pager next={asked.data?.next ?? null} isFirst={cursor === undefined} go={go} />
    </>
  );
}

function Row({ run }: { readonly run: RunOutline }) {
  const { t } = useTranslation();
  const count = useCount();
  const length = useLength();
  const { deadLetters } = run.totals;
  return (
    <Table.Tr>
      <Table.Td>
        <LinkTo to="/runs/$id" params={{ id: run.id }} fw={600} size="sm">
          {t('run.title', { number: count(run.number) })}
        </LinkTo>
        <Text size="xs" c="dimmed" className="mono">
          {run.pipeline}
        </Text>
      </Table.Td>
      <Table.Td>
        <StateBadge state={run.state} />
      </Table.Td>
      <Table.Td>{t(`run.kinds.${run.kind}`)}</Table.Td>
      <Table.Td ta="right">{count(run.totals.read)}</Table.Td>
      <Table.Td ta="right">{count(run.totals.written)}</Table.Td>
      <Table.Td ta="right">
        {deadLetters === 0 ? (
          count(0)
        ) : (
          <LinkTo to="/dead-letters" search={{ run: run.id }} size="sm">
            {count(deadLetters)}
          </LinkTo>
        )}
      </Table.Td>
      <Table.Td>
        <Moment at={run.openedAt} />
      </Table.Td>
      <Table.Td>
        {run.startedAt === null || run.endedAt === null
          ? '-'
          : length(Date.parse(run.endedAt) - Date.parse(run.startedAt))}
      </Table.Td>
    </Table.Tr>
  );
}
