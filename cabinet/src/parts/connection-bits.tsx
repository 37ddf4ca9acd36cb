import { Alert, Anchor, Badge, List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, answerOf, api } from '../api.js';
import { Coded } from './coded.js';

export type Connection = AnswerOf<'getConnection'>;
export type Connector = AnswerOf<'listConnectors'>['items'][number];
export type ConnectionCheck = AnswerOf<'checkConnection'>;

/** Declarations change with the server's release alone. */
export function useConnectors() {
  return useQuery({
    queryKey: ['connectors', 'list'],
    queryFn: () => answerOf(api.GET('/connectors')),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Who may do it, which rights it takes, and the vendor's own instructions. */
export function SetupNote({ setup }: { readonly setup: Connector['setup'] }) {
  const { t } = useTranslation();
  return (
    <Alert
      color={setup.needsAdmin ? 'orange' : 'blue'}
      variant="light"
      title={t(setup.needsAdmin ? 'connections.needsAdmin' : 'connections.before')}
      mb="md"
    >
      <Text size="sm">
        <Coded text={setup.note} />
      </Text>
      {setup.instructions !== null && (
        <Anchor href={setup.instructions} target="_blank" rel="noreferrer" size="sm" underline="always">
          {t('connections.instructions')}
        </Anchor>
      )}
    </Alert>
  );
}

export function ConnectionState({ state }: { readonly state: Connection['state'] }) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" color={state === 'active' ? 'teal' : 'red'}>
      {t(`connections.states.${state}`)}
    </Badge>
  );
}

/** A failure that is kept with something, in its own words. */
export function FailureAlert({ failure }: { readonly failure: Readonly<Record<string, unknown>> | null }) {
  if (failure === null) return null;
  const { message, hint } = failure;
  return (
    <Alert color="red" variant="light" title={typeof message === 'string' ? message : null} my="sm">
      {typeof hint === 'string' ? hint : null}
    </Alert>
  );
}

/** What a check found: whether it works, as whom, and with which rights. */
export function CheckResult({ check }: { readonly check: ConnectionCheck }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      <Text fw={600}>
        {check.isWorking ? t('connections.works', { account: check.account ?? '' }) : t('connections.worksNot')}
      </Text>
      <FailureAlert failure={check.failure} />
      <Rights title={t('connections.rightsFound')} rights={check.rightsFound} />
      <Rights title={t('connections.rightsMissing')} rights={check.rightsMissing} />
      {!check.isWorking && <SetupNote setup={check.setup} />}
    </div>
  );
}

function Rights({ title, rights }: { readonly title: string; readonly rights: readonly string[] }) {
  if (rights.length === 0) return null;
  return (
    <>
      <Text size="sm" mt="xs">
        {title}
      </Text>
      <List size="sm">
        {rights.map((right) => (
          <List.Item key={right}>
            <Coded text={right} />
          </List.Item>
        ))}
      </List>
    </>
  );
}
