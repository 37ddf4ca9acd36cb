import { Group, List, Text, ThemeIcon } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconMailX,
  IconMessage,
  IconPlayerPause,
  IconPlugX,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api.js';
import { useAskAgain } from '../../live.js';
import { Card } from '../../parts/card.js';
import { ProblemAlert } from '../../parts/problem.js';
import { LinkTo } from '../../parts/work/link-to.js';
import { TableSkeleton } from '../../parts/work/skeleton.js';
import { mostCounted, usePipelines } from '../../pipelines.js';

interface AttentionProps {
  /** A servicing company sees states of pipelines alone. */
  readonly seesAll: boolean;
  readonly seesRequests: boolean;
}

/** What does not go on without somebody: each line leads to where it is mended. */
export function Attention({ seesAll, seesRequests }: AttentionProps) {
  const { t } = useTranslation();
  const everyMs = useAskAgain(15_000);
  const pipelines = usePipelines();
  const connections = useQuery({
    queryKey: ['connections', 'list'],
    queryFn: () => answerOf(api.GET('/connections')),
    refetchInterval: everyMs,
    enabled: seesAll,
  });
  const requests = useQuery({
    queryKey: ['requests', 'answered'],
    queryFn: () => answerOf(api.GET('/requests', { params: { query: { state: 'answered', limit: 10 } } })),
    refetchInterval: everyMs,
    enabled: seesRequests,
  });
  const items = pipelines.data?.items ?? [];
  const failed = items.filter(({ recent, openRun }) => openRun === null && recent.at(-1)?.state === 'failed');
  const paused = items.filter(({ state, pauseReason }) => state === 'paused' && isByItself(pauseReason));
  const refused = seesAll ? items.filter(({ openDeadLetters }) => openDeadLetters > 0) : [];
  const broken = connections.data?.items.filter(({ state }) => state === 'broken') ?? [];
  const answered = requests.data?.items ?? [];
  const isQuiet = [failed, paused, refused, broken, answered].every((list) => list.length === 0);
  return (
    <Card title={t('home.attention')}>
      <ProblemAlert error={pipelines.error ?? connections.error ?? requests.error} />
      {pipelines.isPending && <TableSkeleton rows={3} />}
      {pipelines.data !== undefined && isQuiet && (
        <Line icon={IconCircleCheck} color="teal">
          <Text size="sm">{t('home.quiet')}</Text>
        </Line>
      )}
      <List listStyleType="none" spacing="xs" aria-label={t('home.attention')}>
        {failed.map(({ uid, title, recent }) => (
          <List.Item key={`failed ${uid}`}>
            <Line icon={IconAlertTriangle} color="red">
              <LinkTo to="/runs/$id" params={{ id: recent.at(-1)?.id ?? '' }} size="sm">
                {t('home.failed', { name: title })}
              </LinkTo>
            </Line>
          </List.Item>
        ))}
        {paused.map(({ uid, id, title }) => (
          <List.Item key={`paused ${uid}`}>
            <Line icon={IconPlayerPause} color="yellow">
              <LinkTo to="/pipelines/$id" params={{ id }} size="sm">
                {t('home.paused', { name: title })}
              </LinkTo>
            </Line>
          </List.Item>
        ))}
        {refused.map(({ uid, id, title, openDeadLetters }) => (
          <List.Item key={`letters ${uid}`}>
            <Line icon={IconMailX} color="orange">
              <LinkTo to="/dead-letters" search={{ pipeline: id }} size="sm">
                {openDeadLetters >= mostCounted
                  ? t('home.refusedMany', { name: title, count: mostCounted })
                  : t('home.refused', { name: title, count: openDeadLetters })}
              </LinkTo>
            </Line>
          </List.Item>
        ))}
        {broken.map(({ id, name }) => (
          <List.Item key={`broken ${id}`}>
            <Line icon={IconPlugX} color="red">
              <LinkTo to="/connections/$id" params={{ id }} size="sm">
                {t('home.broken', { name })}
              </LinkTo>
            </Line>
          </List.Item>
        ))}
        {answered.map(({ id, number, subject }) => (
          <List.Item key={`answered ${id}`}>
            <Line icon={IconMessage} color="blue">
              <LinkTo to="/requests/$id" params={{ id }} size="sm" className="break-anywhere">
                {t('home.answered', { number, subject })}
              </LinkTo>
            </Line>
          </List.Item>
        ))}
      </List>
    </Card>
  );
}

interface LineProps {
  readonly icon: ComponentType<{ size: number }>;
  readonly color: string;
  readonly children: ReactNode;
}

function Line({ icon: Icon, color, children }: LineProps) {
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <ThemeIcon variant="light" color={color} size="sm" aria-hidden>
        <Icon size={14} />
      </ThemeIcon>
      {children}
    </Group>
  );
}

/** One that somebody paused needs nobody. */
function isByItself(reason: unknown): boolean {
  return typeof reason === 'object' && reason !== null && 'message' in reason;
}
