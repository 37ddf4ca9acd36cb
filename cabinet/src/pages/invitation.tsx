import { Button, Group, Loader, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { chooseAccount } from '../account-choice.js';
import { answerOf, api } from '../api.js';
import { tell } from '../parts/change.js';
import { Moment } from '../parts/moment.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem.js';
import { Section } from '../parts/section.js';

/** The letter of an invitation leads here; whoever is not signed in comes back after signing in. */
export function InvitationPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/shell/invitations/$id' });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const mine = useQuery({ queryKey: ['my-invitations'], queryFn: () => answerOf(api.GET('/me/invitations')) });
  const params = { path: { id } };
  const answering = useMutation({
    mutationFn: async (verb: 'accept' | 'decline') => {
      if (verb === 'decline') {
        await answerOf(api.POST('/me/invitations/{id}/decline', { params }));
        tell(t('invitation.declined'));
      } else {
        const { accountId } = await answerOf(api.POST('/me/invitations/{id}/accept', { params }));
        chooseAccount(accountId);
      }
      await navigate({ to: '/' });
      await queries.resetQueries();
    },
  });
  const invitation = mine.data?.items.find((each) => each.id === id);
  return (
    <>
      <PageHead title={t('invitation.title')} />
      <ProblemAlert error={mine.error} />
      {mine.isPending && <Loader aria-label={t('loading')} />}
      {mine.data !== undefined && invitation === undefined && <Text maw={680}>{t('invitation.gone')}</Text>}
      {invitation !== undefined && (
        <Section title={invitation.accountName}>
          <Text>
            {t('invitation.text', {
              by: invitation.invitedBy,
              account: invitation.accountName,
              role: t(`members.roles.${invitation.role}`),
            })}
          </Text>
          <Text size="sm" c="dimmed" mt="xs">
            {t('members.until')} <Moment at={invitation.expiresAt} />
          </Text>
          <ProblemAlert error={answering.error} />
          <Group mt="md">
            <Button loading={answering.isPending} onClick={() => answering.mutate('accept')}>
              {t('invitation.accept')}
            </Button>
            <Button variant="default" disabled={answering.isPending} onClick={() => answering.mutate('decline')}>
              {t('invitation.decline')}
            </Button>
          </Group>
        </Section>
      )}
    </>
  );
}
