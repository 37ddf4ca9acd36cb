import { Alert, Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { chooseAccount } from '../account-choice.js';
import { answerOf, api, type Me } from '../api.js';
import { Moment } from './moment.js';
import { ProblemAlert } from './problem.js';

/** Stands over every page while somebody of the support looks into a customer's account. */
export function SupportBanner({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const visit = me.visits.find(({ id }) => id === me.account?.id);
  const ending = useMutation({
    mutationFn: async () => {
      // A visit is ended from outside of the visited account.
      chooseAccount(null);
      const { items } = await answerOf(api.GET('/support-visits'));
      const open = items.filter(({ accountId }) => accountId === visit?.id);
      await Promise.all(
        open.map(({ id }) => answerOf(api.DELETE('/support-visits/{id}', { params: { path: { id } } }))),
      );
      // The open page may show nothing of one's own: it is left before it asks again.
      await queries.refetchQueries({ queryKey: ['me'] });
      await navigate({ to: '/' });
      await queries.resetQueries();
    },
  });
  if (me.account?.as !== 'support' || visit === undefined) return null;
  return (
    <Alert color="orange" role="status" mb="md" title={t('supportVisit.title', { name: visit.name })}>
      <Group justify="space-between">
        <Text size="sm">
          {t('supportVisit.text')} <Moment at={visit.endsAt} />
        </Text>
        <Button size="xs" color="red" loading={ending.isPending} onClick={() => ending.mutate()}>
          {t('supportVisit.end')}
        </Button>
      </Group>
      <ProblemAlert error={ending.error} />
    </Alert>
  );
}
