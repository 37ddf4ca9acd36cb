import { Alert, Table, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, answerOf, api } from '../../../api.js';
import { ProblemAlert } from '../../../parts/problem.js';
import { shownValue } from './field-rows.js';
import type { JsonMap } from './json-map.js';

type Checked = AnswerOf<'checkField'>;
type FieldProblem = Checked['problems'][number];

const waitMs = 350;

interface TryFieldProps {
  readonly connection: string | null;
  readonly stream: string;
  readonly field: string | JsonMap;
  readonly expr: string | null;
  readonly steps: readonly JsonMap[];
  readonly tables: ReadonlyMap<string, JsonMap>;
}

/** What a field gives on live records, or what is wrong with it and where. */
export function TryField({ connection, stream, field, expr, steps, tables }: TryFieldProps) {
  const { t } = useTranslation();
  const [asked] = useDebouncedValue(JSON.stringify(field), waitMs);
  const isEmpty = expr === '' || field === '';
  const values = Object.fromEntries(tables);
  const answer = useQuery({
    queryKey: ['try-field', connection, stream, asked, JSON.stringify([steps, values])],
    queryFn: () =>
      answerOf(
        api.POST('/fields/check', {
          body: {
            connection: connection ?? '',
            stream,
            field: JSON.parse(asked) as string,
            steps: steps.map((step) => ({ ...step })),
            values: values as Record<string, Record<string, unknown>>,
            limit: 5,
          },
        }),
      ),
    enabled: connection !== null && !isEmpty,
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (connection === null) return <Text size="sm">{t('mapping.chooseFirst')}</Text>;
  if (isEmpty) return <Text size="sm">{t('mapping.nothingToTry')}</Text>;
  const { data } = answer;
  const isStale = answer.isPlaceholderData || asked !== JSON.stringify(field);
  return (
    <div aria-live="polite" aria-busy={isStale}>
      <ProblemAlert error={answer.error} />
      {data?.problems.map((problem) => (
        <Problem
          key={`${problem.code} ${problem.part} ${problem.start}`}
          problem={problem}
          expr={isStale ? null : expr}
        />
      ))}
      {data?.isValid === true && <Results results={data.results} />}
    </div>
  );
}

function Problem({ problem, expr }: { readonly problem: FieldProblem; readonly expr: string | null }) {
  const { t } = useTranslation();
  const { start, end, message, hint } = problem;
  return (
    <Alert color="red" title={message} role="alert" mb="xs">
      {start !== null && (
        <Text size="sm" mb={4}>
          {t('mapping.atCharacter', { place: start + 1 })}
        </Text>
      )}
      {start !== null && end !== null && expr !== null && (
        <pre className="mono mapping-expression">
          {expr.slice(0, start)}
          <mark className="mapping-mark">{expr.slice(start, end) || ' '}</mark>
          {expr.slice(end)}
        </pre>
      )}
      <Text size="sm">{hint}</Text>
    </Alert>
  );
}

function Results({ results }: { readonly results: Checked['results'] }) {
  const { t } = useTranslation();
  if (results.length === 0) return <Text size="sm">{t('mapping.noRecords')}</Text>;
  return (
    <Table.ScrollContainer minWidth={260}>
      <Table verticalSpacing={4} withRowBorders={false} aria-label={t('mapping.results')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('mapping.record')}</Table.Th>
            <Table.Th>{t('mapping.result')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {results.map(({ key, value, isAbsent, failure }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: records without a key stand in the order of the stream
            <Table.Tr key={index}>
              <Table.Td className="mono break-anywhere">{key ?? index + 1}</Table.Td>
              <Table.Td className="break-anywhere">
                {failure !== null ? (
                  <Text size="sm" c="red">
                    {failure.message}
                  </Text>
                ) : isAbsent ? (
                  <Text size="sm" c="dimmed">
                    {t('mapping.leftAlone')}
                  </Text>
                ) : (
                  shownValue(value)
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
