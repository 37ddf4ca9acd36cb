import { Group, List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, answerOf, api } from '../../api.js';
import { useAskAgain } from '../../live.js';
import { Card } from '../../parts/card.js';
import { Moment } from '../../parts/moment.js';
import { ProblemAlert } from '../../parts/problem.js';
import { StateBadge } from '../../parts/state-badge.js';
import { useCount } from '../../parts/work/count.js';
import { LinkTo } from '../../parts/work/link-to.js';
import { TableSkeleton } from '../../parts/work/skeleton.js';
import { usePipelines } from '../../pipelines.js';

type RunOutline = AnswerOf<'listRuns'>['items'][number];
const openStates = ['running', 'waiting', 'queued', 'paused'] as const;
const shownAtOnce = 8;

/** Open runs with what they have moved, and the last ones that ended. */
export function RunningNow() {
  const { t } = useTranslation();
  const everyMs = useAskAgain(5_000);
  const open = useQuery({
    queryKey: ['runs', 'open'],
    queryFn: () => answerOf(api.GET('/runs', { params: { query: { state: [...openStates], limit: shownAtOnce } } })),
    refetchInterval: everyMs,
  });
  const latest = useQuery({
    queryKey: ['runs', 'latest'],
    queryFn: () => answerOf(api.GET('/runs', { params: { query: { limit: shownAtOnce } } })),
    refetchInterval: everyMs,
  });
  const isOpen = ({ state }: RunOutline): boolean => openStates.some((each) => each === state);
  const ended = latest.data?.items.filter((run) => !isOpen(run)) ?? [];
  return (
    <Card title={t('home.running')}>
      <ProblemAlert error={open.error ?? latest.error} />
      {open.isPending && <TableSkeleton rows={3} />}
      {open.data?.items.length === 0 && <Text size="sm">{t('home.nothingRuns')}</Text>}
      {open.data !== undefined && <Runs label={t('home.running')} runs={open.data.items} />}
      {ended.length > 0 && (
        <>
          <Text fw={500} size="sm" mt="md" mb="xs">
            {t('home.ended')}
          </Text>
          <Runs label={t('home.ended')} runs={ended.slice(0, 5)} />
        </>
      )}
    </Card>
  );
}

function Runs({ label, runs }: { readonly label: string; readonly runs: readonly RunOutline[] }) {
  const { t } = useTranslation();
  const count = useCount();
  const titles = new Map(usePipelines().data?.items.map(({ id, title }) => [id, title]));
  return (
    <List listStyleType="none" spacing="xs" aria-label={label} classNames={{ itemWrapper: 'wide', itemLabel: 'wide' }}>
      {runs.map((run) => (
        <List.Item key={run.id}>
          <Group justify="space-between" gap="xs">
            <div className="takes-rest">
              <LinkTo to="/runs/$id" params={{ id: run.id }} size="sm" fw={600} className="break-anywhere">
                {titles.get(run.pipeline) ?? run.pipeline}
              </LinkTo>
              <Text size="xs" c="dimmed" className="figures">
                {t('run.title', { number: count(run.number) })} · <Moment at={run.endedAt ?? run.openedAt} /> ·{' '}
                {t('home.written', { count: run.totals.written, shown: count(run.totals.written) })}
              </Text>
            </div>
            <div className="keeps-width">
              <StateBadge state={run.state} />
            </div>
          </Group>
        </List.Item>
      ))}
    </List>
  );
}
