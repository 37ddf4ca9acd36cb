import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { AccountFile } from '../parts/account-file.js';
import { useChange } from '../parts/change.js';
import { Moment } from '../parts/moment.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem.js';
import { Section } from '../parts/section.js';
import { SupportLinks } from '../parts/support-links.js';
import { TariffUse } from '../parts/tariff-use.js';
import { TextForm } from '../parts/text-form.js';
import { useMay } from '../role.js';

/** The account as a whole: its name, its tariff, letting the support look, its end. */
export function AccountPage() {
  const { t } = useTranslation();
  const mayAdminister = useMay('admin');
  const mayEnd = useMay('owner');
  const account = useQuery({ queryKey: ['account'], queryFn: () => answerOf(api.GET('/account')) });
  return (
    <>
      <PageHead title={t('accountPage.title')} about={account.data?.name ?? ''} />
      <ProblemAlert error={account.error} />
      <TariffUse />
      {mayAdminister && account.data !== undefined && <Rename key={account.data.name} name={account.data.name} />}
      {mayAdminister && <AccountFile />}
      {mayAdminister && <SupportLinks />}
      {mayEnd && <Deletion />}
      {account.data !== undefined && (
        <Text size="sm" c="dimmed">
          {t('accountPage.since')} <Moment at={account.data.createdAt} />,{' '}
          <span className="mono">{account.data.id}</span>
        </Text>
      )}
    </>
  );
}

function Rename({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  const renaming = useChange({
    change: (body: { name: string }) => answerOf(api.PATCH('/account', { body })),
    touches: [['account'], ['me']],
    said: t('accountActs.saved'),
  });
  return (
    <Section title={t('accountPage.name')}>
      <TextForm
        fields={[{ name: 'name', label: t('accountPage.name'), autoComplete: 'organization', initial: name }]}
        button={t('accountActs.save')}
        submit={(values) => renaming.mutateAsync({ name: values.name ?? '' })}
      />
    </Section>
  );
}

function Deletion() {
  const { t } = useTranslation();
  const [isAsked, setIsAsked] = useState(false);
  const ask = async ({ password = '' }: Readonly<Record<string, string>>): Promise<void> => {
    await answerOf(api.POST('/account/deletion', { body: { password } }));
    setIsAsked(true);
  };
  return (
    <Section title={t('deleteAccount.title')} about={t('deleteAccount.text')}>
      {isAsked ? (
        <Text role="status">{t('accountPage.deletionAsked')}</Text>
      ) : (
        <details>
          <summary>{t('accountPage.deletionBegin')}</summary>
          <Group mt="sm" grow>
            <TextForm
              fields={[
                { name: 'password', label: t('profile.present'), kind: 'password', autoComplete: 'current-password' },
              ]}
              button={t('accountPage.deletionSend')}
              submit={ask}
            />
          </Group>
        </details>
      )}
    </Section>
  );
}
