import { Table } from '@mantine/core';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface ActsTableProps extends Omit<ComponentProps<typeof Table.ScrollContainer>, 'children'> {
  readonly heads: readonly string[];
  readonly children: ReactNode;
}

/** A table whose last column holds what can be done with each row. */
export function ActsTable({ heads, children, ...place }: ActsTableProps) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer {...place}>
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <Table.Th key={head}>{head}</Table.Th>
            ))}
            <Table.Th>
              <span className="visually-hidden">{t('accountActs.actions')}</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
