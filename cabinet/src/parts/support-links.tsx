import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, answerOf, api } from '../api.js';
import { useChange } from './change.js';
import { Confirm } from './confirm.js';
import { Moment } from './moment.js';
import { ShownOnce } from './once.js';
import { ProblemAlert } from './problem.js';
import { Section } from './section.js';

type SupportLink = AnswerOf<'listSupportLinks'>['items'][number];
const colors = { open: 'teal', visiting: 'orange', over: 'gray', expired: 'gray', withdrawn: 'gray' } as const;
const askAgainMs = 10_000;

/** Letting the support look, once and for an hour at most. */
export function SupportLinks() {
  const { t } = useTranslation();
  const links = useQuery({
    queryKey: ['support-links'],
    queryFn: () => answerOf(api.GET('/support-links')),
    refetchInterval: askAgainMs,
  });
  const making = useChange({ change: () => answerOf(api.POST('/support-links')), touches: [['support-links']] });
  return (
    <Section title={t('supportLinks.title')} about={t('supportLinks.about')}>
      {making.data !== undefined && (
        <ShownOnce
          title={t('supportLinks.made')}
          text={t('supportLinks.madeText')}
          label={t('connectLinks.address')}
          value={making.data.url}
          done={making.reset}
        />
      )}
      <ProblemAlert error={making.error ?? links.error} />
      <Button mb="md" loading={making.isPending} onClick={() => making.mutate()}>
        {t('supportLinks.make')}
      </Button>
      {links.data?.items.length === 0 && <Text size="sm">{t('supportLinks.none')}</Text>}
      <Stack gap="sm">
        {links.data?.items.slice(0, 20).map((link) => (
          <LinkRow key={link.id} link={link} />
        ))}
      </Stack>
    </Section>
  );
}

function LinkRow({ link }: { readonly link: SupportLink }) {
  const { t } = useTranslation();
  const { id, state, createdBy, createdAt, openedBy, openedAt } = link;
  const withdrawing = useChange({
    change: () => answerOf(api.DELETE('/support-links/{id}', { params: { path: { id } } })),
    touches: [['support-links']],
  });
  return (
    <Group justify="space-between">
      <div>
        <Badge variant="light" color={colors[state]}>
          {t(`supportLinks.states.${state}`)}
        </Badge>
        <Text size="xs" c="dimmed">
          {createdBy}, <Moment at={createdAt} />
        </Text>
        {openedBy !== null && (
          <Text size="xs" c="dimmed">
            {t('supportLinks.openedBy')} {openedBy}, <Moment at={openedAt} />
          </Text>
        )}
      </div>
      {(state === 'open' || state === 'visiting') && (
        <Confirm
          isDangerous
          size="xs"
          button={t(state === 'open' ? 'accountActs.withdraw' : 'supportVisit.end')}
          title={t('supportLinks.withdrawTitle')}
          text={t('supportLinks.withdrawText')}
          act={() => withdrawing.mutateAsync()}
        />
      )}
    </Group>
  );
}
