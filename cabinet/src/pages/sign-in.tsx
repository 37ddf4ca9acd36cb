import { Anchor, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { OpenPage } from '../parts/open-page.js';
import { TextForm } from '../parts/text-form.js';

export function SignIn() {
  const { t } = useTranslation();
  const [step, setStep] = useState<'password' | 'code'>('password');
  const { next } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const queries = useQueryClient();

  const enter = async (): Promise<void> => {
    queries.clear();
    await navigate({ to: next ?? '/' });
  };
  const signIn = async (values: Readonly<Record<string, string>>): Promise<void> => {
    const { state } = await answerOf(
      api.POST('/sign-in', { body: { email: values.email ?? '', password: values.password ?? '' } }),
    );
    if (state === 'second_step') setStep('code');
    else await enter();
  };
  const confirm = async (values: Readonly<Record<string, string>>): Promise<void> => {
    await answerOf(api.POST('/sign-in/second-step', { body: { code: (values.code ?? '').trim() } }));
    await enter();
  };

  if (step === 'code') {
    return (
      <OpenPage title={t('signIn.codeTitle')}>
        <Text mb="md">{t('signIn.codeText')}</Text>
        <TextForm
          fields={[{ name: 'code', label: t('fields.code'), autoComplete: 'one-time-code' }]}
          button={t('signIn.button')}
          submit={confirm}
        />
      </OpenPage>
    );
  }
  return (
    <OpenPage title={t('signIn.title')}>
      <TextForm
        fields={[
          { name: 'email', label: t('fields.email'), kind: 'email', autoComplete: 'username' },
          { name: 'password', label: t('fields.password'), kind: 'password', autoComplete: 'current-password' },
        ]}
        button={t('signIn.button')}
        submit={signIn}
      />
      <Group justify="space-between" mt="md">
        <Anchor component={Link} to="/register" size="sm">
          {t('signIn.register')}
        </Anchor>
        <Anchor component={Link} to="/forgot-password" size="sm">
          {t('signIn.forgot')}
        </Anchor>
      </Group>
    </OpenPage>
  );
}
