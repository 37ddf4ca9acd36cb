import { Box, Center, Group, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { languages, speak } from '../i18n.js';
import { useTitle } from './title.js';

/** The frame of the pages that need no sign-in: one card in the middle. */
export function OpenPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  useTitle(title);
  return (
    <Center mih="100dvh" p="md" component="main">
      <Stack w="100%" maw={420} gap="lg">
        <Group justify="space-between">
          <Text fw={700} c="cyan">
            Pipewright
          </Text>
          <LanguageChoice />
        </Group>
        <Paper withBorder p="xl">
          <Title order={1} size="h2" mb="md">
            {title}
          </Title>
          <Box>{children}</Box>
        </Paper>
      </Stack>
    </Center>
  );
}

export function LanguageChoice() {
  const { t, i18n } = useTranslation();
  return (
    <NativeSelect
      aria-label={t('language')}
      size="xs"
      value={i18n.language}
      onChange={(event) => void speak(event.currentTarget.value)}
      data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
    />
  );
}
