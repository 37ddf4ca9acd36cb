import { Anchor, Badge, Button, Group, Loader, NativeSelect, Stack, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, answerOf, api } from '../api.js';
import { ActsTable } from '../parts/acts-table.js';
import { useChange } from '../parts/change.js';
import { Confirm } from '../parts/confirm.js';
import { useConnectors } from '../parts/connection-bits.js';
import { Moment } from '../parts/moment.js';
import { ShownOnce } from '../parts/once.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem.js';
import { Section } from '../parts/section.js';
import { useMay } from '../role.js';

type ConnectLink = AnswerOf<'listConnectLinks'>['items'][number];
const colors = { open: 'teal', used: 'blue', withdrawn: 'gray', expired: 'gray' } as const;

/** Links by which somebody without a sign-in connects an account. */
export function ConnectLinks() {
  const { t } = useTranslation();
  const mayChange = useMay('editor');
  const links = useQuery({
    queryKey: ['connect-links'],
    queryFn: () => answerOf(api.GET('/connect-links', { params: { query: { limit: 100 } } })),
  });
  return (
    <>
      <Anchor component={Link} to="/connections" size="sm">
        {t('connections.title')}
      </Anchor>
      <PageHead title={t('connectLinks.title')} about={t('connectLinks.about')} />
      {mayChange && <NewLink />}
      <ProblemAlert error={links.error} />
      {links.isPending && <Loader aria-label={t('loading')} />}
      {links.data?.items.length === 0 && <Text>{t('connectLinks.none')}</Text>}
      {links.data !== undefined && links.data.items.length > 0 && <LinkTable items={links.data.items} />}
    </>
  );
}

function NewLink() {
  const { t } = useTranslation();
  const connectors = useConnectors();
  const [connector, setConnector] = useState('');
  const [name, setName] = useState('');
  const [days, setDays] = useState('7');
  const making = useChange({
    change: () => answerOf(api.POST('/connect-links', { body: { connector, name, days: Number(days) } })),
    touches: [['connect-links']],
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!making.isPending) making.mutate();
  };
  return (
    <Section title={t('connectLinks.make')}>
      {making.data !== undefined && (
        <ShownOnce
          title={t('connectLinks.made')}
          text={t('connectLinks.madeText')}
          label={t('connectLinks.address')}
          value={making.data.url}
          done={making.reset}
        />
      )}
      <form onSubmit={send} aria-busy={making.isPending}>
        <Stack>
          <NativeSelect
            label={t('connections.connector')}
            required
            value={connector}
            onChange={(event) => setConnector(event.currentTarget.value)}
            data={[
              { value: '', label: t('connectorForm.choose') },
              ...(connectors.data?.items ?? []).map(({ id, title }) => ({ value: id, label: title })),
            ]}
          />
          <TextInput
            label={t('connections.name')}
            description={t('connections.nameText')}
            required
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('connectLinks.days')}
            type="number"
            min={1}
            max={30}
            required
            value={days}
            onChange={(event) => setDays(event.currentTarget.value)}
          />
          <ProblemAlert error={making.error} />
          <Group>
            <Button type="submit" loading={making.isPending}>
              {t('connectLinks.make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

function LinkTable({ items }: { readonly items: readonly ConnectLink[] }) {
  const { t } = useTranslation();
  const mayChange = useMay('editor');
  const withdrawing = useChange({
    change: (id: string) => answerOf(api.DELETE('/connect-links/{id}', { params: { path: { id } } })),
    touches: [['connect-links']],
  });
  return (
    <ActsTable
      minWidth={640}
      heads={[t('connections.name'), t('connections.state'), t('connectLinks.by'), t('connectLinks.until')]}
    >
      {items.map((link) => (
        <Table.Tr key={link.id}>
          <Table.Td>
            {link.name}
            <Text size="xs" c="dimmed">
              {link.connector}
            </Text>
          </Table.Td>
          <Table.Td>
            <Badge variant="light" color={colors[link.state]}>
              {t(`connectLinks.states.${link.state}`)}
            </Badge>
          </Table.Td>
          <Table.Td>{link.createdBy}</Table.Td>
          <Table.Td>
            <Moment at={link.expiresAt} />
          </Table.Td>
          <Table.Td>
            {mayChange && link.state === 'open' && (
              <Confirm
                isDangerous
                size="xs"
                button={t('accountActs.withdraw')}
                title={t('connectLinks.withdrawTitle', { name: link.name })}
                text={t('connectLinks.withdrawText')}
                act={() => withdrawing.mutateAsync(link.id)}
              />
            )}
          </Table.Td>
        </Table.Tr>
      ))}
    </ActsTable>
  );
}
