import { Alert, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api.js';
import { LinkTo } from '../../parts/work/link-to.js';

const askAgainMs = 30_000;
const countedAtMost = 100;

/** For operators: how many people wait for an answer. */
export function Waiting() {
  const { t } = useTranslation();
  const requests = useQuery({
    queryKey: ['operator', 'requests', 'waiting'],
    queryFn: () =>
      answerOf(api.GET('/operator/requests', { params: { query: { state: 'open', limit: countedAtMost } } })),
    refetchInterval: askAgainMs,
  });
  const count = requests.data?.items.length ?? 0;
  if (count === 0) return null;
  return (
    <Alert color="blue" variant="light">
      <Group justify="space-between">
        <Text size="sm">
          {requests.data?.next == null ? t('home.waiting', { count }) : t('home.waitingMany', { count: countedAtMost })}
        </Text>
        <LinkTo to="/operator/requests" search={{ state: 'open' }} size="sm" underline="always">
          {t('home.toRequests')}
        </LinkTo>
      </Group>
    </Alert>
  );
}
