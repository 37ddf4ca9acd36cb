import { Alert, Badge, Group, List, Progress, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api.js';
import { Confirm } from '../../parts/confirm.js';
import { Moment } from '../../parts/moment.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { StateBadge } from '../../parts/state-badge.js';
import { useCount, useLength } from '../../parts/work/count.js';
import { ButtonTo, LinkTo } from '../../parts/work/link-to.js';
import { TableSkeleton } from '../../parts/work/skeleton.js';
import { useMay } from '../../role.js';
import { Applied } from './applied.js';
import { Changes } from './changes.js';
import { operations, type PreviewView, summaryOf, usePreview } from './preview-view.js';
import { Cost, Summary } from './summary.js';

const colors = { open: 'blue', ready: 'teal', applied: 'gray', failed: 'red' } as const;

/** What a run would write, record by record, and the act that writes exactly that. */
export function PreviewPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/shell/previews/$id' });
  const wanted = useSearch({ from: '/shell/previews/$id' });
  const navigate = useNavigate({ from: '/previews/$id' });
  const { data: preview, error } = usePreview(id);
  const isEditor = useMay('editor');
  const queries = useQueryClient();
  const [isApplying, setIsApplying] = useState(false);
  const tell = useCallback(
    (isOpen: boolean) => {
      setIsApplying(isOpen);
      // What has become of the preview is known once its run has ended.
      if (!isOpen) void queries.invalidateQueries({ queryKey: ['preview', id] });
    },
    [id, queries],
  );
  if (preview === undefined) return error === null ? <TableSkeleton /> : <ProblemAlert error={error} />;
  const { run } = preview;
  const isMade = preview.state === 'ready' || preview.state === 'applied';
  return (
    <>
      <PageHead
        title={t('previews.titleOf', { pipeline: run.pipeline })}
        below={
          <Group gap="xs" mt={4}>
            <Badge variant="light" color={colors[preview.state]}>
              {t(`previews.states.${preview.state}`)}
            </Badge>
            <Text size="sm">
              {t(preview.isDraft ? 'previews.draftVersion' : 'run.version', { version: preview.version })}
            </Text>
            <LinkTo to="/pipelines/$id" params={{ id: run.pipeline }} size="sm">
              {t('run.toPipeline')}
            </LinkTo>
            {preview.state === 'ready' && (
              <Text size="sm" c="dimmed">
                {t('previews.until')} <Moment at={preview.expiresAt} />
              </Text>
            )}
          </Group>
        }
      >
        {isEditor && preview.state === 'ready' && <Apply preview={preview} isApplying={isApplying} />}
        {isEditor && preview.state === 'open' && (
          <Confirm
            button={t('run.cancel')}
            title={t('run.cancelTitle')}
            isDangerous
            act={() => answerOf(api.POST('/runs/{id}/cancel', { params: { path: { id: run.id } } }))}
          >
            {t('previews.cancelText')}
          </Confirm>
        )}
        {isEditor && preview.state !== 'open' && (
          <ButtonTo variant="default" to="/pipelines/$id/preview" params={{ id: run.pipeline }}>
            {t('previews.again')}
          </ButtonTo>
        )}
      </PageHead>
      <ProblemAlert error={error} />
      {preview.state === 'open' && <Making preview={preview} />}
      {preview.state === 'failed' && (
        <Alert color="red" role="alert" title={run.failure?.message ?? t('previews.cancelled')}>
          {run.failure?.hint ?? t('previews.cancelledText')}
        </Alert>
      )}
      {preview.isOutdated && (
        <Alert color="orange" role="alert" mb="md" title={t('previews.outdated')}>
          {t('previews.outdatedText')}
        </Alert>
      )}
      {preview.appliedRunId !== null && <Applied runId={preview.appliedRunId} tell={tell} />}
      {isMade && (
        <>
          <Title order={2} size="h4" mt="lg" mb="xs">
            {t(preview.state === 'applied' ? 'previews.wasHeld' : 'previews.wouldDo')}
          </Title>
          <Summary preview={preview} show={(flow, operation) => void navigate({ search: { flow, operation } })} />
          {preview.cost !== null && preview.state === 'ready' && <Cost cost={preview.cost} />}
          <Changes
            id={id}
            flows={[...new Set(run.flows.map((each) => each.flow))]}
            wanted={wanted}
            go={(search) => void navigate({ search, resetScroll: false })}
          />
        </>
      )}
    </>
  );
}

function Making({ preview: { run } }: { readonly preview: PreviewView }) {
  const { t } = useTranslation();
  const count = useCount();
  const expected = run.forecast?.records ?? 0;
  return (
    <section aria-label={t('previews.making')}>
      <Group gap="xs" mb="xs">
        <StateBadge state={run.state} />
        <Text size="sm" aria-live="polite">
          {t('previews.makingText', {
            read: count(run.totals.read),
            held: count(run.totals.written + run.totals.deleted),
          })}
        </Text>
      </Group>
      <Progress
        value={expected > 0 ? Math.min(100, (run.totals.read / expected) * 100) : 100}
        animated
        striped
        aria-label={t('previews.making')}
        mb="sm"
      />
      {run.waitReason !== null && <Alert color="grape" title={run.waitReason} />}
      <Text size="sm" c="dimmed">
        {t('previews.nothingWritten')}
      </Text>
    </section>
  );
}

/** Asks once more, with what will happen. */
function Apply({ preview, isApplying }: { readonly preview: PreviewView; readonly isApplying: boolean }) {
  const { t } = useTranslation();
  const count = useCount();
  const length = useLength();
  const queries = useQueryClient();
  const sums = operations.map((operation) => ({
    operation,
    sum: summaryOf(preview).reduce((all, each) => all + each.changes[operation], 0),
  }));
  const held = sums.filter((each) => each.sum > 0);
  const { cost, id, isDraft, run } = preview;
  return (
    <Confirm
      button={t('previews.apply')}
      title={t('previews.applyTitle')}
      isMain
      isDisabled={preview.isOutdated || held.length === 0 || isApplying}
      act={async () => {
        const applied = await answerOf(api.POST('/previews/{id}/apply', { params: { path: { id } } }));
        queries.setQueryData(['preview', id], { ...preview, appliedRunId: applied.id });
      }}
    >
      <Text size="sm" mb="xs">
        {t('previews.applyText', { pipeline: run.pipeline })}
      </Text>
      <List size="sm" mb="xs">
        {held.map(({ operation, sum }) => (
          <List.Item key={operation}>
            {t(`previews.operations.${operation}`)}: {count(sum)}
          </List.Item>
        ))}
        {cost !== null && (
          <List.Item>
            {t('previews.calls', { count: cost.calls, shown: count(cost.calls) })}
            {cost.atLeastMs >= 1_000 && `, ${t('previews.atLeast', { time: length(cost.atLeastMs) })}`}
          </List.Item>
        )}
      </List>
      <Text size="sm">{t('previews.applyRule')}</Text>
      {isDraft && (
        <Text size="sm" mt="xs" fw={500}>
          {t('previews.applyDraft')}
        </Text>
      )}
    </Confirm>
  );
}
