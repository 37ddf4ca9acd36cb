import { Badge, Group, Loader, Paper, SimpleGrid, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '../parts/anchor-link.js';
import { type Connector, SetupNote, useConnectors } from '../parts/connection-bits.js';
import { ConnectionForm } from '../parts/connection-form.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem.js';

/** Adding a connection: first which vendor (it stands in the address), then the form that its connector declares. */
export function ConnectionNew() {
  const { t } = useTranslation();
  const { connector: id } = useSearch({ from: '/shell/connections/new' });
  const navigate = useNavigate();
  const connectors = useConnectors();
  const chosen = connectors.data?.items.find((each) => each.id === id);
  return (
    <>
      <PageHead title={chosen === undefined ? t('connections.add') : t('connections.addOf', { title: chosen.title })} />
      <ProblemAlert error={connectors.error} />
      {connectors.isPending && <Loader aria-label={t('loading')} />}
      {chosen === undefined && connectors.data !== undefined && <Choice connectors={connectors.data.items} />}
      {chosen !== undefined && (
        <>
          <AnchorLink to="/connections/new" search={{ connector: '' }} size="sm" mb="md" display="inline-block">
            {t('connections.otherConnector')}
          </AnchorLink>
          <Paper withBorder p="md" maw={640}>
            <SetupNote setup={chosen.setup} />
            <ConnectionForm
              key={chosen.id}
              connector={chosen}
              added={(connectionId) => navigate({ to: '/connections/$id', params: { id: connectionId } })}
            />
          </Paper>
        </>
      )}
    </>
  );
}

function Choice({ connectors }: { readonly connectors: readonly Connector[] }) {
  const { t } = useTranslation();
  return (
    <>
      <Text mb="md">{t('connections.choose')}</Text>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} maw={860}>
        {connectors.map(({ id, title, setup, hasConsent }) => (
          <Paper key={id} withBorder p="md">
            <AnchorLink to="/connections/new" search={{ connector: id }} fw={600}>
              {title}
            </AnchorLink>
            <Group gap={6} mt="xs">
              {hasConsent && <Badge variant="light">{t('connections.byConsent')}</Badge>}
              {setup.needsAdmin && (
                <Badge variant="light" color="orange">
                  {t('connections.admin')}
                </Badge>
              )}
            </Group>
          </Paper>
        ))}
      </SimpleGrid>
    </>
  );
}
