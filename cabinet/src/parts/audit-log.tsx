import { Alert, Button, Code, Group, Loader, Table, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../api.js';
import type { AuditSearch } from '../routes/audit-search.js';
import { Moment } from './moment.js';
import { ProblemAlert } from './problem.js';

type Line = AnswerOf<'listAudit'>['items'][number];
const filterNames = ['actor', 'action', 'object', 'from', 'to'] as const;

type Verdict = AnswerOf<'verifyAudit'>;

interface AuditLogProps {
  /** Which log; a part of the key that its lines are kept by. */
  readonly name: string;
  readonly filters: AuditSearch;
  filter(filters: AuditSearch): void;
  list(query: AuditSearch & { limit: number; cursor?: string }): Promise<AnswerOf<'listAudit'>>;
  verify(): Promise<Verdict>;
}

/** Who did what. The filters stand in the address. */
export function AuditLog({ name, filters, filter, list, verify }: AuditLogProps) {
  const { t } = useTranslation();
  const lines = useInfiniteQuery({
    queryKey: [name, filters],
    queryFn: ({ pageParam }) => list({ ...filters, limit: 50, ...(pageParam !== '' && { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const items = lines.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Verify verify={verify} />
      <FilterForm key={JSON.stringify(filters)} filters={filters} filter={filter} />
      <ProblemAlert error={lines.error} />
      {lines.isPending && <Loader aria-label={t('loading')} />}
      {lines.data !== undefined && items.length === 0 && <Text>{t('auditLog.none')}</Text>}
      {items.length > 0 && <Lines items={items} />}
      {lines.hasNextPage && (
        <Button variant="default" my="md" loading={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
          {t('accountActs.more')}
        </Button>
      )}
    </>
  );
}

function Verify({ verify }: { verify(): Promise<Verdict> }) {
  const { t } = useTranslation();
  const verifying = useMutation({ mutationFn: verify });
  const verdict = verifying.data;
  return (
    <Group mb="md" align="center">
      <Button variant="default" loading={verifying.isPending} onClick={() => verifying.mutate()}>
        {t('auditLog.verify')}
      </Button>
      <ProblemAlert error={verifying.error} />
      {verdict !== undefined && (
        <Alert color={verdict.isWhole ? 'teal' : 'red'} role="status" py="xs">
          {verdict.isWhole
            ? t('auditLog.whole', { count: verdict.lines })
            : t('auditLog.broken', { line: verdict.brokenAt, problem: verdict.problem })}
        </Alert>
      )}
    </Group>
  );
}

function FilterForm({ filters, filter }: Pick<AuditLogProps, 'filters' | 'filter'>) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<AuditSearch>(filters);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    filter(Object.fromEntries(Object.entries(typed).map(([name, text]) => [name, text.trim()])));
  };
  return (
    <form onSubmit={send}>
      <Group align="flex-end" mb="md" gap="sm">
        {filterNames.map((name) => (
          <TextInput
            key={name}
            label={t(`auditLog.${name}`)}
            type={name === 'from' || name === 'to' ? 'date' : 'text'}
            size="xs"
            value={typed[name] ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setTyped((before) => ({ ...before, [name]: value }));
            }}
          />
        ))}
        <Button size="xs" type="submit">
          {t('auditLog.filter')}
        </Button>
        {Object.values(filters).some((text) => text !== '') && (
          <Button size="xs" variant="subtle" onClick={() => filter({})}>
            {t('auditLog.all')}
          </Button>
        )}
      </Group>
    </form>
  );
}

function Lines({ items }: { readonly items: readonly Line[] }) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('auditLog.at')}</Table.Th>
            <Table.Th>{t('auditLog.actor')}</Table.Th>
            <Table.Th>{t('auditLog.action')}</Table.Th>
            <Table.Th>{t('auditLog.object')}</Table.Th>
            <Table.Th>{t('auditLog.details')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((line) => (
            <Table.Tr key={line.seq}>
              <Table.Td>
                <Moment at={line.at} />
              </Table.Td>
              <Table.Td>
                {line.actor}
                {line.onBehalfOf !== null && (
                  <Text size="xs" c="dimmed">
                    {t('auditLog.onBehalfOf')} {line.onBehalfOf}
                  </Text>
                )}
              </Table.Td>
              <Table.Td className="mono">{line.action}</Table.Td>
              <Table.Td className="mono">{line.object ?? '-'}</Table.Td>
              <Table.Td>{Object.keys(line.details).length > 0 && <Code>{JSON.stringify(line.details)}</Code>}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
