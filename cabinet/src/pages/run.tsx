import { Alert, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Moment } from '../parts/moment.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem.js';
import { StateBadge } from '../parts/state-badge.js';
import { useCount, useLength } from '../parts/work/count.js';
import { LinkTo } from '../parts/work/link-to.js';
import { TableSkeleton } from '../parts/work/skeleton.js';
import { RunActions } from './run/actions.js';
import { FlowTable, Reconciliation, Totals } from './run/counts.js';
import { type RunView, useRun } from './run/live.js';
import { Stillness } from './run/stillness.js';

export function Run() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/shell/runs/$id' });
  const { data: run, error, isLive } = useRun(id);
  const count = useCount();
  const [refusal, setRefusal] = useState<unknown>(null);
  if (run === undefined) return error === null ? <TableSkeleton /> : <ProblemAlert error={error} />;
  return (
    <>
      <PageHead
        title={t('run.titleOf', { number: count(run.number), pipeline: run.pipeline })}
        below={
          <Group gap="xs" mt={4}>
            <StateBadge state={run.state} />
            <Text size="sm" c="dimmed">
              {t(`run.kinds.${run.kind}`)}, {t('run.version', { version: run.version })}
              {isLive && `, ${t('run.live')}`}
            </Text>
            <LinkTo to="/pipelines/$id" params={{ id: run.pipeline }} size="sm">
              {t('run.toPipeline')}
            </LinkTo>
            {typeof run.options.previewId === 'string' && (
              <LinkTo to="/previews/$id" params={{ id: run.options.previewId }} size="sm">
                {t('previews.link')}
              </LinkTo>
            )}
          </Group>
        }
      >
        <RunActions run={run} refused={setRefusal} />
      </PageHead>
      <ProblemAlert error={refusal} />
      <Standing run={run} />
      <Totals run={run} />
      {run.totals.deadLetters > 0 && (
        <Alert color="orange" mb="lg" title={t('run.hasDeadLetters', { count: run.totals.deadLetters })}>
          <LinkTo to="/dead-letters" search={{ run: run.id }}>
            {t('run.toDeadLetters')}
          </LinkTo>
        </Alert>
      )}
      <Title order={2} size="h4" mb="xs">
        {t('run.flows')}
      </Title>
      <FlowTable run={run} />
      <Title order={2} size="h4" mt="lg" mb="xs">
        {t('run.reconciliation')}
      </Title>
      <Reconciliation run={run} />
      <Title order={2} size="h4" mt="lg" mb="xs">
        {t('run.times')}
      </Title>
      <Times run={run} />
    </>
  );
}

/** Why a run stands still, how far it is, or why it failed. */
function Standing({ run }: { readonly run: RunView }) {
  const { t } = useTranslation();
  const count = useCount();
  const { failure, forecast, waitReason, waitUntil } = run;
  // Why it waits is said once, with what to do.
  const isWhy = failure !== null && failure.message === waitReason;
  return (
    <Stack gap="sm" mb="lg" aria-live="polite">
      {(waitReason !== null || waitUntil !== null) && (
        <Alert color="grape" title={waitReason ?? t('runs.states.waiting')}>
          {isWhy && <Failure failure={failure} />}
          {waitUntil === null ? (
            t('run.waitsForYou')
          ) : (
            <>
              {t('run.waitsUntil')} <Moment at={waitUntil} />
            </>
          )}
        </Alert>
      )}
      <Stillness run={run} />
      {run.isCancelRequested && run.endedAt === null && <Text size="sm">{t('run.cancelAsked')}</Text>}
      {run.isPauseRequested && run.state !== 'paused' && <Text size="sm">{t('run.pauseAsked')}</Text>}
      {failure !== null && !isWhy && (
        <Alert color="red" title={failure.message} role="alert">
          <Failure failure={failure} />
        </Alert>
      )}
      {forecast !== null && forecast.records > 0 && (
        <div>
          <Progress
            value={Math.min(100, (run.totals.read / forecast.records) * 100)}
            aria-label={t('run.progress')}
            mb={4}
          />
          <Text size="sm" c="dimmed">
            {t('run.remaining', { count: forecast.remaining, shown: count(forecast.remaining) })}{' '}
            <Moment at={forecast.endsAt} />
          </Text>
        </div>
      )}
    </Stack>
  );
}

/** What to do about a failure, and where. */
function Failure({ failure }: { readonly failure: NonNullable<RunView['failure']> }) {
  const { t } = useTranslation();
  const connection = failure.details?.connectionId;
  return (
    <>
      <Text size="sm">{failure.hint}</Text>
      {typeof connection === 'string' && (
        <LinkTo to="/connections/$id" params={{ id: connection }} size="sm">
          {t('stillness.toConnection')}
        </LinkTo>
      )}
      <Text size="xs" className="mono" my={4}>
        {failure.code}
      </Text>
    </>
  );
}

function Times({ run }: { readonly run: RunView }) {
  const { t } = useTranslation();
  const length = useLength();
  const { openedAt, startedAt, endedAt } = run;
  return (
    <dl className="facts">
      <dt>{t('runList.openedAt')}</dt>
      <dd>
        <Moment at={openedAt} />
      </dd>
      <dt>{t('run.openedBy')}</dt>
      <dd>{run.openedBy === '' ? '-' : run.openedBy}</dd>
      <dt>{t('run.startedAt')}</dt>
      <dd>
        <Moment at={startedAt} />
      </dd>
      <dt>{t('run.endedAt')}</dt>
      <dd>
        <Moment at={endedAt} />
      </dd>
      <dt>{t('runList.took')}</dt>
      <dd>{startedAt === null || endedAt === null ? '-' : length(Date.parse(endedAt) - Date.parse(startedAt))}</dd>
    </dl>
  );
}
