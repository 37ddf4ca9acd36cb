import { Badge, Code, Loader, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { Moment } from '../parts/moment.js';
import { ProblemAlert } from '../parts/problem.js';
import { StateBadge } from '../parts/state-badge.js';
import { Empty } from '../parts/work/empty.js';
import { Head } from '../parts/work/head.js';
import { ButtonTo, LinkTo } from '../parts/work/link-to.js';

const askAgainMs = 5_000;

export function Pipelines() {
  const { t } = useTranslation();
  const pipelines = useQuery({
    queryKey: ['pipelines'],
    queryFn: () => answerOf(api.GET('/pipelines', { params: { query: { limit: 200 } } })),
    refetchInterval: askAgainMs,
  });
  return (
    <>
      <Head title={t('pipelines.title')}>
        <ButtonTo to="/pipelines/new">{t('starter.title')}</ButtonTo>
      </Head>
      <ProblemAlert error={pipelines.error} />
      {pipelines.isPending && <Loader aria-label={t('loading')} />}
      {pipelines.data?.items.length === 0 && <Nothing />}
      {pipelines.data !== undefined && pipelines.data.items.length > 0 && (
        <Table.ScrollContainer minWidth={560}>
          <Table highlightOnHover verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('pipelines.name')}</Table.Th>
                <Table.Th>{t('pipelines.state')}</Table.Th>
                <Table.Th>{t('pipelines.run')}</Table.Th>
                <Table.Th>{t('pipelines.next')}</Table.Th>
                <Table.Th>{t('pipelines.version')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {pipelines.data.items.map((pipeline) => (
                <Table.Tr key={pipeline.uid}>
                  <Table.Td>
                    <LinkTo to="/pipelines/$id" params={{ id: pipeline.id }} fw={600} size="sm">
                      {pipeline.title}
                    </LinkTo>
                    <Text size="xs" c="dimmed" className="mono">
                      {pipeline.id}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    <Badge variant="light" color={pipeline.state === 'active' ? 'teal' : 'yellow'}>
                      {t(`pipelines.states.${pipeline.state}`)}
                    </Badge>
                  </Table.Td>
                  <Table.Td>
                    {pipeline.openRun === null ? (
                      '-'
                    ) : (
                      <LinkTo to="/runs/$id" params={{ id: pipeline.openRun.id }}>
                        <StateBadge state={pipeline.openRun.state} />
                      </LinkTo>
                    )}
                  </Table.Td>
                  <Table.Td>{pipeline.nextDueAt === null ? '-' : <Moment at={pipeline.nextDueAt} />}</Table.Td>
                  <Table.Td>{pipeline.publishedVersion ?? t('pipelines.draft')}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </>
  );
}

/** An empty list teaches how to fill it. */
function Nothing() {
  const { t } = useTranslation();
  return (
    <Empty title={t('pipelines.none')}>
      <ButtonTo to="/pipelines/new">{t('starter.title')}</ButtonTo>
      <Code block mt="md" ta="left">
        npx pipewright new pipeline my-first{'\n'}npx pipewright publish my-first.yaml
      </Code>
    </Empty>
  );
}
