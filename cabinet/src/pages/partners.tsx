import { Badge, Button, Group, Loader, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, answerOf, api } from '../api.js';
import { useChange } from '../parts/change.js';
import { Confirm } from '../parts/confirm.js';
import { Moment } from '../parts/moment.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem.js';
import { Section } from '../parts/section.js';
import { TextForm } from '../parts/text-form.js';
import { useMay } from '../role.js';

type PartnerLink = AnswerOf<'listPartners'>['items'][number];
const colors = { requested: 'orange', accepted: 'teal', refused: 'gray', ended: 'gray' } as const;

/** Servicing companies of this account, and the customers that it looks after itself. */
export function Partners() {
  const { t } = useTranslation();
  const mayAdminister = useMay('admin');
  const partners = useQuery({ queryKey: ['partners'], queryFn: () => answerOf(api.GET('/partners')) });
  return (
    <>
      <PageHead title={t('partners.title')} about={t('partners.about')} />
      <ProblemAlert error={partners.error} />
      {partners.isPending && <Loader aria-label={t('loading')} />}
      {partners.data?.items.length === 0 && (
        <Text mb="md" maw={680}>
          {t('partners.none')}
        </Text>
      )}
      <Stack mb="lg" maw={760}>
        {partners.data?.items.map((link) => (
          <PartnerCard key={link.id} link={link} mayDecide={mayAdminister} />
        ))}
      </Stack>
      <Customers mayAdminister={mayAdminister} />
    </>
  );
}

function PartnerCard({ link, mayDecide }: { readonly link: PartnerLink; readonly mayDecide: boolean }) {
  const { t } = useTranslation();
  const params = { path: { id: link.id } };
  const touches = [['partners']];
  const accepting = useChange({ change: () => answerOf(api.POST('/partners/{id}/accept', { params })), touches });
  const refusing = useChange({ change: () => answerOf(api.POST('/partners/{id}/refuse', { params })), touches });
  const ending = useChange({ change: () => answerOf(api.POST('/partners/{id}/end', { params })), touches });
  return (
    <Paper withBorder p="md">
      <Group justify="space-between">
        <div>
          <Text fw={600}>{link.partnerName}</Text>
          <Text size="xs" c="dimmed">
            <Moment at={link.decidedAt ?? link.createdAt} />
          </Text>
        </div>
        <Group gap="xs">
          <Badge variant="light" color={colors[link.state]}>
            {t(`partners.states.${link.state}`)}
          </Badge>
          {mayDecide && link.state === 'requested' && (
            <>
              <Button size="xs" loading={accepting.isPending} onClick={() => accepting.mutate()}>
                {t('partners.accept')}
              </Button>
              <Button size="xs" variant="default" loading={refusing.isPending} onClick={() => refusing.mutate()}>
                {t('partners.refuse')}
              </Button>
            </>
          )}
          {mayDecide && link.state === 'accepted' && (
            <Confirm
              isDangerous
              size="xs"
              button={t('partners.end')}
              title={t('partners.endTitle', { name: link.partnerName })}
              text={t('partners.endText')}
              act={() => ending.mutateAsync()}
            />
          )}
        </Group>
      </Group>
      {link.state === 'requested' && (
        <Text size="sm" mt="xs">
          {t('partners.asks', { name: link.partnerName })}
        </Text>
      )}
      <ProblemAlert error={accepting.error ?? refusing.error} />
    </Paper>
  );
}

function Customers({ mayAdminister }: { readonly mayAdminister: boolean }) {
  const { t } = useTranslation();
  const customers = useQuery({ queryKey: ['customers'], queryFn: () => answerOf(api.GET('/customers')) });
  const asking = useChange({
    change: (ownerEmail: string) => answerOf(api.POST('/customers', { body: { ownerEmail } })),
    touches: [['customers']],
    said: t('partners.asked'),
  });
  return (
    <Section title={t('partners.customers')} about={t('partners.customersText')}>
      <ProblemAlert error={customers.error} />
      {customers.data?.items.length === 0 && (
        <Text size="sm" mb="md">
          {t('partners.noCustomers')}
        </Text>
      )}
      <Stack gap="sm" mb="md">
        {customers.data?.items.map((link) => (
          <CustomerRow key={link.id} link={link} mayEnd={mayAdminister} />
        ))}
      </Stack>
      {mayAdminister && (
        <TextForm
          fields={[{ name: 'email', label: t('partners.ownerEmail'), kind: 'email', autoComplete: 'off' }]}
          button={t('partners.ask')}
          submit={(values) => asking.mutateAsync(values.email ?? '')}
        />
      )}
    </Section>
  );
}

function CustomerRow({ link, mayEnd }: { readonly link: PartnerLink; readonly mayEnd: boolean }) {
  const { t } = useTranslation();
  const ending = useChange({
    change: () => answerOf(api.DELETE('/customers/{id}', { params: { path: { id: link.id } } })),
    touches: [['customers'], ['me']],
  });
  return (
    <Group justify="space-between">
      <Text fw={600}>{link.accountName}</Text>
      {mayEnd && (
        <Confirm
          isDangerous
          size="xs"
          button={t('partners.end')}
          title={t('partners.endTitle', { name: link.accountName })}
          text={t('partners.endText')}
          act={() => ending.mutateAsync()}
        />
      )}
    </Group>
  );
}
