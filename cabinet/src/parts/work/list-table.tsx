import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

/** `isFigure`: the column stands at the right; `about` shows when the pointer rests on the head. */
export type Head = string | { readonly text: string; readonly isFigure?: boolean; readonly about?: string };

interface ListTableProps {
  readonly minWidth: number;
  readonly heads: readonly Head[];
  /** The rows are those of the page before, until the next has arrived. */
  readonly isStale?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A list to go through: one row for each, which leads to it. */
export function ListTable({ minWidth, heads, isStale, className, children }: ListTableProps) {
  return (
    <Table.ScrollContainer minWidth={minWidth}>
      <Table verticalSpacing="sm" highlightOnHover aria-busy={isStale} {...(className !== undefined && { className })}>
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <HeadCell key={typeof head === 'string' ? head : head.text} head={head} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function HeadCell({ head }: { readonly head: Head }) {
  if (typeof head === 'string') return <Table.Th>{head}</Table.Th>;
  const { text, isFigure, about } = head;
  return (
    <Table.Th {...(isFigure === true && { ta: 'right' as const })} {...(about !== undefined && { title: about })}>
      {text}
    </Table.Th>
  );
}
