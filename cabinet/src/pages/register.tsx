import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import type { Language } from '../i18n.js';
import { OpenPage } from '../parts/open-page.js';
import { TextForm } from '../parts/text-form.js';

export function Register() {
  const { t, i18n } = useTranslation();
  const [email, setEmail] = useState<string | null>(null);
  const register = async (values: Readonly<Record<string, string>>): Promise<void> => {
    const { name = '', email: address = '', password = '', accountName = '' } = values;
    const language = i18n.language as Language;
    await answerOf(
      api.POST('/registrations', {
        body: { name, email: address, password, language, ...(accountName !== '' && { accountName }) },
      }),
    );
    setEmail(address);
  };

  if (email !== null) {
    return (
      <OpenPage title={t('register.sentTitle')}>
        <Text>{t('register.sentText', { email })}</Text>
      </OpenPage>
    );
  }
  return (
    <OpenPage title={t('register.title')}>
      <TextForm
        fields={[
          { name: 'name', label: t('fields.name'), autoComplete: 'name' },
          { name: 'email', label: t('fields.email'), kind: 'email', autoComplete: 'username' },
          {
            name: 'password',
            label: t('fields.password'),
            kind: 'password',
            autoComplete: 'new-password',
            description: t('fields.passwordRule'),
            minLength: 8,
          },
          { name: 'accountName', label: t('fields.accountName'), autoComplete: 'organization', isOptional: true },
        ]}
        button={t('register.button')}
        submit={register}
      />
      <Anchor component={Link} to="/sign-in" size="sm" mt="md" display="inline-block">
        {t('register.signIn')}
      </Anchor>
    </OpenPage>
  );
}
