import { Button, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { chooseAccount } from '../account-choice.js';
import { answerOf, api } from '../api.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem.js';
import { Section } from '../parts/section.js';

/** A support link leads here; its secret stands behind `#`, which browsers send to nobody. */
export function SupportOpen() {
  const { hash } = useLocation();
  return <Open token={hash.replace(/^#/, '')} />;
}

/** The same with the secret in the address. */
export function OpenSupport() {
  const { token } = useSearch({ from: '/shell/open-support' });
  return <Open token={token} />;
}

function Open({ token }: { readonly token: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const opening = useMutation({
    mutationFn: async () => {
      chooseAccount(null);
      const visit = await answerOf(api.POST('/support-links/open', { body: { token } }));
      chooseAccount(visit.accountId);
      await navigate({ to: '/' });
      await queries.resetQueries();
    },
  });
  return (
    <>
      <PageHead title={t('supportVisit.openTitle')} />
      <Section title={t('supportVisit.openTitle')}>
        <Text>{t('supportVisit.openText')}</Text>
        <ProblemAlert error={opening.error} />
        <Button mt="md" disabled={token === ''} loading={opening.isPending} onClick={() => opening.mutate()}>
          {t('supportVisit.open')}
        </Button>
      </Section>
    </>
  );
}
