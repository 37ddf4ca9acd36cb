import { Button, Loader, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { AnchorLink } from '../parts/anchor-link.js';
import { useChange } from '../parts/change.js';
import { type Connection, ConnectionState, useConnectors } from '../parts/connection-bits.js';
import { Moment } from '../parts/moment.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem.js';
import { connectSandboxes, useSandboxes } from '../parts/sandboxes.js';
import { ListTable } from '../parts/work/list-table.js';
import { useMay } from '../role.js';

const askAgainMs = 15_000;

/** All signed-in accounts, and whether they work. */
export function Connections() {
  const { t } = useTranslation();
  const mayChange = useMay('editor');
  const connections = useQuery({
    queryKey: ['connections', 'list'],
    queryFn: () => answerOf(api.GET('/connections')),
    refetchInterval: askAgainMs,
  });
  return (
    <>
      <PageHead title={t('connections.title')} about={t('connections.about')}>
        <Button variant="default" component={Link} to="/connections/links">
          {t('connectLinks.title')}
        </Button>
        {mayChange && (
          <Button component={Link} to="/connections/new">
            {t('connections.add')}
          </Button>
        )}
      </PageHead>
      <ProblemAlert error={connections.error} />
      {connections.isPending && <Loader aria-label={t('loading')} />}
      {connections.data?.items.length === 0 && (
        <>
          <Text maw={680}>{t('connections.none')}</Text>
          <Practice />
        </>
      )}
      {connections.data !== undefined && connections.data.items.length > 0 && (
        <ConnectionTable items={connections.data.items} />
      )}
    </>
  );
}

/** The first steps need no account at a vendor. */
function Practice() {
  const { t } = useTranslation();
  const offers = useSandboxes();
  const connecting = useChange({
    change: () => connectSandboxes(offers),
    touches: [['connections']],
    said: t('sandboxes.connected'),
  });
  if (offers.length === 0) return null;
  return (
    <>
      <Text maw={680} my="sm">
        {t('sandboxes.about', { names: offers.map(({ name }) => name).join(', ') })}
      </Text>
      <ProblemAlert error={connecting.error} />
      <Button variant="default" loading={connecting.isPending} onClick={() => connecting.mutate()}>
        {t('sandboxes.connect')}
      </Button>
    </>
  );
}

function ConnectionTable({ items }: { readonly items: readonly Connection[] }) {
  const { t } = useTranslation();
  const connectors = useConnectors();
  const titleOf = (id: string): string => connectors.data?.items.find((each) => each.id === id)?.title ?? id;
  return (
    <ListTable
      minWidth={560}
      heads={[
        t('connections.name'),
        t('connections.connector'),
        t('connections.state'),
        t('connections.hosts'),
        t('connections.addedAt'),
      ]}
    >
      {items.map((connection) => (
        <Table.Tr key={connection.id}>
          <Table.Td>
            <AnchorLink to="/connections/$id" params={{ id: connection.id }} fw={600}>
              {connection.name}
            </AnchorLink>
          </Table.Td>
          <Table.Td>{titleOf(connection.connector)}</Table.Td>
          <Table.Td>
            <ConnectionState state={connection.state} />
          </Table.Td>
          <Table.Td className="mono">{connection.hosts.join(', ')}</Table.Td>
          <Table.Td>
            <Moment at={connection.createdAt} />
          </Table.Td>
        </Table.Tr>
      ))}
    </ListTable>
  );
}
