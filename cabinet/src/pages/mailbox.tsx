import { Alert, Badge, Button, Loader, Table, Text } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, answerOf, api } from '../api.js';
import { AnchorLink } from '../parts/anchor-link.js';
import { Linked } from '../parts/linked.js';
import { Moment } from '../parts/moment.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem.js';
import { Section } from '../parts/section.js';
import { Empty } from '../parts/work/empty.js';
import { LinkTo } from '../parts/work/link-to.js';
import { ListTable } from '../parts/work/list-table.js';
import { Pager } from '../parts/work/pager.js';
import { TableSkeleton } from '../parts/work/skeleton.js';

type State = AnswerOf<'listMails'>['items'][number]['state'];
const colors = { queued: 'blue', sent: 'teal', kept: 'yellow', failed: 'red' } as const;
const askAgainMs = 10_000;
/** While one is on its way. */
const soonMs = 2_000;

/** Letters that the installation wrote: sent, on their way, or kept because no mail server is set. */
export function Mailbox() {
  const { t } = useTranslation();
  const { cursor } = useSearch({ from: '/shell/operator/mailbox' });
  const navigate = useNavigate({ from: '/operator/mailbox' });
  const letters = useQuery({
    queryKey: ['operator', 'mails', cursor],
    queryFn: () =>
      answerOf(api.GET('/mails', { params: { query: { limit: 50, ...(cursor !== undefined && { cursor }) } } })),
    refetchInterval: ({ state: { data } }) =>
      data?.items.some(({ state }) => state === 'queued') === true ? soonMs : cursor === undefined && askAgainMs,
    placeholderData: keepPreviousData,
  });
  const items = letters.data?.items;
  return (
    <>
      <PageHead title={t('mailbox.title')} about={t('mailbox.about')} />
      <ProblemAlert error={letters.error} />
      {items?.some(({ state }) => state === 'kept') === true && (
        <Alert color="yellow" variant="light" mb="md" title={t('mailbox.keptTitle')}>
          {t('mailbox.keptText')}
        </Alert>
      )}
      {letters.isPending && <TableSkeleton />}
      {items?.length === 0 && (
        <Empty title={t('mailbox.none')}>
          <Text>{t('mailbox.noneText')}</Text>
        </Empty>
      )}
      {items !== undefined && items.length > 0 && (
        <ListTable
          minWidth={680}
          heads={[t('requests.subject'), t('mailbox.to'), t('connections.state'), t('mailbox.written')]}
          isStale={letters.isPlaceholderData}
        >
          {items.map((letter) => (
            <Table.Tr key={letter.id}>
              <Table.Td maw={420}>
                <LinkTo
                  to="/operator/mailbox/$id"
                  params={{ id: letter.id }}
                  fw={600}
                  size="sm"
                  className="break-anywhere"
                >
                  {letter.subject}
                </LinkTo>
              </Table.Td>
              <Table.Td className="break-anywhere">{letter.to}</Table.Td>
              <Table.Td>
                <LetterState state={letter.state} />
              </Table.Td>
              <Table.Td>
                <Moment at={letter.createdAt} />
              </Table.Td>
            </Table.Tr>
          ))}
        </ListTable>
      )}
      <Pager
        next={letters.data?.next ?? null}
        isFirst={cursor === undefined}
        go={(next) => void navigate({ search: { cursor: next } })}
      />
    </>
  );
}

/** Opening the text leaves a line in the installation's log, so it is asked for by a button. */
export function MailboxLetter() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/shell/operator/mailbox/$id' });
  const opening = useMutation({
    mutationFn: () => answerOf(api.GET('/mails/{id}', { params: { path: { id } } })),
  });
  const letter = opening.data;
  return (
    <>
      <AnchorLink to="/operator/mailbox" size="sm">
        {t('mailbox.title')}
      </AnchorLink>
      <PageHead title={letter?.subject ?? t('mailbox.letter')} about={t('mailbox.openText')} />
      <ProblemAlert error={opening.error} />
      {opening.isPending && <Loader aria-label={t('loading')} />}
      {letter === undefined && !opening.isPending && (
        <Button onClick={() => opening.mutate()}>{t('mailbox.open')}</Button>
      )}
      {letter !== undefined && (
        <Section title={t('mailbox.letter')}>
          <dl className="facts">
            <dt>{t('mailbox.to')}</dt>
            <dd>{letter.to}</dd>
            <dt>{t('connections.state')}</dt>
            <dd>
              <LetterState state={letter.state} />
            </dd>
            <dt>{t('mailbox.written')}</dt>
            <dd>
              <Moment at={letter.createdAt} />
            </dd>
            <dt>{t('mailbox.sentAt')}</dt>
            <dd>
              <Moment at={letter.sentAt} />
            </dd>
            <dt>{t('mailbox.attempts')}</dt>
            <dd>{letter.attempts}</dd>
          </dl>
          {letter.text === null ? (
            <Text mt="md">{t('mailbox.noText')}</Text>
          ) : (
            <pre className="plain">
              <Linked text={`\n${letter.text}`} />
            </pre>
          )}
        </Section>
      )}
    </>
  );
}

function LetterState({ state }: { readonly state: State }) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" color={colors[state]}>
      {t(`mailbox.states.${state}`)}
    </Badge>
  );
}
