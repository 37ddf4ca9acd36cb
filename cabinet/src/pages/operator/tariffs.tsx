import './tariffs.css';
import { Badge, Group, NativeSelect, Paper, SimpleGrid, Table, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, answerOf, api } from '../../api.js';
import { Moment } from '../../parts/moment.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { SearchField } from '../../parts/search-field.js';
import { Price, useDuration } from '../../parts/tariff-use.js';
import { useCount } from '../../parts/work/count.js';
import { Empty } from '../../parts/work/empty.js';
import { LinkTo } from '../../parts/work/link-to.js';
import { ListTable } from '../../parts/work/list-table.js';
import { Pager } from '../../parts/work/pager.js';
import { TableSkeleton } from '../../parts/work/skeleton.js';

type Tariff = AnswerOf<'listTariffsInUse'>['items'][number];
type Account = AnswerOf<'listAccounts'>['items'][number];

/** What each tariff allows and who has it; accounts with what they use. */
export function OperatorTariffs() {
  const { t } = useTranslation();
  const wanted = useSearch({ from: '/shell/operator/tariffs' });
  const navigate = useNavigate({ from: '/operator/tariffs' });
  const tariffs = useQuery({
    queryKey: ['operator', 'tariffs'],
    queryFn: () => answerOf(api.GET('/operator/tariffs')),
  });
  const accounts = useQuery({
    queryKey: ['operator', 'accounts', wanted],
    queryFn: () => answerOf(api.GET('/operator/accounts', { params: { query: { ...wanted, limit: 50 } } })),
    placeholderData: keepPreviousData,
  });
  const titles = new Map(tariffs.data?.items.map(({ name, title }) => [name, title]));
  const narrow = (part: Partial<typeof wanted>) => void navigate({ search: { ...wanted, ...part, cursor: undefined } });
  return (
    <>
      <PageHead title={t('operator.tariffs')} about={t('operator.tariffsAbout')} />
      <ProblemAlert error={tariffs.error} />
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} mb="xl">
        {tariffs.data?.items.map((tariff) => (
          <TariffCard key={tariff.name} tariff={tariff} />
        ))}
      </SimpleGrid>
      <Title order={2} size="h3" mb="sm">
        {t('operator.accounts')}
      </Title>
      <Group mb="md" align="flex-end">
        <NativeSelect
          label={t('operator.tariff')}
          value={wanted.tariff ?? ''}
          onChange={({ currentTarget: { value } }) => narrow({ tariff: value || undefined })}
          data={[{ value: '', label: t('work.all') }, ...[...titles].map(([value, label]) => ({ value, label }))]}
        />
        <SearchField
          key={wanted.search ?? ''}
          label={t('operator.accountWords')}
          value={wanted.search}
          search={(search) => narrow({ search })}
        />
      </Group>
      <ProblemAlert error={accounts.error} />
      {accounts.isPending && <TableSkeleton />}
      {accounts.data?.items.length === 0 && (
        <Empty title={t('operator.noAccountFits')}>
          <LinkTo to="/operator/tariffs">{t('work.showAll')}</LinkTo>
        </Empty>
      )}
      {accounts.data !== undefined && accounts.data.items.length > 0 && (
        <AccountTable accounts={accounts.data.items} titles={titles} />
      )}
      <Pager
        next={accounts.data?.next ?? null}
        isFirst={wanted.cursor === undefined}
        go={(cursor) => void navigate({ search: { ...wanted, cursor } })}
      />
    </>
  );
}

function TariffCard({ tariff }: { readonly tariff: Tariff }) {
  const { t } = useTranslation();
  const count = useCount();
  const duration = useDuration();
  const { pipelines, recordsAMonth, members, shortestIntervalMs } = tariff.limits;
  const shown = (limit: number | null): string => (limit === null ? t('operator.noLimit') : count(limit));
  return (
    <Paper withBorder p="md" component="section" aria-label={tariff.title}>
      <Group justify="space-between" mb={4}>
        <Text fw={600}>{tariff.title}</Text>
        <Badge variant="light">{t('operator.accountCount', { count: tariff.accounts })}</Badge>
      </Group>
      <Price tariff={tariff} />
      {tariff.isForNewAccounts && (
        <Text size="xs" c="dimmed">
          {t('operator.forNewAccounts')}
        </Text>
      )}
      <dl className="tariff-facts figures">
        <dt>{t('tariff.pipelines')}</dt>
        <dd>{shown(pipelines)}</dd>
        <dt>{t('operator.recordsAMonth')}</dt>
        <dd>{shown(recordsAMonth)}</dd>
        <dt>{t('nav.members')}</dt>
        <dd>{shown(members)}</dd>
        <dt>{t('operator.interval')}</dt>
        <dd>{shortestIntervalMs === null ? t('operator.noLimit') : duration(shortestIntervalMs)}</dd>
      </dl>
    </Paper>
  );
}

interface AccountTableProps {
  readonly accounts: readonly Account[];
  readonly titles: ReadonlyMap<string, string>;
}

function AccountTable({ accounts, titles }: AccountTableProps) {
  const { t } = useTranslation();
  return (
    <ListTable
      minWidth={760}
      heads={[
        t('nav.account'),
        t('operator.tariff'),
        { text: t('nav.pipelines'), isFigure: true },
        { text: t('operator.recordsThisMonth'), isFigure: true },
        { text: t('nav.members'), isFigure: true },
        t('accountPage.since'),
      ]}
      className="figures"
    >
      {accounts.map((account) => (
        <Table.Tr key={account.id}>
          <Table.Td maw={280}>
            <LinkTo
              to="/operator/tariffs/$id"
              params={{ id: account.id }}
              fw={600}
              size="sm"
              className="break-anywhere"
            >
              {account.name}
            </LinkTo>
          </Table.Td>
          <Table.Td>{titles.get(account.tariff) ?? account.tariff}</Table.Td>
          <Used used={account.pipelines} limit={account.limits.pipelines} />
          <Used used={account.recordsThisMonth} limit={account.limits.recordsAMonth} />
          <Used used={account.members} limit={account.limits.members} />
          <Table.Td>
            <Moment at={account.createdAt} />
          </Table.Td>
        </Table.Tr>
      ))}
    </ListTable>
  );
}

/** What is used up stands out, also without its colour. */
function Used({ used, limit }: { readonly used: number; readonly limit: number | null }) {
  const { t } = useTranslation();
  const count = useCount();
  if (limit === null) return <Table.Td ta="right">{count(used)}</Table.Td>;
  const text = t('tariff.of', { used: count(used), limit: count(limit) });
  return (
    <Table.Td ta="right">
      {used < limit ? (
        text
      ) : (
        <Badge color="orange" variant="light" tt="none">
          {text}
        </Badge>
      )}
    </Table.Td>
  );
}
