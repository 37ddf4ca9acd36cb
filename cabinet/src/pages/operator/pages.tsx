import { Badge, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, answerOf, api } from '../../api.js';
import { Moment } from '../../parts/moment.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { Empty } from '../../parts/work/empty.js';
import { ButtonTo, LinkTo } from '../../parts/work/link-to.js';
import { ListTable } from '../../parts/work/list-table.js';
import { TableSkeleton } from '../../parts/work/skeleton.js';
import { PageState } from './page-state.js';
import { titleOf } from './page-texts.js';

type Page = AnswerOf<'listAllPages'>['items'][number];

/** All promotions and information pages, drafts too. */
export function OperatorPages() {
  const { t } = useTranslation();
  const pages = useQuery({ queryKey: ['operator', 'pages'], queryFn: () => answerOf(api.GET('/operator/pages')) });
  return (
    <>
      <PageHead title={t('operator.pages')} about={t('operator.pagesAbout')}>
        <ButtonTo to="/operator/pages/new">{t('operator.newPage')}</ButtonTo>
      </PageHead>
      <ProblemAlert error={pages.error} />
      {pages.isPending && <TableSkeleton />}
      {pages.data?.items.length === 0 && (
        <Empty title={t('operator.noPages')}>
          <Text>{t('operator.noPagesText')}</Text>
        </Empty>
      )}
      {pages.data !== undefined && pages.data.items.length > 0 && <PageTable pages={pages.data.items} />}
    </>
  );
}

function PageTable({ pages }: { readonly pages: readonly Page[] }) {
  const { t, i18n } = useTranslation();
  return (
    <ListTable
      minWidth={760}
      heads={[
        t('operator.page'),
        t('operator.pageKind'),
        t('connections.state'),
        t('operator.shownBetween'),
        t('operator.inLanguages'),
        t('requests.touched'),
      ]}
    >
      {pages.map((page) => (
        <Table.Tr key={page.id}>
          <Table.Td maw={320}>
            <LinkTo to="/operator/pages/$id" params={{ id: page.id }} fw={600} size="sm" className="break-anywhere">
              {titleOf(page.texts, i18n.language)}
            </LinkTo>
            <Text size="xs" c="dimmed" className="mono">
              {page.slug}
            </Text>
          </Table.Td>
          <Table.Td>{t(`operator.pageKinds.${page.kind}`)}</Table.Td>
          <Table.Td>
            <PageState page={page} />
          </Table.Td>
          <Table.Td>
            {page.startsAt === null && page.endsAt === null ? (
              t('operator.always')
            ) : (
              <>
                <Moment at={page.startsAt} /> – <Moment at={page.endsAt} />
              </>
            )}
          </Table.Td>
          <Table.Td>
            {Object.keys(page.texts)
              .sort()
              .map((language) => (
                <Badge key={language} size="xs" variant="light" mr={4}>
                  {language}
                </Badge>
              ))}
          </Table.Td>
          <Table.Td>
            <Moment at={page.updatedAt} />
          </Table.Td>
        </Table.Tr>
      ))}
    </ListTable>
  );
}
