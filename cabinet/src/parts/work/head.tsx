import '../../pages/work.css';
import { Box, Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTitle } from '../title.js';

interface HeadProps {
  readonly title: string;
  /** Small facts below the name. */
  readonly below?: ReactNode;
  /** What can be done with the thing. */
  readonly children?: ReactNode;
}

/** The head of a page of work; its actions keep their place, whatever their number. */
export function Head({ title, below, children }: HeadProps) {
  useTitle(title);
  return (
    <Group justify="space-between" align="flex-start" mb="md" gap="md">
      <Box flex="1 1 18rem" miw={0}>
        <Title order={1} size="h2" className="break-anywhere">
          {title}
        </Title>
        {below}
      </Box>
      <Group gap="xs" mih={36}>
        {children}
      </Group>
    </Group>
  );
}
