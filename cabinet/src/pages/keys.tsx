import { Badge, Button, Group, Loader, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, answerOf, api } from '../api.js';
import { ActsTable } from '../parts/acts-table.js';
import { useChange } from '../parts/change.js';
import { Confirm } from '../parts/confirm.js';
import { KeyForm, type KeyTerms, widestOf } from '../parts/key-form.js';
import { Moment } from '../parts/moment.js';
import { ShownOnce } from '../parts/once.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem.js';
import { Section } from '../parts/section.js';
import { useMay } from '../role.js';

type ApiKey = AnswerOf<'listKeys'>['items'][number];

/** Keys for programs. */
export function Keys() {
  const { t } = useTranslation();
  const mayAdminister = useMay('admin');
  const { edit } = useSearch({ from: '/shell/keys' });
  const keys = useQuery({ queryKey: ['keys'], queryFn: () => answerOf(api.GET('/keys')) });
  const edited = keys.data?.items.find(({ id }) => id === edit);
  return (
    <>
      <PageHead title={t('apiKeys.title')} about={t('apiKeys.about')} />
      <ProblemAlert error={keys.error} />
      {keys.isPending && <Loader aria-label={t('loading')} />}
      {mayAdminister && (edited === undefined ? <NewKey /> : <EditKey key={edited.id} apiKey={edited} />)}
      {keys.data?.items.length === 0 && <Text maw={680}>{t('apiKeys.none')}</Text>}
      {keys.data !== undefined && keys.data.items.length > 0 && <KeyTable items={keys.data.items} />}
    </>
  );
}

const nothing: KeyTerms = { name: '', scopes: ['read'], allowedAddresses: [], expiresAt: null };

function NewKey() {
  const { t } = useTranslation();
  const [count, setCount] = useState(0);
  const making = useChange({
    change: (body: KeyTerms) => answerOf(api.POST('/keys', { body })),
    touches: [['keys']],
    after: () => setCount((before) => before + 1),
  });
  return (
    <>
      {making.data !== undefined && (
        <ShownOnce
          title={t('apiKeys.made', { name: making.data.name })}
          text={t('apiKeys.madeText')}
          label={t('apiKeys.key')}
          value={making.data.key}
          done={making.reset}
        />
      )}
      <Section title={t('apiKeys.make')}>
        <KeyForm
          key={count}
          first={nothing}
          button={t('apiKeys.make')}
          error={making.error}
          isPending={making.isPending}
          submit={making.mutate}
        />
      </Section>
    </>
  );
}

function EditKey({ apiKey }: { readonly apiKey: ApiKey }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id, name, allowedAddresses, expiresAt } = apiKey;
  const close = () => navigate({ to: '/keys', search: { edit: '' } });
  const saving = useChange({
    change: (body: KeyTerms) => answerOf(api.PATCH('/keys/{id}', { params: { path: { id } }, body })),
    touches: [['keys']],
    said: t('accountActs.saved'),
    after: close,
  });
  return (
    <Section title={t('apiKeys.editTitle', { name })} about={t('apiKeys.editText')}>
      <KeyForm
        first={{ name, scopes: [widestOf(apiKey.scopes)], allowedAddresses, expiresAt }}
        button={t('accountActs.save')}
        error={saving.error}
        isPending={saving.isPending}
        submit={saving.mutate}
        cancel={() => void close()}
      />
    </Section>
  );
}

function KeyTable({ items }: { readonly items: readonly ApiKey[] }) {
  const { t } = useTranslation();
  return (
    <ActsTable
      minWidth={760}
      heads={[
        t('apiKeys.name'),
        t('apiKeys.scope'),
        t('apiKeys.addresses'),
        t('apiKeys.lastUsed'),
        t('apiKeys.expires'),
      ]}
    >
      {items.map((key) => (
        <KeyRow key={key.id} apiKey={key} />
      ))}
    </ActsTable>
  );
}

function KeyRow({ apiKey }: { readonly apiKey: ApiKey }) {
  const { t } = useTranslation();
  const mayAdminister = useMay('admin');
  const navigate = useNavigate();
  const { id, name, publicId, revokedAt, expiresAt, lastUsedAt } = apiKey;
  const revoking = useChange({
    change: () => answerOf(api.DELETE('/keys/{id}', { params: { path: { id } } })),
    touches: [['keys']],
  });
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={600}>{name}</Text>
        <Text size="xs" c="dimmed" className="mono">
          pw_{publicId}
        </Text>
      </Table.Td>
      <Table.Td>
        <Badge variant="light" color={widestOf(apiKey.scopes) === 'admin' ? 'orange' : 'blue'}>
          {widestOf(apiKey.scopes)}
        </Badge>
      </Table.Td>
      <Table.Td className="mono">{apiKey.allowedAddresses.join(', ') || t('apiKeys.everywhere')}</Table.Td>
      <Table.Td>{lastUsedAt === null ? t('accountActs.never') : <Moment at={lastUsedAt} />}</Table.Td>
      <Table.Td>{expiresAt === null ? t('accountActs.never') : <Moment at={expiresAt} />}</Table.Td>
      <Table.Td>
        {revokedAt !== null && <Badge color="gray">{t('apiKeys.revoked')}</Badge>}
        {revokedAt === null && mayAdminister && (
          <Group gap="xs" wrap="nowrap">
            <Button
              size="xs"
              variant="default"
              aria-label={`${t('accountActs.edit')}: ${name}`}
              onClick={() => void navigate({ to: '/keys', search: { edit: id } })}
            >
              {t('accountActs.edit')}
            </Button>
            <Confirm
              isDangerous
              size="xs"
              button={t('apiKeys.revoke')}
              title={t('apiKeys.revokeTitle', { name })}
              text={t('apiKeys.revokeText')}
              act={() => revoking.mutateAsync()}
            />
          </Group>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
