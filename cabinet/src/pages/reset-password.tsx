import { Anchor, Text } from '@mantine/core';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { OpenPage } from '../parts/open-page.js';
import { TextForm } from '../parts/text-form.js';

export function ResetPassword() {
  const { t } = useTranslation();
  const { token } = useSearch({ from: '/reset-password' });
  const [isDone, setIsDone] = useState(false);
  const reset = async (values: Readonly<Record<string, string>>): Promise<void> => {
    await answerOf(api.POST('/password-resets/use', { body: { token, password: values.password ?? '' } }));
    setIsDone(true);
  };
  return (
    <OpenPage title={t('reset.title')}>
      {isDone ? (
        <>
          <Text mb="md">{t('reset.done')}</Text>
          <Anchor component={Link} to="/sign-in">
            {t('signIn.title')}
          </Anchor>
        </>
      ) : (
        <TextForm
          fields={[
            {
              name: 'password',
              label: t('fields.newPassword'),
              kind: 'password',
              autoComplete: 'new-password',
              description: t('fields.passwordRule'),
              minLength: 8,
            },
          ]}
          button={t('reset.button')}
          submit={reset}
        />
      )}
    </OpenPage>
  );
}
