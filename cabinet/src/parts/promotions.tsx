import { Paper, SimpleGrid, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { AnchorLink } from './anchor-link.js';
import { Moment } from './moment.js';

const shownAtOnce = 4;

/** The promotions of now; nothing at all where there are none. */
export function Promotions() {
  const { t, i18n } = useTranslation();
  const pages = useQuery({
    queryKey: ['pages', i18n.language, 'promotion'],
    queryFn: () => answerOf(api.GET('/pages', { params: { query: { kind: 'promotion' } } })),
    staleTime: 60_000,
  });
  const items = pages.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-label={t('promotions.title')}>
      <Title order={2} size="h4" mb="sm">
        {t('promotions.title')}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {items.slice(0, shownAtOnce).map(({ slug, title, endsAt, language }) => (
          <Paper key={slug} withBorder p="md" lang={language}>
            <AnchorLink
              to="/pages/$kind/$slug"
              params={{ kind: 'promotion', slug }}
              fw={600}
              className="break-anywhere"
            >
              {title}
            </AnchorLink>
            {endsAt !== null && (
              <Text size="sm" c="dimmed">
                {t('infoPages.until')} <Moment at={endsAt} />
              </Text>
            )}
          </Paper>
        ))}
      </SimpleGrid>
      {items.length > shownAtOnce && (
        <AnchorLink to="/promotions" size="sm">
          {t('promotions.all')}
        </AnchorLink>
      )}
    </section>
  );
}
