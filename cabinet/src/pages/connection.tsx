import { Anchor, Box, Button, Group, List, Loader, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { useChange } from '../parts/change.js';
import { Confirm } from '../parts/confirm.js';
import {
  CheckResult,
  type Connection,
  ConnectionState,
  FailureAlert,
  SetupNote,
  useConnectors,
} from '../parts/connection-bits.js';
import { Moment } from '../parts/moment.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem.js';
import { ReconnectForm } from '../parts/reconnect-form.js';
import { Section } from '../parts/section.js';
import { SettingsForm } from '../parts/settings-form.js';
import { TextForm } from '../parts/text-form.js';
import { useMay } from '../role.js';

/** One connection: whether it works and with which rights, its name and settings, where it is used. */
export function ConnectionPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/shell/connections/$id' });
  const connection = useQuery({
    queryKey: ['connections', id],
    queryFn: () => answerOf(api.GET('/connections/{id}', { params: { path: { id } } })),
  });
  return (
    <>
      <Anchor component={Link} to="/connections" size="sm">
        {t('connections.title')}
      </Anchor>
      <ProblemAlert error={connection.error} />
      {connection.isPending && <Loader aria-label={t('loading')} />}
      {connection.data !== undefined && <Shown key={connection.data.id} connection={connection.data} />}
    </>
  );
}

function Shown({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const mayChange = useMay('editor');
  const connectors = useConnectors();
  const connector = connectors.data?.items.find((each) => each.id === connection.connector);
  return (
    <>
      <PageHead title={connection.name} about={connector?.title}>
        <ConnectionState state={connection.state} />
      </PageHead>
      <FailureAlert failure={connection.failure} />
      <Check id={connection.id} />
      {mayChange && connector !== undefined && (
        <Section title={t('connections.reconnect')} about={t('connections.reconnectText')}>
          <details open={connection.state === 'broken'}>
            <summary>{t('connections.newCredentials')}</summary>
            <Box mt="sm">
              <SetupNote setup={connector.setup} />
              <ReconnectForm connection={connection} connector={connector} />
            </Box>
          </details>
        </Section>
      )}
      <Uses id={connection.id} />
      {mayChange && <Rename connection={connection} />}
      {mayChange && connector !== undefined && (
        <Section title={t('connections.settings')}>
          <SettingsForm connection={connection} connector={connector} />
        </Section>
      )}
      <Text size="sm" c="dimmed" mb="md">
        {t('connections.addedAt')}: <Moment at={connection.createdAt} />
      </Text>
      {mayChange && <Remove connection={connection} />}
    </>
  );
}

function Check({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const check = useQuery({
    queryKey: ['connection-check', id],
    queryFn: () => answerOf(api.POST('/connections/{id}/check', { params: { path: { id } } })),
    enabled: false,
  });
  const ask = async (): Promise<void> => {
    await check.refetch();
    await queries.invalidateQueries({ queryKey: ['connections'] });
  };
  return (
    <Section title={t('connections.check')} about={t('connections.checkText')}>
      {check.data !== undefined && <CheckResult check={check.data} />}
      <ProblemAlert error={check.error} />
      <Button mt="sm" loading={check.isFetching} onClick={() => void ask()}>
        {t('connections.checkNow')}
      </Button>
    </Section>
  );
}

function useUses(id: string) {
  return useQuery({
    queryKey: ['connections', id, 'uses'],
    queryFn: () => answerOf(api.GET('/connections/{id}/uses', { params: { path: { id } } })),
  });
}

function Uses({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const uses = useUses(id);
  return (
    <Section title={t('connections.uses')}>
      <ProblemAlert error={uses.error} />
      {uses.data?.items.length === 0 && <Text size="sm">{t('connections.unused')}</Text>}
      <UseList id={id} />
    </Section>
  );
}

function UseList({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const uses = useUses(id);
  if (uses.data === undefined || uses.data.items.length === 0) return null;
  return (
    <List size="sm">
      {uses.data.items.map((use) => (
        <List.Item key={use.uid}>
          {use.title} <span className="mono">({use.slots.join(', ')})</span>
          {use.isRunning && `, ${t('connections.runningNow')}`}
        </List.Item>
      ))}
    </List>
  );
}

function Rename({ connection: { id, name } }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const renaming = useChange({
    change: (body: { name: string }) => answerOf(api.PATCH('/connections/{id}', { params: { path: { id } }, body })),
    touches: [['connections']],
    said: t('accountActs.saved'),
  });
  return (
    <Section title={t('connections.rename')} about={t('connections.renameText')}>
      <TextForm
        fields={[{ name: 'name', label: t('connections.name'), description: t('connections.nameText'), initial: name }]}
        button={t('accountActs.save')}
        submit={(values) => renaming.mutateAsync({ name: values.name ?? '' })}
      />
    </Section>
  );
}

function Remove({ connection: { id, name } }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const uses = useUses(id);
  const removing = useChange({
    change: () => answerOf(api.DELETE('/connections/{id}', { params: { path: { id } } })),
    touches: [],
    said: t('connections.removed', { name }),
  });
  const queries = useQueryClient();
  const remove = async (): Promise<void> => {
    await removing.mutateAsync();
    await navigate({ to: '/connections' });
    await queries.invalidateQueries({ queryKey: ['connections', 'list'] });
  };
  const count = uses.data?.items.length ?? 0;
  return (
    <Group>
      <Confirm
        isDangerous
        button={t('connections.remove')}
        title={t('connections.removeTitle', { name })}
        text={count > 0 ? t('connections.usedBy', { count }) : t('connections.removeText')}
        size="sm"
        act={remove}
      >
        <UseList id={id} />
      </Confirm>
    </Group>
  );
}
