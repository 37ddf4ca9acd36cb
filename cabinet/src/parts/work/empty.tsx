import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** An empty list says what will stand in it and how it gets there. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <Paper withBorder p="xl" ta="center">
      <Text fw={600} mb="xs">
        {title}
      </Text>
      {children}
    </Paper>
  );
}
