import '../pages/work.css';
import { Box, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTitle } from './title.js';

interface PageHeadProps {
  readonly title: string;
  readonly about?: string;
  /** Small facts below the name. */
  readonly below?: ReactNode;
  /** What can be done on the page as a whole, or with the thing that it shows. */
  readonly children?: ReactNode;
}

/** The top of a page: its name, what it is for, its main actions, which keep their place whatever their number. */
export function PageHead({ title, about, below, children }: PageHeadProps) {
  useTitle(title);
  return (
    <Group justify="space-between" align="flex-start" mb="md" gap="md">
      <Box flex="1 1 18rem" miw={0}>
        <Title order={1} size="h2" className="break-anywhere">
          {title}
        </Title>
        {about !== undefined && (
          <Text c="dimmed" size="sm" maw={680}>
            {about}
          </Text>
        )}
        {below}
      </Box>
      <Group gap="xs" mih={36}>
        {children}
      </Group>
    </Group>
  );
}
