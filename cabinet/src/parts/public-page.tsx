import { Box, Container, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from './anchor-link.js';
import { LanguageChoice } from './open-page.js';
import { useTitle } from './title.js';

interface PublicPageProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** The frame of pages that everybody may read, signed in or not. */
export function PublicPage({ title, children }: PublicPageProps) {
  const { t } = useTranslation();
  useTitle(title);
  return (
    <Container size="sm" py="md">
      <Group component="header" justify="space-between" mb="xl">
        <Text fw={700}>Pipewright</Text>
        <Group component="nav" gap="md" aria-label={t('nav.menu')}>
          <AnchorLink to="/pages">{t('infoPages.title')}</AnchorLink>
          <AnchorLink to="/contacts">{t('contacts.title')}</AnchorLink>
          <AnchorLink to="/">{t('contacts.enter')}</AnchorLink>
          <LanguageChoice />
        </Group>
      </Group>
      <Box component="main">
        <Title order={1} size="h2" mb="md">
          {title}
        </Title>
        {children}
      </Box>
    </Container>
  );
}
