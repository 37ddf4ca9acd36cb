import { Badge, Group, Loader, Paper, SimpleGrid, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api.js';
import { AnchorLink } from '../../parts/anchor-link.js';
import { useChange } from '../../parts/change.js';
import { Confirm } from '../../parts/confirm.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { Section } from '../../parts/section.js';
import { Price, TariffUses } from '../../parts/tariff-use.js';

/** One account's tariff, what it uses, and putting it on another one. */
export function OperatorAccount() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/shell/operator/tariffs/$id' });
  const params = { path: { id } };
  const account = useQuery({
    queryKey: ['operator', 'account', id],
    queryFn: () => answerOf(api.GET('/operator/accounts/{id}/tariff', { params })),
  });
  const tariffs = useQuery({ queryKey: ['tariffs'], queryFn: () => answerOf(api.GET('/tariffs')) });
  const assigning = useChange({
    change: (tariff: string) => answerOf(api.PUT('/operator/accounts/{id}/tariff', { params, body: { tariff } })),
    touches: [['operator'], ['account']],
    said: t('operator.assigned'),
  });
  const present = account.data;
  return (
    <>
      <AnchorLink to="/operator/tariffs" size="sm">
        {t('operator.tariffs')}
      </AnchorLink>
      <ProblemAlert error={account.error} />
      {account.isPending && <Loader aria-label={t('loading')} />}
      {present !== undefined && (
        <>
          <PageHead
            title={present.name}
            below={
              <Text size="xs" className="mono">
                {present.id}
              </Text>
            }
          />
          <Section title={t('tariff.title')}>
            <Text fw={600} size="lg" mb="sm">
              {present.tariff.title}
            </Text>
            <TariffUses present={present} />
          </Section>
          <Section title={t('operator.assign')} about={t('operator.assignText')}>
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              {tariffs.data?.items.map((tariff) => (
                <Paper key={tariff.name} withBorder p="sm">
                  <Group justify="space-between" mb="xs">
                    <Text fw={600}>{tariff.title}</Text>
                    <Price tariff={tariff} />
                  </Group>
                  {tariff.name === present.tariff.name ? (
                    <Badge variant="light">{t('operator.present')}</Badge>
                  ) : (
                    <Confirm
                      button={t('operator.assignIt')}
                      label={`${t('operator.assignIt')}: ${tariff.title}`}
                      title={t('operator.assignTitle', { account: present.name, tariff: tariff.title })}
                      size="xs"
                      act={() => assigning.mutateAsync(tariff.name)}
                    >
                      {t('operator.assignText')}
                    </Confirm>
                  )}
                </Paper>
              ))}
            </SimpleGrid>
          </Section>
        </>
      )}
    </>
  );
}
