import { Button, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseAccount } from '../account-choice.js';
import { answerOf, api } from '../api.js';
import { useMe } from '../me.js';
import { tell } from '../parts/change.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem.js';
import { Section } from '../parts/section.js';

/** The second step of deleting an account: the letter's link leads here. The name has to be typed. */
export function DeleteAccount() {
  const { t } = useTranslation();
  const { token } = useSearch({ from: '/shell/delete-account' });
  const me = useMe();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const name = me.data?.accounts.find(({ id }) => id === me.data?.account?.id)?.name ?? '';
  const deleting = useMutation({
    mutationFn: async () => {
      await answerOf(api.POST('/account/deletion/confirm', { body: { token } }));
      chooseAccount(null);
      tell(t('deleteAccount.done', { name }));
      await navigate({ to: '/' });
      await queries.resetQueries();
    },
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (typed === name && name !== '' && !deleting.isPending) deleting.mutate();
  };
  return (
    <>
      <PageHead title={t('deleteAccount.title')} />
      <Section title={name === '' ? t('deleteAccount.title') : name}>
        <Text mb="md">{t('deleteAccount.text')}</Text>
        <form onSubmit={send} aria-busy={deleting.isPending}>
          <TextInput
            label={t('deleteAccount.type', { name })}
            required
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <ProblemAlert error={deleting.error} />
          <Button
            mt="md"
            type="submit"
            color="red"
            loading={deleting.isPending}
            disabled={token === '' || name === '' || typed !== name}
          >
            {t('deleteAccount.button')}
          </Button>
        </form>
      </Section>
    </>
  );
}
