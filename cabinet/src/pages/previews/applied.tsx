import { Alert, Group, List, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api.js';
import { ProblemAlert } from '../../parts/problem.js';
import { StateBadge } from '../../parts/state-badge.js';
import { useCount } from '../../parts/work/count.js';
import { LinkTo } from '../../parts/work/link-to.js';
import { hasEnded, useRun } from '../run/live.js';

const conflict = 'preview/changed_since';

interface AppliedProps {
  readonly runId: string;
  /** Tells whether it is still under way. */
  tell(isOpen: boolean): void;
}

/** What became of applying: what was written, and which records were somebody else's meanwhile. */
export function Applied({ runId, tell }: AppliedProps) {
  const { t } = useTranslation();
  const count = useCount();
  const { data: run, error } = useRun(runId);
  const isOpen = run !== undefined && !hasEnded(run);
  const isKnown = run !== undefined;
  useEffect(() => {
    if (isKnown) tell(isOpen);
  }, [isKnown, isOpen, tell]);
  if (run === undefined) return <ProblemAlert error={error} />;
  const { written, deleted, deadLetters, unchanged } = run.totals;
  return (
    <section aria-label={t('previews.applied')}>
      <Group gap="xs" mt="lg" mb="xs">
        <Title order={2} size="h4">
          {t('previews.applied')}
        </Title>
        <StateBadge state={run.state} />
        <LinkTo to="/runs/$id" params={{ id: run.id }} size="sm">
          {t('run.title', { number: count(run.number) })}
        </LinkTo>
      </Group>
      <Text size="sm" aria-live="polite">
        {t('previews.appliedText', {
          written: count(written),
          deleted: count(deleted),
          unchanged: count(unchanged),
          refused: count(deadLetters),
        })}
      </Text>
      {run.failure !== null && (
        <Alert color="red" role="alert" mt="sm" title={run.failure.message}>
          {run.failure.hint}
        </Alert>
      )}
      {deadLetters > 0 && <Conflicts runId={runId} isOver={hasEnded(run)} />}
    </section>
  );
}

function Conflicts({ runId, isOver }: { readonly runId: string; readonly isOver: boolean }) {
  const { t } = useTranslation();
  const asked = useQuery({
    queryKey: ['preview-conflicts', runId, isOver],
    queryFn: () => answerOf(api.GET('/dead-letters', { params: { query: { run: runId, code: conflict, limit: 50 } } })),
  });
  const letters = asked.data?.items ?? [];
  return (
    <Alert color="orange" mt="sm" title={t('previews.conflicts')}>
      <Text size="sm" mb="xs">
        {t('previews.conflictsText')}
      </Text>
      <List size="sm" mb="xs">
        {letters.map((letter) => (
          <List.Item key={letter.id}>
            <LinkTo to="/dead-letters/$id" params={{ id: letter.id }} size="sm" className="mono">
              {letter.flow}: {letter.sourceKey}
            </LinkTo>{' '}
            {letter.message}
          </List.Item>
        ))}
      </List>
      <LinkTo to="/dead-letters" search={{ run: runId }} size="sm">
        {t('run.toDeadLetters')}
      </LinkTo>
    </Alert>
  );
}
