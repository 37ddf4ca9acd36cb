import { Box, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTitle } from './title.js';

interface PageHeadProps {
  readonly title: string;
  readonly about?: string;
  /** What can be done on the page as a whole. */
  readonly children?: ReactNode;
}

/** The top of a page: its name, what it is for, its main actions. */
export function PageHead({ title, about, children }: PageHeadProps) {
  useTitle(title);
  return (
    <Group justify="space-between" align="flex-start" mb="md" gap="sm">
      <Box flex="1 1 260px" miw={0}>
        <Title order={1} size="h2">
          {title}
        </Title>
        {about !== undefined && (
          <Text c="dimmed" size="sm" maw={680}>
            {about}
          </Text>
        )}
      </Box>
      <Group gap="xs">{children}</Group>
    </Group>
  );
}
