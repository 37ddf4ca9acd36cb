import { Group, List, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api.js';
import { AnchorLink } from '../../parts/anchor-link.js';
import { Card } from '../../parts/card.js';
import { ContactLines } from '../../parts/contact-lines.js';
import { Promotions } from '../../parts/promotions.js';
import { PublicPage } from '../../parts/public-page.js';
import { VisitorForm } from '../../parts/visitor-form.js';
import { ButtonTo } from '../../parts/work/link-to.js';

/** What somebody without a sign-in finds first: what this is, what is offered now, and how to ask. */
export function PublicHome() {
  const { t } = useTranslation();
  return (
    <PublicPage title={t('publicHome.title')} size="md">
      <Stack gap="xl">
        <div>
          <Text size="lg" mb="md" maw={680}>
            {t('publicHome.text')}
          </Text>
          <List mb="lg" maw={680}>
            <List.Item>{t('publicHome.points.move')}</List.Item>
            <List.Item>{t('publicHome.points.nothingLost')}</List.Item>
            <List.Item>{t('publicHome.points.see')}</List.Item>
          </List>
          <Group>
            <ButtonTo to="/register">{t('signIn.register')}</ButtonTo>
            <ButtonTo to="/sign-in" search={{ next: undefined }} variant="default">
              {t('signIn.button')}
            </ButtonTo>
          </Group>
        </div>
        <Promotions />
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <section aria-labelledby="ask">
            <Title order={2} size="h3" mb="sm" id="ask">
              {t('contacts.ask')}
            </Title>
            <VisitorForm />
          </section>
          <Stack>
            <Card title={t('contacts.title')}>
              <ContactLines />
            </Card>
            <Information />
          </Stack>
        </SimpleGrid>
      </Stack>
    </PublicPage>
  );
}

function Information() {
  const { t, i18n } = useTranslation();
  const pages = useQuery({
    queryKey: ['pages', i18n.language, 'information'],
    queryFn: () => answerOf(api.GET('/pages', { params: { query: { kind: 'information' } } })),
  });
  if (pages.data === undefined || pages.data.items.length === 0) return null;
  return (
    <Card title={t('publicHome.information')}>
      <Stack gap="xs">
        {pages.data.items.map(({ kind, slug, title, language }) => (
          <span key={slug} lang={language}>
            <AnchorLink to="/pages/$kind/$slug" params={{ kind, slug }}>
              {title}
            </AnchorLink>
          </span>
        ))}
      </Stack>
    </Card>
  );
}
