import { Badge, Button, Group, Paper, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, answerOf, api } from '../api.js';
import { useMay } from '../role.js';
import { useChange } from './change.js';
import { ProblemAlert } from './problem.js';
import { Section } from './section.js';

type AccountTariff = AnswerOf<'getAccountTariff'>;
type Tariff = AccountTariff['tariff'];

/** What the tariff allows, what is used of it, and the other tariffs. */
export function TariffUse() {
  const { t } = useTranslation();
  const mayChoose = useMay('owner');
  const present = useQuery({
    queryKey: ['account', 'tariff'],
    queryFn: () => answerOf(api.GET('/account/tariff')),
  });
  return (
    <Section title={t('tariff.title')}>
      <ProblemAlert error={present.error} />
      {present.data !== undefined && (
        <>
          <Text fw={600} size="lg">
            {present.data.tariff.title}
          </Text>
          <Text size="sm" mb="md">
            {present.data.tariff.description}
          </Text>
          <TariffUses present={present.data} />
          {mayChoose && <Others present={present.data.tariff.name} />}
        </>
      )}
    </Section>
  );
}

/** What is used of each limit. */
export function TariffUses({ present: { tariff, use } }: { readonly present: Pick<AccountTariff, 'tariff' | 'use'> }) {
  const { t } = useTranslation();
  const duration = useDuration();
  const { limits } = tariff;
  return (
    <Stack gap="sm">
      <Use label={t('tariff.records')} used={use.recordsThisMonth} limit={limits.recordsAMonth} />
      <Use label={t('tariff.pipelines')} used={use.pipelines} limit={limits.pipelines} />
      <Use label={t('tariff.members')} used={use.members} limit={limits.members} />
      {limits.shortestIntervalMs !== null && (
        <Text size="sm">{t('tariff.interval', { time: duration(limits.shortestIntervalMs) })}</Text>
      )}
    </Stack>
  );
}

interface UseProps {
  readonly label: string;
  readonly used: number;
  readonly limit: number | null;
}

function Use({ label, used, limit }: UseProps) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const share = limit === null || limit === 0 ? 0 : Math.min(100, (used / limit) * 100);
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Text size="sm">{label}</Text>
        <Text size="sm">
          {limit === null
            ? t('tariff.unlimited', { used: number.format(used) })
            : t('tariff.of', { used: number.format(used), limit: number.format(limit) })}
        </Text>
      </Group>
      {limit !== null && <Progress value={share} color={share >= 90 ? 'red' : 'cyan'} aria-label={label} />}
    </div>
  );
}

function Others({ present }: { readonly present: string }) {
  const { t } = useTranslation();
  const tariffs = useQuery({ queryKey: ['tariffs'], queryFn: () => answerOf(api.GET('/tariffs')) });
  const choosing = useChange({
    change: (tariff: string) => answerOf(api.PUT('/account/tariff', { body: { tariff } })),
    touches: [['account']],
    said: t('tariff.chosen'),
  });
  return (
    <details>
      <summary>{t('tariff.others')}</summary>
      <ProblemAlert error={choosing.error} />
      <SimpleGrid cols={{ base: 1, sm: 2 }} mt="sm">
        {tariffs.data?.items.map((tariff) => (
          <Paper key={tariff.name} withBorder p="sm">
            <Group justify="space-between">
              <Text fw={600}>{tariff.title}</Text>
              <Price tariff={tariff} />
            </Group>
            <Text size="sm" my="xs">
              {tariff.description}
            </Text>
            {tariff.name === present ? (
              <Badge variant="light">{t('tariff.present')}</Badge>
            ) : (
              <Button
                size="xs"
                variant="default"
                disabled={choosing.isPending}
                aria-label={`${t('tariff.choose')}: ${tariff.title}`}
                onClick={() => choosing.mutate(tariff.name)}
              >
                {t('tariff.choose')}
              </Button>
            )}
          </Paper>
        ))}
      </SimpleGrid>
    </details>
  );
}

export function Price({ tariff: { price } }: { readonly tariff: Pick<Tariff, 'price'> }) {
  const { t, i18n } = useTranslation();
  const format = new Intl.NumberFormat(i18n.language, { style: 'currency', currency: price.currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return <Text size="sm">{t('tariff.aMonth', { price: format.format(price.amountMinor / 10 ** digits) })}</Text>;
}

/** A time of whole days, hours, minutes or seconds in words. */
export function useDuration(): (ms: number) => string {
  const { i18n } = useTranslation();
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
    ['second', 1_000],
  ] as const;
  return (ms) => {
    const [unit, size] = units.find(([, each]) => ms >= each) ?? units[3];
    const style = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 } as const;
    return new Intl.NumberFormat(i18n.language, style).format(ms / size);
  };
}
