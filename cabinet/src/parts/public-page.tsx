import { Box, Container, Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../me.js';
import { AnchorLink } from './anchor-link.js';
import { LanguageChoice } from './open-page.js';
import { useTitle } from './title.js';

interface PublicPageProps {
  readonly title: string;
  readonly size?: 'sm' | 'md';
  readonly children: ReactNode;
}

/** The frame of pages that everybody may read, signed in or not. */
export function PublicPage({ title, size = 'sm', children }: PublicPageProps) {
  const { t } = useTranslation();
  const me = useMe();
  useTitle(title);
  return (
    <Container size={size} py="md">
      <Group component="header" justify="space-between" mb="xl">
        <AnchorLink to="/" fw={700} c="cyan">
          Pipewright
        </AnchorLink>
        <Group component="nav" gap="md" aria-label={t('nav.menu')}>
          <AnchorLink to="/promotions">{t('promotions.title')}</AnchorLink>
          <AnchorLink to="/pages">{t('infoPages.title')}</AnchorLink>
          <AnchorLink to="/contacts">{t('contacts.title')}</AnchorLink>
          {me.data == null ? (
            <AnchorLink to="/sign-in" search={{ next: undefined }}>
              {t('contacts.enter')}
            </AnchorLink>
          ) : (
            <AnchorLink to="/">{t('home.title')}</AnchorLink>
          )}
          <LanguageChoice />
        </Group>
      </Group>
      <Box component="main">
        <Title order={1} size="h2" mb="md" className="break-anywhere">
          {title}
        </Title>
        {children}
      </Box>
    </Container>
  );
}
