import { Badge, Group, Loader, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api.js';
import { ProblemAlert } from '../../parts/problem.js';
import type { PipelineView } from './pipeline-view.js';

const colors = { added: 'teal', removed: 'red', changed: 'blue' } as const;

/** What differs between a version and the draft, or the published one. */
export function Diff({ pipeline, from }: { readonly pipeline: PipelineView; readonly from: number }) {
  const { t } = useTranslation();
  const published = pipeline.publishedVersion === null ? null : String(pipeline.publishedVersion);
  const [to, setTo] = useState(pipeline.hasDraft ? 'draft' : (published ?? 'draft'));
  const asked = useQuery({
    queryKey: ['diff', pipeline.id, from, to],
    queryFn: () =>
      answerOf(api.GET('/pipelines/{id}/diff', { params: { path: { id: pipeline.id }, query: { from, to } } })),
    staleTime: 0,
  });
  const targets = [
    ...(pipeline.hasDraft ? [{ value: 'draft', label: t('versions.withDraft') }] : []),
    ...(published === null ? [] : [{ value: published, label: t('versions.withPublished', { version: published }) }]),
  ];
  return (
    <>
      {targets.length > 1 && (
        <SegmentedControl mb="sm" value={to} onChange={setTo} data={targets} aria-label={t('versions.with')} />
      )}
      <ProblemAlert error={asked.error} />
      {asked.isPending && <Loader size="sm" aria-label={t('loading')} />}
      {asked.data !== undefined && asked.data.text === '' && <Text size="sm">{t('versions.same')}</Text>}
      {asked.data !== undefined && asked.data.text !== '' && (
        <>
          <Group gap="xs" mb="xs">
            {asked.data.flows.map(({ flow, change, parts }) => (
              <Badge key={flow} variant="light" color={colors[change]} tt="none">
                {flow}: {t(`versions.changes.${change}`)}
                {parts.length > 0 && ` (${parts.slice(0, 4).join(', ')}${parts.length > 4 ? ', ...' : ''})`}
              </Badge>
            ))}
          </Group>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
          <section className="diff mono" tabIndex={0} aria-label={t('versions.difference')}>
            {linesOf(asked.data.text).map(({ at, line }) => (
              <div key={at} className={line[0] === '+' ? 'diff-added' : line[0] === '-' ? 'diff-removed' : undefined}>
                {line || ' '}
              </div>
            ))}
          </section>
        </>
      )}
    </>
  );
}

function linesOf(text: string) {
  return text.split('\n').map((line, at) => ({ at, line }));
}
