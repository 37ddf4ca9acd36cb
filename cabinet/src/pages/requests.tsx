import { Button, Loader, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { AnchorLink } from '../parts/anchor-link.js';
import { useChange } from '../parts/change.js';
import { Moment } from '../parts/moment.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem.js';
import { type AskedRequest, RequestForm } from '../parts/request-form.js';
import { RequestState } from '../parts/request-thread.js';
import { Section } from '../parts/section.js';
import { ListTable } from '../parts/work/list-table.js';

/** What this account has asked of those who run the installation. */
export function Requests() {
  const { t } = useTranslation();
  const requests = useQuery({
    queryKey: ['requests', 'list'],
    queryFn: () => answerOf(api.GET('/requests', { params: { query: { limit: 200 } } })),
  });
  return (
    <>
      <PageHead title={t('requests.title')} about={t('requests.about')}>
        <Button component={Link} to="/requests/new">
          {t('requests.new')}
        </Button>
      </PageHead>
      <ProblemAlert error={requests.error} />
      {requests.isPending && <Loader aria-label={t('loading')} />}
      {requests.data?.items.length === 0 && <Text maw={680}>{t('requests.none')}</Text>}
      {requests.data !== undefined && requests.data.items.length > 0 && (
        <ListTable
          minWidth={560}
          heads={[t('requests.subject'), t('requests.kind'), t('connections.state'), t('requests.touched')]}
        >
          {requests.data.items.map(({ id, number, subject, kind, state, name, updatedAt }) => (
            <Table.Tr key={id}>
              <Table.Td>
                <AnchorLink to="/requests/$id" params={{ id }} fw={600}>
                  #{number} {subject}
                </AnchorLink>
                <Text size="xs" c="dimmed">
                  {name}
                </Text>
              </Table.Td>
              <Table.Td>{t(`requests.kinds.${kind}`)}</Table.Td>
              <Table.Td>
                <RequestState state={state} />
              </Table.Td>
              <Table.Td>
                <Moment at={updatedAt} />
              </Table.Td>
            </Table.Tr>
          ))}
        </ListTable>
      )}
    </>
  );
}

export function RequestNew() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const filing = useChange({
    change: ({ kind, subject, text }: AskedRequest) =>
      answerOf(api.POST('/requests', { body: { kind, subject, text } })),
    touches: [['requests']],
    said: t('requests.sent'),
    after: () => navigate({ to: '/requests' }),
  });
  return (
    <>
      <AnchorLink to="/requests" size="sm">
        {t('requests.title')}
      </AnchorLink>
      <PageHead title={t('requests.new')} />
      <Section title={t('requests.one')} about={t('requests.about')}>
        <RequestForm isVisitor={false} submit={filing.mutateAsync} />
      </Section>
    </>
  );
}
