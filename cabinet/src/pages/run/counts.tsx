import { Badge, Paper, SimpleGrid, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { StateBadge } from '../../parts/state-badge.js';
import { useCount } from '../../parts/work/count.js';
import { hasEnded, type RunView } from './live.js';

type FlowCounts = RunView['flows'][number];

const columns = [
  'read',
  'filtered',
  'sources',
  'produced',
  'written',
  'unchanged',
  'deleted',
  'deadLetters',
  'waiting',
] as const;

/** The sums of a run at a glance. */
export function Totals({ run }: { readonly run: RunView }) {
  const { t } = useTranslation();
  const count = useCount();
  const { totals } = run;
  const shown = ['read', 'written', 'unchanged', 'deadLetters', 'waiting'] as const;
  return (
    <SimpleGrid cols={{ base: 2, xs: 3, md: 6 }} mb="lg">
      {shown.map((name) => (
        <Figure key={name} label={t(`counts.${name}`)} value={count(totals[name])} />
      ))}
      <Figure
        label={t('run.rate')}
        value={run.recordsPerSecond === null ? '-' : t('run.perSecond', { rate: count(run.recordsPerSecond, 1) })}
      />
    </SimpleGrid>
  );
}

function Figure({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <Paper withBorder p="sm">
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fw={700} size="lg" className="figures">
        {value}
      </Text>
    </Paper>
  );
}

/** Every count of every flow and target. */
export function FlowTable({ run }: { readonly run: RunView }) {
  const { t } = useTranslation();
  const count = useCount();
  return (
    <Table.ScrollContainer
      minWidth={860}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': t('run.flows') } }}
    >
      <Table verticalSpacing="xs" className="figures">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('work.flow')}</Table.Th>
            <Table.Th>{t('runList.state')}</Table.Th>
            {columns.map((name) => (
              <Table.Th key={name} ta="right">
                {t(`counts.${name}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {run.flows.map((flow) => (
            <Table.Tr key={nameOf(flow)}>
              <Table.Th scope="row" className="mono">
                {nameOf(flow)}
              </Table.Th>
              <Table.Td>
                <StateBadge state={flow.state} />
              </Table.Td>
              {columns.map((name) => (
                <Table.Td key={name} ta="right">
                  {count(flow[name])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function nameOf({ flow, target }: FlowCounts): string {
  return target === '' ? flow : `${flow} > ${target}`;
}

/** Whether every record that was read is accounted for. */
export function Reconciliation({ run }: { readonly run: RunView }) {
  const { t } = useTranslation();
  const count = useCount();
  const isOver = hasEnded(run);
  return (
    <>
      {run.flows.map((flow) => {
        const isBalanced =
          flow.read === flow.filtered + flow.sources &&
          flow.produced === flow.written + flow.unchanged + flow.deleted + flow.deadLetters + flow.waiting;
        const numbers = Object.fromEntries(columns.map((name) => [name, count(flow[name])]));
        return (
          <Paper key={nameOf(flow)} withBorder p="sm" mb="xs">
            <Text size="sm" component="div">
              <span className="mono">{nameOf(flow)}</span>{' '}
              <Badge variant="light" color={isBalanced ? 'teal' : isOver ? 'red' : 'gray'}>
                {t(isBalanced ? 'run.addsUp' : isOver ? 'run.addsNotUp' : 'run.underWay')}
              </Badge>
            </Text>
            <Text size="sm" className="figures">
              {t('run.readSum', numbers)}
            </Text>
            <Text size="sm" className="figures">
              {t('run.changeSum', numbers)}
            </Text>
          </Paper>
        );
      })}
    </>
  );
}
