import { Badge, Button, Group, Tabs, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { Moment } from '../parts/moment.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem.js';
import { StateBadge } from '../parts/state-badge.js';
import { useLength } from '../parts/work/count.js';
import { Empty } from '../parts/work/empty.js';
import { ButtonTo, LinkTo } from '../parts/work/link-to.js';
import { RunTable } from '../parts/work/run-table.js';
import { TableSkeleton } from '../parts/work/skeleton.js';
import { pipelineTabs } from '../routes/work-search.js';
import { Definition } from './pipeline/definition.js';
import { useDraft } from './pipeline/draft.js';
import { type PipelineView, pipelineQuery } from './pipeline/pipeline-view.js';
import { Remove } from './pipeline/remove.js';
import { useDocument } from './pipeline/use-document.js';
import { Versions } from './pipeline/versions.js';

const askAgainMs = 5_000;

export function Pipeline() {
  const { id } = useParams({ from: '/shell/pipelines/$id' });
  const asked = useQuery({ ...pipelineQuery(id), refetchInterval: askAgainMs });
  if (asked.data === undefined) return asked.isError ? <ProblemAlert error={asked.error} /> : <TableSkeleton />;
  return <Loaded key={asked.data.id} pipeline={asked.data} />;
}

function Loaded({ pipeline }: { readonly pipeline: PipelineView }) {
  const { t } = useTranslation();
  const { tab = 'definition', from, cursor } = useSearch({ from: '/shell/pipelines/$id' });
  const navigate = useNavigate({ from: '/pipelines/$id' });
  const draft = useDraft(pipeline.id);
  const document = useDocument(draft);
  return (
    <>
      <Actions pipeline={pipeline} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) => void navigate({ search: { tab: pipelineTabs.find((each) => each === value) } })}
      >
        <Tabs.List mb="md">
          {pipelineTabs.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`pipeline.tabs.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="definition">
          <Definition pipeline={pipeline} draft={draft} document={document} />
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <Versions
            pipeline={pipeline}
            from={from}
            compare={(version) => void navigate({ search: { tab, from: version } })}
            restore={(definition) => {
              draft.change(definition);
              void navigate({ search: { tab: 'definition' } });
            }}
          />
        </Tabs.Panel>
        <Tabs.Panel value="runs">
          <RunTable
            pipeline={pipeline.id}
            cursor={cursor}
            go={(next) => void navigate({ search: { tab, cursor: next } })}
            nothing={<Empty title={t('runList.none')}>{t('pipeline.noRuns')}</Empty>}
          />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

const Actions = memo(function Actions({ pipeline }: { readonly pipeline: PipelineView }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { id, openRun, publishedVersion, state } = pipeline;
  const params = { path: { id } };
  const keep = (now: PipelineView): void => {
    queries.setQueryData(['pipeline', id], now);
  };
  const start = useMutation({
    mutationFn: () => answerOf(api.POST('/runs', { body: { pipeline: id } })),
    onSuccess: (run) => navigate({ to: '/runs/$id', params: { id: run.id } }),
  });
  const pause = useMutation({
    mutationFn: () => answerOf(api.POST('/pipelines/{id}/pause', { params })),
    onSuccess: keep,
  });
  const resume = useMutation({
    mutationFn: () => answerOf(api.POST('/pipelines/{id}/resume', { params })),
    onSuccess: keep,
  });
  const toggle = state === 'paused' ? resume : pause;
  return (
    <>
      <PageHead title={pipeline.title} below={<Facts pipeline={pipeline} />}>
        <Button
          disabled={publishedVersion === null || state === 'paused' || openRun !== null}
          loading={start.isPending}
          onClick={() => start.mutate()}
        >
          {t('pipeline.runNow')}
        </Button>
        <Button
          variant="default"
          disabled={publishedVersion === null}
          loading={toggle.isPending}
          onClick={() => toggle.mutate()}
        >
          {t(state === 'paused' ? 'work.resume' : 'work.pause')}
        </Button>
        <ButtonTo variant="default" to="/pipelines/$id/preview" params={{ id }}>
          {t('previews.link')}
        </ButtonTo>
        <Remove pipeline={pipeline} />
      </PageHead>
      <ProblemAlert error={start.error ?? pause.error ?? resume.error} />
    </>
  );
});

function Facts({ pipeline }: { readonly pipeline: PipelineView }) {
  const { t } = useTranslation();
  const { openRun, nextDueAt, publishedVersion, state } = pipeline;
  return (
    <Group gap="xs" mt={4}>
      <Text size="sm" className="mono">
        {pipeline.id}
      </Text>
      <Badge variant="light" color={state === 'active' ? 'teal' : 'yellow'}>
        {t(`pipelines.states.${state}`)}
      </Badge>
      <Text size="sm">
        {publishedVersion === null ? t('pipeline.neverPublished') : t('run.version', { version: publishedVersion })}
      </Text>
      {publishedVersion !== null && <Trigger trigger={pipeline.trigger} />}
      {nextDueAt !== null && (
        <Text size="sm" c="dimmed">
          {t('pipeline.next')} <Moment at={nextDueAt} />
        </Text>
      )}
      {openRun !== null && (
        <LinkTo to="/runs/$id" params={{ id: openRun.id }} size="sm">
          {t('pipeline.openRun')} <StateBadge state={openRun.state} />
        </LinkTo>
      )}
    </Group>
  );
}

/** When it runs by itself, in words. */
function Trigger({ trigger }: Pick<PipelineView, 'trigger'>) {
  const { t } = useTranslation();
  const length = useLength();
  const every = (ms: unknown): string => (typeof ms === 'number' ? length(ms) : '?');
  const words = (): string => {
    if (trigger?.kind === 'every') return t('pipeline.triggers.every', { every: every(trigger.everyMs) });
    if (trigger?.kind === 'webhook') return t('pipeline.triggers.webhook', { every: every(trigger.reconcileMs) });
    if (trigger?.kind === 'cron') {
      return t('pipeline.triggers.cron', { cron: String(trigger.cron), zone: String(trigger.zone) });
    }
    return t('pipeline.triggers.manual');
  };
  return (
    <Text size="sm" c="dimmed">
      {words()}
    </Text>
  );
}
