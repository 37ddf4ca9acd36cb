import { Loader, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { AnchorLink } from '../parts/anchor-link.js';
import { Markdown } from '../parts/markdown.js';
import { Moment } from '../parts/moment.js';
import { ProblemAlert } from '../parts/problem.js';
import { PublicPage } from '../parts/public-page.js';

/** All promotions of now with their texts. */
export function PromotionList() {
  const { t, i18n } = useTranslation();
  const pages = useQuery({
    queryKey: ['pages', i18n.language, 'promotion'],
    queryFn: () => answerOf(api.GET('/pages', { params: { query: { kind: 'promotion' } } })),
  });
  return (
    <PublicPage title={t('promotions.title')}>
      <ProblemAlert error={pages.error} />
      {pages.isPending && <Loader aria-label={t('loading')} />}
      {pages.data?.items.length === 0 && <Text>{t('promotions.none')}</Text>}
      <Stack>
        {pages.data?.items.map(({ slug, title, body, endsAt, language }) => (
          <Paper key={slug} component="article" withBorder p="md" lang={language}>
            <AnchorLink to="/pages/$kind/$slug" params={{ kind: 'promotion', slug }} fw={600} size="lg">
              {title}
            </AnchorLink>
            <Markdown text={body} />
            {endsAt !== null && (
              <Text size="sm" c="dimmed">
                {t('infoPages.until')} <Moment at={endsAt} />
              </Text>
            )}
          </Paper>
        ))}
      </Stack>
    </PublicPage>
  );
}
