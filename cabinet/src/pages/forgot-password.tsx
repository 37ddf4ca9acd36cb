import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { OpenPage } from '../parts/open-page.js';
import { TextForm } from '../parts/text-form.js';

export function ForgotPassword() {
  const { t } = useTranslation();
  const [email, setEmail] = useState<string | null>(null);
  const ask = async (values: Readonly<Record<string, string>>): Promise<void> => {
    const address = values.email ?? '';
    await answerOf(api.POST('/password-resets', { body: { email: address } }));
    setEmail(address);
  };
  return (
    <OpenPage title={t('forgot.title')}>
      {email === null ? (
        <TextForm
          fields={[{ name: 'email', label: t('fields.email'), kind: 'email', autoComplete: 'username' }]}
          button={t('forgot.button')}
          submit={ask}
        />
      ) : (
        <Text>{t('forgot.sent', { email })}</Text>
      )}
    </OpenPage>
  );
}
