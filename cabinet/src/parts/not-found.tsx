import { Anchor, Container, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Container size="xs" py="xl">
      <Title order={1}>{t('notFound.title')}</Title>
      <Text my="md">{t('notFound.text')}</Text>
      <Anchor href="/">{t('notFound.home')}</Anchor>
    </Container>
  );
}
