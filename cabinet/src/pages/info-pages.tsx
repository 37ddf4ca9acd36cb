import { Badge, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { AnchorLink } from '../parts/anchor-link.js';
import { Markdown } from '../parts/markdown.js';
import { Moment } from '../parts/moment.js';
import { ProblemAlert } from '../parts/problem.js';
import { PublicPage } from '../parts/public-page.js';

/** Promotions and information that are shown now. */
export function InfoPages() {
  const { t, i18n } = useTranslation();
  const pages = useQuery({ queryKey: ['pages', i18n.language], queryFn: () => answerOf(api.GET('/pages')) });
  return (
    <PublicPage title={t('infoPages.title')}>
      <ProblemAlert error={pages.error} />
      {pages.isPending && <Loader aria-label={t('loading')} />}
      {pages.data?.items.length === 0 && <Text>{t('infoPages.none')}</Text>}
      <Stack gap="sm">
        {pages.data?.items.map(({ kind, slug, title }) => (
          <div key={`${kind}/${slug}`}>
            <AnchorLink to="/pages/$kind/$slug" params={{ kind, slug }} fw={600}>
              {title}
            </AnchorLink>{' '}
            {kind === 'promotion' && <Badge variant="light">{t('infoPages.promotion')}</Badge>}
          </div>
        ))}
      </Stack>
    </PublicPage>
  );
}

export function InfoPage() {
  const { t, i18n } = useTranslation();
  const { kind: wanted, slug } = useParams({ from: '/pages/$kind/$slug' });
  const kind = wanted === 'promotion' ? 'promotion' : 'information';
  const page = useQuery({
    queryKey: ['pages', i18n.language, kind, slug],
    queryFn: () => answerOf(api.GET('/pages/{kind}/{slug}', { params: { path: { kind, slug } } })),
  });
  return (
    <PublicPage title={page.data?.title ?? t('infoPages.title')}>
      <ProblemAlert error={page.error} />
      {page.isPending && <Loader aria-label={t('loading')} />}
      {page.data !== undefined && (
        <article lang={page.data.language}>
          <Markdown text={page.data.body} />
          {page.data.endsAt !== null && (
            <Text size="sm" c="dimmed">
              {t('infoPages.until')} <Moment at={page.data.endsAt} />
            </Text>
          )}
        </article>
      )}
    </PublicPage>
  );
}
