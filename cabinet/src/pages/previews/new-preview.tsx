import { Alert, Button, Checkbox, Group, List, Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api, ProblemError } from '../../api.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { Empty } from '../../parts/work/empty.js';
import { LinkTo } from '../../parts/work/link-to.js';
import { TableSkeleton } from '../../parts/work/skeleton.js';
import { useMay } from '../../role.js';
import { whenStored } from '../pipeline/draft.js';
import { useBindings } from '../pipeline/mapping/bindings.js';
import { Choices } from '../pipeline/mapping/choices.js';
import { isMap, listOf } from '../pipeline/mapping/json-map.js';
import { modelOf } from '../pipeline/mapping/model.js';
import type { PipelineView } from '../pipeline/pipeline-view.js';

/** Asks for a preview: of what runs now, or of the draft. */
export function NewPreview() {
  const { id } = useParams({ from: '/shell/pipelines/$id/preview' });
  const asked = useQuery({
    queryKey: ['pipeline', id],
    queryFn: async () => {
      await whenStored(id);
      return answerOf(api.GET('/pipelines/{id}', { params: { path: { id } } }));
    },
    refetchOnMount: 'always',
  });
  const hasDraft = asked.data?.hasDraft === true;
  const draft = useQuery({
    queryKey: ['draft-text', id],
    queryFn: async () => {
      await whenStored(id);
      return answerOf(api.GET('/pipelines/{id}/draft', { params: { path: { id } } }));
    },
    enabled: hasDraft,
    staleTime: 0,
    gcTime: 0,
  });
  if (asked.data === undefined) return asked.isError ? <ProblemAlert error={asked.error} /> : <TableSkeleton />;
  if (hasDraft && draft.data === undefined) {
    return draft.isError ? <ProblemAlert error={draft.error} /> : <TableSkeleton />;
  }
  return <Form key={asked.data.id} pipeline={asked.data} draft={draft.data?.definition ?? null} />;
}

function Form({ pipeline, draft }: { readonly pipeline: PipelineView; readonly draft: string | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isEditor = useMay('editor');
  const { id, publishedVersion, definition } = pipeline;
  const [what, setWhat] = useState<'published' | 'draft'>(publishedVersion === null ? 'draft' : 'published');
  const [left, setLeft] = useState<readonly string[]>([]);
  const text = what === 'draft' ? draft : definition;
  const model = useMemo(() => (text === null ? null : modelOf(text)), [text]);
  const bindings = useBindings(pipeline, model?.slots ?? new Map());
  const flows = model?.flows.map((each) => each.name) ?? [];
  const chosen = flows.filter((flow) => !left.includes(flow));
  const start = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/previews', {
          body: {
            pipeline: id,
            ...(what === 'draft' && draft !== null && { definition: draft, connections: { ...bindings.all } }),
            ...(chosen.length < flows.length && { flows: chosen }),
          },
        }),
      ),
    onSuccess: (preview) => navigate({ to: '/previews/$id', params: { id: preview.id } }),
  });
  const head = (
    <PageHead
      title={t('previews.newTitle', { pipeline: pipeline.title })}
      below={
        <LinkTo to="/pipelines/$id" params={{ id }} size="sm">
          {t('run.toPipeline')}
        </LinkTo>
      }
    />
  );
  if (publishedVersion === null && draft === null) {
    return (
      <>
        {head}
        <Empty title={t('previews.nothingThere')}>{t('previews.nothingThereText')}</Empty>
      </>
    );
  }
  return (
    <>
      {head}
      <Stack maw="44rem">
        <Text>{t('previews.teach')}</Text>
        <Radio.Group
          label={t('previews.what')}
          value={what}
          onChange={(value) => setWhat(value === 'draft' ? 'draft' : 'published')}
        >
          <Stack gap="xs" mt="xs">
            <Radio
              value="published"
              disabled={publishedVersion === null}
              label={
                publishedVersion === null
                  ? t('pipeline.neverPublished')
                  : t('previews.published', { version: publishedVersion })
              }
            />
            <Radio
              value="draft"
              disabled={draft === null}
              label={t(draft === null ? 'previews.noDraft' : 'previews.draft')}
            />
          </Stack>
        </Radio.Group>
        {what === 'draft' && (
          <Alert color="blue" title={t('previews.draftTitle')}>
            {t('previews.draftText')}
          </Alert>
        )}
        {what === 'draft' && (
          <Choices
            bindings={bindings}
            places={[...(model?.slots.keys() ?? [])].map((slot) => ({ slot, stream: '' }))}
          />
        )}
        {flows.length > 1 && (
          <Checkbox.Group
            label={t('previews.flows')}
            value={[...chosen]}
            onChange={(kept) => setLeft(flows.filter((flow) => !kept.includes(flow)))}
          >
            <Group mt="xs">
              {flows.map((flow) => (
                <Checkbox key={flow} value={flow} label={flow} />
              ))}
            </Group>
          </Checkbox.Group>
        )}
        <div aria-live="polite">
          <ProblemAlert error={start.error} />
          <Problems error={start.error} />
        </div>
        <Group>
          <Button
            loading={start.isPending}
            disabled={!isEditor || (flows.length > 0 && chosen.length === 0)}
            onClick={() => start.mutate()}
          >
            {t('previews.start')}
          </Button>
          {!isEditor && (
            <Text size="sm" c="dimmed">
              {t('previews.editorsOnly')}
            </Text>
          )}
        </Group>
      </Stack>
    </>
  );
}

/** What is wrong with the draft, line by line. */
function Problems({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const details: unknown = error instanceof ProblemError ? error.problem.details : null;
  const problems = (isMap(details) ? listOf(details.problems) : []).filter(isMap);
  if (problems.length < 2) return null;
  return (
    <List size="sm">
      {problems.map((problem) => (
        <List.Item key={`${String(problem.line)} ${String(problem.message)}`}>
          {t('previews.line', { line: String(problem.line) })} {String(problem.message)}
        </List.Item>
      ))}
    </List>
  );
}
