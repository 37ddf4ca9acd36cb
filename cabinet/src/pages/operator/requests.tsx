import { Badge, Group, NativeSelect, Table, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api.js';
import { Moment } from '../../parts/moment.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { RequestState } from '../../parts/request-thread.js';
import { SearchField } from '../../parts/search-field.js';
import { Empty } from '../../parts/work/empty.js';
import { LinkTo } from '../../parts/work/link-to.js';
import { ListTable } from '../../parts/work/list-table.js';
import { Pager } from '../../parts/work/pager.js';
import { TableSkeleton } from '../../parts/work/skeleton.js';
import { requestKinds } from '../../request-kinds.js';
import { requestStates } from '../../routes/operator.js';

const askAgainMs = 15_000;

/** Everybody's requests; the filters stand in the address. */
export function OperatorRequests() {
  const { t } = useTranslation();
  const wanted = useSearch({ from: '/shell/operator/requests' });
  const navigate = useNavigate({ from: '/operator/requests' });
  const { state, kind, search, cursor } = wanted;
  const asked = useQuery({
    queryKey: ['operator', 'requests', wanted],
    queryFn: () => answerOf(api.GET('/operator/requests', { params: { query: { ...wanted, limit: 50 } } })),
    refetchInterval: askAgainMs,
    placeholderData: keepPreviousData,
  });
  const isFiltered = state !== undefined || kind !== undefined || search !== undefined;
  const narrow = (part: Partial<typeof wanted>) => void navigate({ search: { ...wanted, ...part, cursor: undefined } });
  return (
    <>
      <PageHead title={t('operator.requests')} about={t('operator.requestsAbout')} />
      <Group mb="md" align="flex-end">
        <NativeSelect
          label={t('connections.state')}
          value={state ?? ''}
          onChange={({ currentTarget: { value } }) => narrow({ state: requestStates.find((each) => each === value) })}
          data={[
            { value: '', label: t('work.all') },
            ...requestStates.map((each) => ({ value: each, label: t(`requests.states.${each}`) })),
          ]}
        />
        <NativeSelect
          label={t('requests.kind')}
          value={kind ?? ''}
          onChange={({ currentTarget: { value } }) => narrow({ kind: requestKinds.find((each) => each === value) })}
          data={[
            { value: '', label: t('work.all') },
            ...requestKinds.map((each) => ({ value: each, label: t(`requests.kinds.${each}`) })),
          ]}
        />
        <SearchField
          key={search ?? ''}
          label={t('operator.requestWords')}
          value={search}
          search={(text) => narrow({ search: text })}
        />
      </Group>
      <ProblemAlert error={asked.error} />
      {asked.isPending && <TableSkeleton />}
      {asked.data?.items.length === 0 && (
        <Empty title={t(isFiltered ? 'operator.noRequestFits' : 'operator.noRequests')}>
          {isFiltered ? (
            <LinkTo to="/operator/requests">{t('work.showAll')}</LinkTo>
          ) : (
            <Text>{t('operator.noRequestsText')}</Text>
          )}
        </Empty>
      )}
      {asked.data !== undefined && asked.data.items.length > 0 && (
        <ListTable
          minWidth={720}
          heads={[
            t('requests.subject'),
            t('operator.asker'),
            t('requests.kind'),
            t('connections.state'),
            t('requests.touched'),
          ]}
          isStale={asked.isPlaceholderData}
        >
          {asked.data.items.map((request) => (
            <Table.Tr key={request.id}>
              <Table.Td maw={380}>
                <LinkTo
                  to="/operator/requests/$id"
                  params={{ id: request.id }}
                  fw={600}
                  size="sm"
                  className="break-anywhere"
                >
                  #{request.number} {request.subject}
                </LinkTo>
              </Table.Td>
              <Table.Td>
                <Text size="sm">{request.name}</Text>
                <Text size="xs" c="dimmed">
                  {request.account?.name ?? t('operator.visitor')}
                </Text>
                {request.partner !== null && (
                  <Badge size="xs" variant="light">
                    {request.partner.name}
                  </Badge>
                )}
              </Table.Td>
              <Table.Td>{t(`requests.kinds.${request.kind}`)}</Table.Td>
              <Table.Td>
                <RequestState state={request.state} />
              </Table.Td>
              <Table.Td>
                <Moment at={request.updatedAt} />
              </Table.Td>
            </Table.Tr>
          ))}
        </ListTable>
      )}
      <Pager
        next={asked.data?.next ?? null}
        isFirst={cursor === undefined}
        go={(next) => void navigate({ search: { ...wanted, cursor: next } })}
      />
    </>
  );
}
