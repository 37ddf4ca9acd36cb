import { Button, Group, NativeSelect, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api.js';
import { Moment } from '../../parts/moment.js';
import { ProblemAlert } from '../../parts/problem.js';
import { Empty } from '../../parts/work/empty.js';
import { TableSkeleton } from '../../parts/work/skeleton.js';
import { Diff } from './diff.js';
import type { PipelineView } from './pipeline-view.js';

interface VersionsProps {
  readonly pipeline: PipelineView;
  /** The version that the address compares with. */
  readonly from: number | undefined;
  compare(from: number | undefined): void;
  /** Puts a text into the draft. */
  restore(text: string): void;
}

/** What was published before: compared with the draft or the published version, and brought back. */
export function Versions({ pipeline, from, compare, restore }: VersionsProps) {
  const { t } = useTranslation();
  const versions = useQuery({
    queryKey: ['versions', pipeline.id],
    queryFn: () =>
      answerOf(api.GET('/pipelines/{id}/versions', { params: { path: { id: pipeline.id }, query: { limit: 200 } } })),
  });
  const restoring = useMutation({
    mutationFn: (version: number) =>
      answerOf(api.GET('/pipelines/{id}/versions/{version}', { params: { path: { id: pipeline.id, version } } })),
    onSuccess: ({ definition }) => restore(definition),
  });
  if (versions.data === undefined)
    return versions.isError ? <ProblemAlert error={versions.error} /> : <TableSkeleton />;
  const { items } = versions.data;
  if (items.length === 0) return <Empty title={t('versions.none')}>{t('versions.teach')}</Empty>;
  return (
    <>
      <ProblemAlert error={restoring.error} />
      <Table.ScrollContainer minWidth={520}>
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('pipelines.version')}</Table.Th>
              <Table.Th>{t('versions.at')}</Table.Th>
              <Table.Th>{t('versions.by')}</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((each) => (
              <Table.Tr key={each.version}>
                <Table.Td>{each.version}</Table.Td>
                <Table.Td>
                  <Moment at={each.publishedAt} />
                </Table.Td>
                <Table.Td>{each.publishedBy}</Table.Td>
                <Table.Td>
                  <Group gap="xs" justify="flex-end" wrap="nowrap">
                    <Button
                      size="xs"
                      variant={from === each.version ? 'filled' : 'default'}
                      aria-pressed={from === each.version}
                      aria-label={t('versions.compareOne', { version: each.version })}
                      onClick={() => compare(from === each.version ? undefined : each.version)}
                    >
                      {t('versions.compare')}
                    </Button>
                    <Button
                      size="xs"
                      variant="default"
                      aria-label={t('versions.restoreOne', { version: each.version })}
                      loading={restoring.isPending && restoring.variables === each.version}
                      onClick={() => restoring.mutate(each.version)}
                    >
                      {t('versions.restore')}
                    </Button>
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {from === undefined ? (
        <Text size="sm" c="dimmed" mt="md">
          {t('versions.hint')}
        </Text>
      ) : (
        <>
          <Group mt="lg" mb="xs" align="flex-end">
            <Title order={2} size="h4">
              {t('versions.difference')}
            </Title>
            <NativeSelect
              label={t('versions.from')}
              value={String(from)}
              onChange={(event) => compare(Number(event.currentTarget.value))}
              data={items.map(({ version }) => String(version))}
            />
          </Group>
          <Diff pipeline={pipeline} from={from} />
        </>
      )}
    </>
  );
}
