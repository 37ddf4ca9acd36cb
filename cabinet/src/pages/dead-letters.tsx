import { Anchor, Checkbox, Group, Table, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, answerOf, api } from '../api.js';
import { Moment } from '../parts/moment.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem.js';
import { Empty } from '../parts/work/empty.js';
import { LinkTo } from '../parts/work/link-to.js';
import { Pager } from '../parts/work/pager.js';
import { TableSkeleton } from '../parts/work/skeleton.js';
import type { LetterSearch } from '../routes/work-search.js';
import { Filters } from './dead-letters/filters.js';
import { NewLetters } from './dead-letters/new-letters.js';
import { Discard, Resend, type Selection } from './dead-letters/resend.js';
import { LetterBadge } from './dead-letters/state.js';

type Letter = AnswerOf<'listDeadLetters'>['items'][number];
/** Ids, or everything that fits the filters. */
type Chosen = ReadonlySet<string> | 'all';

const askAgainMs = 2_000;
const nobody: ReadonlySet<string> = new Set();

export function DeadLetters() {
  const { t } = useTranslation();
  const wanted = useSearch({ from: '/shell/dead-letters' });
  const navigate = useNavigate({ from: '/dead-letters' });
  const [chosen, setChosen] = useState<Chosen>(nobody);
  const change = (search: LetterSearch): void => {
    setChosen(nobody);
    void navigate({ search });
  };
  const { run, pipeline, flow, code, state = 'open', cursor } = wanted;
  const narrowed: Selection = {
    ...(run !== undefined && { run }),
    ...(pipeline !== undefined && { pipeline }),
    ...(flow !== undefined && { flow }),
    ...(code !== undefined && { code }),
  };
  const asked = useQuery({
    queryKey: ['dead-letters', wanted],
    queryFn: () =>
      answerOf(
        api.GET('/dead-letters', {
          params: {
            query: {
              ...narrowed,
              limit: 50,
              ...(state !== 'all' && { state }),
              ...(cursor !== undefined && { cursor }),
            },
          },
        }),
      ),
    placeholderData: keepPreviousData,
    // Rows that are on their way are followed to their end.
    refetchInterval: ({ state: { data } }) =>
      data?.items.some((each) => each.state === 'resent') ? askAgainMs : false,
  });
  const letters = asked.data?.items;
  const selection: Selection = chosen === 'all' ? narrowed : { ids: [...chosen] };
  const isNothingChosen = chosen !== 'all' && chosen.size === 0;
  const what = chosen === 'all' ? t('letters.allThatFit') : t('letters.chosen', { count: chosen.size });
  const act = { selection, what, isDisabled: isNothingChosen, done: () => setChosen(nobody) };
  return (
    <>
      <PageHead title={t('nav.deadLetters')}>
        <Resend {...act} />
        <Discard {...act} />
      </PageHead>
      <Filters key={wanted.flow ?? ''} wanted={wanted} change={change} />
      <ProblemAlert error={asked.error} />
      {asked.isPending && <TableSkeleton />}
      {letters?.length === 0 && <Nothing wanted={wanted} />}
      {letters !== undefined && letters.length > 0 && (
        <>
          <Group mih={36} mb="xs" aria-live="polite">
            <NewLetters wanted={wanted} narrowed={narrowed} shown={letters} show={() => void asked.refetch()} />
            <Text size="sm">{isNothingChosen ? t('letters.chooseHint') : what}</Text>
            {state === 'open' && chosen !== 'all' && (
              <Anchor component="button" type="button" size="sm" onClick={() => setChosen('all')}>
                {t('letters.chooseAll')}
              </Anchor>
            )}
            {!isNothingChosen && (
              <Anchor component="button" type="button" size="sm" onClick={() => setChosen(nobody)}>
                {t('letters.chooseNone')}
              </Anchor>
            )}
          </Group>
          <LetterTable letters={letters} wanted={wanted} chosen={chosen} choose={setChosen} />
        </>
      )}
      <Pager
        next={asked.data?.next ?? null}
        isFirst={cursor === undefined}
        go={(next) => change({ ...wanted, cursor: next })}
      />
    </>
  );
}

interface LetterTableProps {
  readonly letters: readonly Letter[];
  readonly wanted: LetterSearch;
  readonly chosen: Chosen;
  choose(chosen: ReadonlySet<string>): void;
}

function LetterTable({ letters, wanted, chosen, choose }: LetterTableProps) {
  const { t } = useTranslation();
  const open = letters.filter((letter) => letter.state === 'open').map((letter) => letter.id);
  const isChosen = (id: string): boolean => chosen === 'all' || chosen.has(id);
  const chosenHere = open.filter(isChosen);
  const toggle = (id: string): void => {
    const now = new Set(chosen === 'all' ? open : chosen);
    if (!now.delete(id)) now.add(id);
    choose(now);
  };
  return (
    <Table.ScrollContainer minWidth={760}>
      <Table highlightOnHover verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={44}>
              <Checkbox
                aria-label={t('letters.choosePage')}
                disabled={open.length === 0}
                checked={open.length > 0 && chosenHere.length === open.length}
                indeterminate={chosenHere.length > 0 && chosenHere.length < open.length}
                onChange={() => choose(chosenHere.length === open.length ? nobody : new Set(open))}
              />
            </Table.Th>
            <Table.Th>{t('letters.record')}</Table.Th>
            <Table.Th>{t('letters.why')}</Table.Th>
            <Table.Th>{t('runList.state')}</Table.Th>
            <Table.Th>{t('letters.at')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {letters.map((letter) => (
            <Table.Tr key={letter.id}>
              <Table.Td>
                <Checkbox
                  aria-label={t('letters.chooseOne', { key: letter.sourceKey })}
                  disabled={letter.state !== 'open'}
                  checked={letter.state === 'open' && isChosen(letter.id)}
                  onChange={() => toggle(letter.id)}
                />
              </Table.Td>
              <Table.Td>
                <LinkTo to="/dead-letters/$id" params={{ id: letter.id }} fw={600} size="sm">
                  {letter.part === '' ? letter.sourceKey : `${letter.sourceKey} / ${letter.part}`}
                </LinkTo>
                <Text size="xs" c="dimmed" className="mono">
                  {letter.pipeline} / {letter.flow}
                </Text>
              </Table.Td>
              <Table.Td maw={420}>
                <Text size="sm" lineClamp={2} className="break-anywhere">
                  {letter.message}
                </Text>
                <LinkTo
                  to="/dead-letters"
                  search={{ ...wanted, code: letter.code, cursor: undefined }}
                  size="xs"
                  className="mono"
                >
                  {letter.code}
                </LinkTo>
              </Table.Td>
              <Table.Td>
                <LetterBadge state={letter.state} />
              </Table.Td>
              <Table.Td>
                <Moment at={letter.at} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Nothing({ wanted }: { readonly wanted: LetterSearch }) {
  const { t } = useTranslation();
  const isFiltered = Object.values(wanted).some((part) => part !== undefined);
  return (
    <Empty title={t(isFiltered ? 'letters.noneFits' : 'letters.none')}>
      {isFiltered ? (
        <LinkTo to="/dead-letters">{t('work.showAll')}</LinkTo>
      ) : (
        <Text maw={560} mx="auto">
          {t('letters.teach')}
        </Text>
      )}
    </Empty>
  );
}
