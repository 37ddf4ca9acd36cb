import { Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCount, useLength } from '../../parts/work/count.js';
import { LinkTo } from '../../parts/work/link-to.js';
import { type Operation, operations, type PreviewView, summaryOf } from './preview-view.js';

interface SummaryProps {
  readonly preview: PreviewView;
  show(flow: string, operation: Operation): void;
}

/** How many records of each flow would be created, changed or deleted; each number shows its records. */
export function Summary({ preview, show }: SummaryProps) {
  const { t } = useTranslation();
  const count = useCount();
  const flows = summaryOf(preview);
  const used = operations.filter(
    (operation) => operation !== 'upsert' || flows.some((each) => each.changes.upsert > 0),
  );
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table verticalSpacing="xs" aria-label={t('previews.byFlow')} className="figures">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('work.flow')}</Table.Th>
            {used.map((operation) => (
              <Table.Th key={operation} ta="right">
                {t(`previews.operations.${operation}`)}
              </Table.Th>
            ))}
            <Table.Th ta="right">{t('previews.unchanged')}</Table.Th>
            <Table.Th ta="right">{t('previews.refused')}</Table.Th>
            <Table.Th ta="right">{t('previews.filtered')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {flows.map((each) => (
            <Table.Tr key={each.flow}>
              <Table.Td className="mono">{each.flow}</Table.Td>
              {used.map((operation) => (
                <Table.Td key={operation} ta="right">
                  {each.changes[operation] === 0 ? (
                    count(0)
                  ) : (
                    <button
                      type="button"
                      className="preview-count"
                      aria-label={t('previews.showThese', {
                        flow: each.flow,
                        operation: t(`previews.operations.${operation}`),
                        shown: count(each.changes[operation]),
                      })}
                      onClick={() => show(each.flow, operation)}
                    >
                      {count(each.changes[operation])}
                    </button>
                  )}
                </Table.Td>
              ))}
              <Table.Td ta="right">{count(each.unchanged)}</Table.Td>
              <Table.Td ta="right">
                {each.refused === 0 ? (
                  count(0)
                ) : (
                  <LinkTo to="/dead-letters" search={{ run: preview.runId, flow: each.flow }} size="sm">
                    {count(each.refused)}
                  </LinkTo>
                )}
              </Table.Td>
              <Table.Td ta="right">{count(each.filtered)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** What applying asks of the vendors. */
export function Cost({ cost }: { readonly cost: NonNullable<PreviewView['cost']> }) {
  const { t } = useTranslation();
  const count = useCount();
  const length = useLength();
  return (
    <>
      <Title order={2} size="h4" mt="lg" mb="xs">
        {t('previews.cost')}
      </Title>
      {cost.calls === 0 ? (
        <Text size="sm">{t('previews.noCost')}</Text>
      ) : (
        <>
          <dl className="facts">
            {cost.connections.map(({ connection, reads, writes, atLeastMs }) => (
              <div key={connection} className="fact">
                <dt>{connection}</dt>
                <dd>
                  {t('previews.calls', { count: reads + writes, shown: count(reads + writes) })}
                  {', '}
                  {atLeastMs < 1_000 ? t('previews.atOnce') : t('previews.atLeast', { time: length(atLeastMs) })}
                </dd>
              </div>
            ))}
          </dl>
          <Text size="sm" c="dimmed" mt={4}>
            {t('previews.costHint')}
          </Text>
        </>
      )}
    </>
  );
}
