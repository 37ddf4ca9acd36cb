import { Anchor, Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { OpenPage } from '../parts/open-page.js';
import { ProblemAlert } from '../parts/problem.js';

/** The link of a letter leads here. It does nothing until the button is pressed: mail programs open links by themselves. */
export function ConfirmEmail() {
  const { t } = useTranslation();
  const { token } = useSearch({ from: '/confirm-email' });
  const confirming = useMutation({
    mutationFn: () => answerOf(api.POST('/email-confirmations', { body: { token } })),
  });
  const state = confirming.data?.state;
  return (
    <OpenPage title={t('confirmEmail.title')}>
      {state === undefined ? (
        <>
          <Text mb="md">{t('confirmEmail.text')}</Text>
          <ProblemAlert error={confirming.error} />
          <Button fullWidth loading={confirming.isPending} disabled={token === ''} onClick={() => confirming.mutate()}>
            {t('confirmEmail.button')}
          </Button>
        </>
      ) : (
        <>
          <Text mb="md">{t(`confirmEmail.${state}`)}</Text>
          <Anchor component={Link} to="/sign-in">
            {t('signIn.title')}
          </Anchor>
        </>
      )}
    </OpenPage>
  );
}
