import { Badge, Button, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { ActsTable } from './acts-table.js';
import { useChange } from './change.js';
import { Moment } from './moment.js';
import { ProblemAlert } from './problem.js';

const colors = { pending: 'blue', delivered: 'teal', failed: 'red' } as const;
const askAgainMs = 5_000;

interface DeliveriesProps {
  readonly endpointId: string;
  readonly mayRepeat: boolean;
}

/** What was sent to an endpoint, and what it answered. */
export function Deliveries({ endpointId, mayRepeat }: DeliveriesProps) {
  const { t } = useTranslation();
  const deliveries = useQuery({
    queryKey: ['webhooks', endpointId, 'deliveries'],
    queryFn: () =>
      answerOf(
        api.GET('/webhook-endpoints/{id}/deliveries', {
          params: { path: { id: endpointId }, query: { limit: 50 } },
        }),
      ),
    refetchInterval: askAgainMs,
  });
  const repeating = useChange({
    change: (delivery: string) =>
      answerOf(
        api.POST('/webhook-endpoints/{id}/deliveries/{delivery}/redeliver', {
          params: { path: { id: endpointId, delivery } },
        }),
      ),
    touches: [['webhooks', endpointId]],
    said: t('webhooks.queued'),
  });
  if (deliveries.data?.items.length === 0) {
    return (
      <Text size="sm" mt="sm">
        {t('webhooks.noDeliveries')}
      </Text>
    );
  }
  return (
    <>
      <ProblemAlert error={deliveries.error ?? repeating.error} />
      <ActsTable
        minWidth={560}
        mt="sm"
        heads={[t('auditLog.at'), t('webhooks.event'), t('connections.state'), t('webhooks.answer')]}
      >
        {deliveries.data?.items.map(({ id, kind, state, createdAt, lastStatus, lastError, attempts }) => (
          <Table.Tr key={id}>
            <Table.Td>
              <Moment at={createdAt} />
            </Table.Td>
            <Table.Td className="mono">{kind}</Table.Td>
            <Table.Td>
              <Badge variant="light" color={colors[state]}>
                {t(`webhooks.deliveryStates.${state}`)}
              </Badge>
              <Text size="xs">{t('webhooks.tries', { count: attempts })}</Text>
            </Table.Td>
            <Table.Td>
              {lastStatus} {lastError}
            </Table.Td>
            <Table.Td>
              {mayRepeat && (
                <Button size="xs" variant="default" disabled={repeating.isPending} onClick={() => repeating.mutate(id)}>
                  {t('webhooks.again')}
                </Button>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </ActsTable>
    </>
  );
}
